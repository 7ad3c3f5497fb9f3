using FsCheck;
using FsCheck.Fluent;
using Platform.Cel.Schemas;

namespace Platform.Cel.Tests.Schemas;

/// <summary>https://kubernetes.io/docs/reference/using-api/cel/#escaping</summary>
public sealed class FieldNamesTests
{
    [Theory]
    [InlineData("namespace", "__namespace__")]
    [InlineData("x-prop", "x__dash__prop")]
    [InlineData("redact__d", "redact__underscores__d")]
    [InlineData("a.b/c", "a__dot__b__slash__c")]
    [InlineData("string", "string")]
    [InlineData("_a", "_a")]
    [InlineData("9a", null)]
    [InlineData("a b", null)]
    public void Name_is_written_as_documented(string name, string? written) => FieldNames.Escape(name).ShouldBe(written);

    [Fact]
    public void Different_names_are_written_differently()
    {
        var names = Gen.ListOf(Gen.Elements('a', '_', '-', '.', '/', 'b')).Select(chars => new string([.. chars]));
        Prop.ForAll(names.Two().ToArbitrary(), pair =>
        {
            var (a, b) = (FieldNames.Escape(pair.Item1), FieldNames.Escape(pair.Item2));
            return pair.Item1 == pair.Item2 || a is null || b is null || a != b;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Errors_show_the_place_in_the_text() =>
        CelProgram.Compile("self.a == 1 &&\n  nothing.b", CelEnvironment.Kubernetes.WithVariable("self", CelType.Dyn)).Error.ShouldBe(
            "ERROR: <input>:2:3: undeclared reference to 'nothing' (in container '')\n |   nothing.b\n | ..^");
}
