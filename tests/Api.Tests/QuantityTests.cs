using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Platform.Api.Json;

namespace Platform.Api.Tests;

/// <summary>Amounts are read and written as the API's resource model says.</summary>
public sealed class QuantityTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("0m", "0")]
    [InlineData("100m", "100m")]
    [InlineData("1000m", "1")]
    [InlineData("0.1", "100m")]
    [InlineData(".5", "500m")]
    [InlineData("1.", "1")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("1024Mi", "1Gi")]
    [InlineData("1000Ki", "1000Ki")]
    [InlineData("512", "512")]
    [InlineData("0.5Ki", "512")]
    [InlineData("1.5", "1500m")]
    [InlineData("12e6", "12e6")]
    [InlineData("1200e3", "1200e3")]
    [InlineData("1E3", "1e3")]
    [InlineData("1E", "1E")]
    [InlineData("1000k", "1M")]
    [InlineData("129M", "129M")]
    [InlineData("1n", "1n")]
    [InlineData("0.1n", "1n")]
    [InlineData("1.0000000001", "1000000001n")]
    [InlineData("-0.1n", "-1n")]
    [InlineData("-1.5Gi", "-1536Mi")]
    [InlineData("+2", "2")]
    [InlineData("0.00001Ki", "10240u")]
    [InlineData("100000000000000000000000000000E", "9223372036854775807")]
    public void Text_becomes_canonical(string text, string canonical) => Quantity.Parse(text).ToString().ShouldBe(canonical);

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("a")]
    [InlineData("1 Gi")]
    [InlineData("-")]
    [InlineData("1gi")]
    [InlineData("1KiB")]
    [InlineData("1i")]
    [InlineData("1e")]
    [InlineData("e3")]
    [InlineData("1__")]
    public void Text_that_is_no_quantity_is_refused(string text) => Quantity.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("1.2.3", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    [InlineData("1i", "unable to parse quantity's suffix")]
    [InlineData(".", "unable to parse numeric part of quantity")]
    public void Refusal_is_worded_as_upstream_words_it(string text, string message) =>
        Should.Throw<FormatException>(() => Quantity.Parse(text)).Message.ShouldBe(message);

    [Theory]
    [InlineData("1", 1, 1000)]
    [InlineData("1m", 1, 1)]
    [InlineData("1u", 1, 1)]
    [InlineData("1500m", 2, 1500)]
    [InlineData("-1500m", -2, -1500)]
    [InlineData("8Ei", long.MaxValue, long.MaxValue)]
    public void Value_and_milli_value_round_away_from_zero(string text, long value, long milli)
    {
        Quantity.Parse(text).Value.ShouldBe(value);
        Quantity.Parse(text).MilliValue.ShouldBe(milli);
    }

    [Fact]
    public void Spellings_of_one_amount_are_equal()
    {
        Quantity.Parse("1Gi").ShouldBe(Quantity.Parse("1024Mi"));
        Quantity.Parse("1").GetHashCode().ShouldBe(Quantity.Parse("1000m").GetHashCode());
        (Quantity.Parse("1Gi") > Quantity.Parse("1G")).ShouldBeTrue();
    }

    [Fact]
    public void Sum_keeps_the_left_format_unless_the_left_is_nothing()
    {
        (Quantity.Parse("1Gi") + Quantity.Parse("1024")).ToString().ShouldBe("1048577Ki");
        (Quantity.Zero + Quantity.Parse("1Gi")).ToString().ShouldBe("1Gi");
        (Quantity.Parse("1") - Quantity.Parse("250m")).ToString().ShouldBe("750m");
    }

    [Fact]
    public void Numbers_in_json_are_read_and_strings_written()
    {
        var amounts = ApiJson.Decode<Platform.Api.Core.V1.Pod>("""{"spec":{"overhead":{"cpu":1.5,"memory":1073741824,"x":" 2Gi "}}}"""u8).Spec!.Overhead!;
        amounts["cpu"].ToString().ShouldBe("1500m");
        amounts["memory"].Value.ShouldBe(1073741824);
        amounts["x"].ToString().ShouldBe("2Gi");
        JsonSerializer.Deserialize<JsonElement>(ApiJson.Encode(new Platform.Api.Core.V1.PodSpec { Overhead = amounts })).GetProperty("overhead")
            .GetProperty("cpu").GetString().ShouldBe("1500m");
    }

    [Fact]
    public void Canonical_text_means_the_same_amount()
    {
        var suffixes = new[] { "", "n", "u", "m", "k", "M", "Ki", "Mi", "Gi", "e3", "e-3" };
        var texts = from whole in Gen.Choose(-100000, 100000)
                    from fraction in Gen.Choose(0, 999)
                    from suffix in Gen.Elements(suffixes)
                    select $"{whole}.{fraction:000}{suffix}";
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var parsed = Quantity.Parse(text);
            var again = Quantity.Parse(parsed.ToString());
            return parsed == again && again.ToString() == parsed.ToString();
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Order_and_sums_agree_with_arithmetic_on_nanos()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<(int A, int B)>(), pair =>
        {
            var (a, b) = (Quantity.FromMilli(pair.A), Quantity.FromMilli(pair.B));
            return (a + b).MilliValue == (long)pair.A + pair.B && a.CompareTo(b) == pair.A.CompareTo(pair.B) && (a - b) + b == a;
        }).QuickCheckThrowOnFailure();
    }
}
