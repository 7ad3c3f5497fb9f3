using System.Text;
using System.Text.Json;
using Platform.Api.Json;

namespace Platform.Api.Tests.Json;

/// <summary>YAML bodies mean what they mean to upstream.</summary>
public sealed class YamlJsonTests
{
    [Theory]
    [InlineData("a: yes", """{"a":true}""")]
    [InlineData("a: off", """{"a":false}""")]
    [InlineData("a: 'yes'", """{"a":"yes"}""")]
    [InlineData("a: !!str 1", """{"a":"1"}""")]
    [InlineData("a: 0644", """{"a":420}""")]
    [InlineData("a: 0x1F", """{"a":31}""")]
    [InlineData("a: 0b11", """{"a":3}""")]
    [InlineData("a: 1_000", """{"a":1000}""")]
    [InlineData("a: 1.5", """{"a":1.5}""")]
    [InlineData("a: 1.2.3", """{"a":"1.2.3"}""")]
    [InlineData("a: 10.0.0.1", """{"a":"10.0.0.1"}""")]
    [InlineData("a: 2020-01-01", """{"a":"2020-01-01"}""")]
    [InlineData("a: 08", """{"a":8}""")]
    [InlineData("a: ~", """{"a":null}""")]
    [InlineData("a:", """{"a":null}""")]
    [InlineData("1: x", """{"1":"x"}""")]
    [InlineData("a: |\n  x\n  y\n", """{"a":"x\ny\n"}""")]
    [InlineData("a: [1, {b: c}]", """{"a":[1,{"b":"c"}]}""")]
    [InlineData("x: &n {b: 1}\ny: *n", """{"x":{"b":1},"y":{"b":1}}""")]
    [InlineData("x: &n {b: 1, c: 2}\ny:\n  <<: *n\n  c: 3", """{"x":{"b":1,"c":2},"y":{"b":1,"c":3}}""")]
    [InlineData("{\"a\": 1}", """{"a":1}""")]
    [InlineData("a: 1\n---\nb: 2", """{"a":1}""")]
    [InlineData("", "null")]
    public void Document_becomes_json(string yaml, string json) =>
        Encoding.UTF8.GetString(YamlJson.ToJson(Encoding.UTF8.GetBytes(yaml))).ShouldBe(json);

    [Theory]
    [InlineData("a: [")]
    [InlineData("a: *nobody")]
    [InlineData("a: .inf")]
    [InlineData("? {a: 1}\n: b")]
    public void Unreadable_document_is_refused(string yaml) =>
        Should.Throw<JsonException>(() => YamlJson.ToJson(Encoding.UTF8.GetBytes(yaml)));

    [Fact]
    public void Aliases_cannot_multiply_without_bound()
    {
        var bomb = new StringBuilder("a: &a [x,x,x,x,x,x,x,x,x,x]\n");
        for (var c = 'b'; c <= 'i'; c++)
            bomb.Append($"{c}: &{c} [{string.Join(",", Enumerable.Repeat($"*{(char)(c - 1)}", 10))}]\n");
        Should.Throw<JsonException>(() => YamlJson.ToJson(Encoding.UTF8.GetBytes(bomb.ToString()))).Message.ShouldContain("excessive aliasing");
    }

    [Fact]
    public void An_anchor_that_contains_itself_is_refused() =>
        Should.Throw<JsonException>(() => YamlJson.ToJson("a: &a [*a]"u8));
}
