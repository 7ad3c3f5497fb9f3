using System.Text;
using Platform.Api.Json;

namespace Platform.Api.Tests.Json;

/// <summary>Faults of JSON are told as Go's decoder tells them.</summary>
public sealed class JsonSyntaxTests
{
    [Theory]
    [InlineData("", "unexpected end of JSON input")]
    [InlineData(" \t\r\n", "unexpected end of JSON input")]
    [InlineData("{", "unexpected end of JSON input")]
    [InlineData("{\"a", "unexpected end of JSON input")]
    [InlineData("{\"a\\", "unexpected end of JSON input")]
    [InlineData("\"\\u12", "unexpected end of JSON input")]
    [InlineData("tru", "unexpected end of JSON input")]
    [InlineData("-", "unexpected end of JSON input")]
    [InlineData("1e", "unexpected end of JSON input")]
    [InlineData("x", "invalid character 'x' looking for beginning of value")]
    [InlineData("'a'", @"invalid character '\'' looking for beginning of value")]
    [InlineData("é", "invalid character 'Ã' looking for beginning of value")]
    [InlineData("\u0001", @"invalid character '\x01' looking for beginning of value")]
    [InlineData("\ufeff{}", "invalid character 'ï' looking for beginning of value")]
    [InlineData("[1,]", "invalid character ']' looking for beginning of value")]
    [InlineData("[1 2]", "invalid character '2' after array element")]
    [InlineData("[01]", "invalid character '1' after array element")]
    [InlineData("{1:2}", "invalid character '1' looking for beginning of object key string")]
    [InlineData("{\"a\":1,}", "invalid character '}' looking for beginning of object key string")]
    [InlineData("{\"a\" 1}", "invalid character '1' after object key")]
    [InlineData("{\"a\":1 \"b\":2}", "invalid character '\"' after object key:value pair")]
    [InlineData("{\"a\":1]", "invalid character ']' after object key:value pair")]
    [InlineData("{} {}", "invalid character '{' after top-level value")]
    [InlineData("trux", "invalid character 'x' in literal true (expecting 'e')")]
    [InlineData("nil", "invalid character 'i' in literal null (expecting 'u')")]
    [InlineData("-x", "invalid character 'x' in numeric literal")]
    [InlineData("1.x", "invalid character 'x' after decimal point in numeric literal")]
    [InlineData("1e+x", "invalid character 'x' in exponent of numeric literal")]
    [InlineData("\"a\nb\"", @"invalid character '\n' in string literal")]
    [InlineData("\"\\x\"", "invalid character 'x' in string escape code")]
    [InlineData("\"\\u12x4\"", @"invalid character 'x' in \u hexadecimal character escape")]
    [InlineData("{\"a\":[1,-2.5e3,\"\\u00e9\\n\",true,false,null,{},[]]}", null)]
    public void Faults_have_Gos_words(string json, string? fault) => JsonFault.Syntax(Encoding.UTF8.GetBytes(json)).ShouldBe(fault);

    [Fact]
    public void Depth_has_its_bound()
    {
        JsonFault.Syntax(Encoding.UTF8.GetBytes(new string('[', JsonDepth.Enclosed) + new string(']', JsonDepth.Enclosed))).ShouldBeNull();
        JsonFault.Syntax(Encoding.UTF8.GetBytes(new string('[', JsonDepth.Enclosed + 1))).ShouldBe("exceeded max depth");
    }

    [Fact]
    public void What_the_framework_refuses_is_told_in_those_words()
    {
        foreach (var json in new[] { "{\"data\":{\"a\":\"b\"", "{\"data\":{\"a\":7}}", "nope", "{\"metadata\":{\"labels\":{\"a\":\"\\ud800\"}}}" })
        {
            var fault = Should.Throw<DocumentException>(() => ApiJson.Decode<Platform.Api.Core.V1.ConfigMap>(Encoding.UTF8.GetBytes(json)));
            fault.Message.ShouldNotContain("LineNumber");
            fault.Message.ShouldNotContain("System.");
        }
    }

    [Fact]
    public void A_place_becomes_its_text() =>
        DocumentPath.Root.Member("a").Member("b").Item(1).Part("[name=\"x\"]").Member("c").ToString().ShouldBe("a.b[1][name=\"x\"].c");
}
