using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Api.Json;

namespace Platform.Api.Tests.Json;

public sealed class JsonYamlTests
{
    [Fact]
    public void Objects_are_written_as_upstream_writes_them()
    {
        var json = """
            {"kind":"Pod","apiVersion":"v1","metadata":{"labels":{"app":"web","on":"yes"},"creationTimestamp":"2024-01-02T03:04:05Z","name":"web-1","annotations":{}},
             "spec":{"containers":[{"name":"c","args":["-c","echo: $X # no"],"command":[],"ports":[{"containerPort":80}]}],"terminationGracePeriodSeconds":0,"script":"a\n  b\n"}}
            """;
        Yaml(json).ShouldBe("""
            apiVersion: v1
            kind: Pod
            metadata:
              annotations: {}
              creationTimestamp: "2024-01-02T03:04:05Z"
              labels:
                app: web
                "on": "yes"
              name: web-1
            spec:
              containers:
              - args:
                - -c
                - 'echo: $X # no'
                command: []
                name: c
                ports:
                - containerPort: 80
              script: |
                a
                  b
              terminationGracePeriodSeconds: 0

            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("1")]
    [InlineData("0x1F")]
    [InlineData("1e3")]
    [InlineData("-.5")]
    [InlineData("2024-01-01")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("- a")]
    [InlineData("-a")]
    [InlineData("-")]
    [InlineData("?")]
    [InlineData(":")]
    [InlineData("*")]
    [InlineData("&a")]
    [InlineData("!x")]
    [InlineData("'")]
    [InlineData("it's")]
    [InlineData("\"")]
    [InlineData("{a}")]
    [InlineData("[a]")]
    [InlineData("%a")]
    [InlineData("@a")]
    [InlineData("`a`")]
    [InlineData("a\nb")]
    [InlineData("a\nb\n")]
    [InlineData("a\nb\n\n\n")]
    [InlineData("\na")]
    [InlineData(" a\nb")]
    [InlineData("a \nb")]
    [InlineData("a\tb")]
    [InlineData("a\r\nb")]
    [InlineData("\u0000\u0007\u001b\u0085\u00a0\u2028\ufeff")]
    [InlineData("ü € 😀")]
    [InlineData("---")]
    [InlineData("--- a")]
    [InlineData("...")]
    [InlineData("a:")]
    [InlineData("<<")]
    [InlineData("=")]
    [InlineData(".inf")]
    [InlineData("back\\slash")]
    public void Every_text_reads_back_as_it_was(string text)
    {
        var json = new JsonObject { ["a"] = text, ["list"] = new JsonArray(text, new JsonArray(text), new JsonObject { ["k"] = text, ["l"] = text }),
            [text.Length == 0 ? "x" : text] = 1, ["z"] = true };
        JsonNode.DeepEquals(JsonNode.Parse(YamlJson.ToJson(Encoding.UTF8.GetBytes(Yaml(json.ToJsonString())))), json).ShouldBeTrue(Yaml(json.ToJsonString()));
    }

    private static string Yaml(string json)
    {
        var output = new ArrayBufferWriter<byte>();
        using var document = JsonYaml.Parse(Encoding.UTF8.GetBytes(json));
        JsonYaml.Write(output, document.RootElement);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
