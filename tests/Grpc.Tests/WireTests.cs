using Platform.Grpc.Wire;

namespace Platform.Grpc.Tests;

public sealed class WireTests
{
    [Theory]
    [InlineData(1, "1m")]
    [InlineData(99_999_999, "99999999m")]
    [InlineData(100_000_000, "100000S")]
    public void Timeout_takes_the_finest_unit_that_fits(long milliseconds, string text)
    {
        GrpcTimeout.Format(TimeSpan.FromMilliseconds(milliseconds)).ShouldBe(text);
        GrpcTimeout.Parse(text).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5x")]
    [InlineData("123456789S")]
    [InlineData("-1S")]
    public void Malformed_timeout_is_none(string? text) => GrpcTimeout.Parse(text).ShouldBeNull();

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("50%", "50%25")]
    [InlineData("ü\n", "%C3%BC%0A")]
    public void Message_survives_percent_encoding(string text, string encoded)
    {
        PercentEncoding.Encode(text).ShouldBe(encoded);
        PercentEncoding.Decode(encoded).ShouldBe(text);
    }

    [Fact]
    public void Malformed_percent_encoding_is_kept() => PercentEncoding.Decode("100% of %zz%C").ShouldBe("100% of %zz%C");
}
