using System.Globalization;
using Platform.Api;
using Platform.ApiServer.Registry.Rules;

namespace Platform.ApiServer.Tests.Registry.Rules;

public sealed class TableTests
{
    [Theory]
    [InlineData("0:00:00", "0s")]
    [InlineData("0:01:59", "119s")]
    [InlineData("0:02:00", "2m")]
    [InlineData("0:09:59", "9m59s")]
    [InlineData("0:10:01", "10m")]
    [InlineData("2:59:59", "179m")]
    [InlineData("3:00:00", "3h")]
    [InlineData("7:59:00", "7h59m")]
    [InlineData("47:59:00", "47h")]
    [InlineData("48:00:00", "2d")]
    [InlineData("55:00:00", "2d7h")]
    [InlineData("200:00:00", "8d")]
    [InlineData("17520:00:00", "2y")]
    [InlineData("17544:00:00", "2y1d")]
    [InlineData("-0:00:05", "<invalid>")]
    public void Durations_are_shown_as_kubectl_shows_them(string duration, string expected)
    {
        var parts = duration.TrimStart('-').Split(':').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        var span = new TimeSpan(parts[0], parts[1], parts[2]);
        Cells.Duration(duration[0] == '-' ? -span : span).ShouldBe(expected);
    }

    [Fact]
    public void Every_row_has_a_cell_for_every_column()
    {
        foreach (var definition in BuiltInResources.Stored)
        {
            var empty = (KubernetesObject)Activator.CreateInstance(definition.ObjectType)!;
            empty.Metadata.Name = "a";
            definition.Rules.Row(empty, DateTimeOffset.UnixEpoch).Length.ShouldBe(definition.Rules.Columns.Count, definition.Kind);
        }
    }

    [Fact]
    public void No_rule_fails_on_an_empty_object()
    {
        foreach (var definition in BuiltInResources.All)
        {
            var (value, old) = (Make(), Make());
            definition.Rules.PrepareForUpdate(value, old);
            Should.NotThrow(() => definition.Rules.Validate(value).Concat(definition.Rules.ValidateUpdate(value, old))
                .Concat(definition.Rules.ValidateStatusUpdate(value, old)).Count(), definition.Kind);

            KubernetesObject Make()
            {
                var made = (KubernetesObject)Activator.CreateInstance(definition.ObjectType)!;
                definition.Rules.Default(made);
                definition.Rules.PrepareForCreate(made);
                return made;
            }
        }
    }
}
