using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.ApiServer.Discovery;

namespace Platform.ApiServer.Tests.Discovery;

/// <summary>Conflicts between documents, as kube-openapi's aggregator resolves them.</summary>
public sealed class OpenApiMergeTests
{
    private const string Own = """{"paths":{"/a":{"get":{}}},"definitions":{"T":{"type":"object"}}}""";

    [Fact]
    public void Path_that_is_there_stays() =>
        Merged(Own, """{"paths":{"/a":{"put":{}},"/b":{}}}""")["paths"]!.ToJsonString().ShouldBe("""{"/a":{"get":{}},"/b":{}}""");

    [Fact]
    public void Same_definition_is_shared() =>
        Merged(Own, """{"paths":{},"definitions":{"T":{"type":"object"}}}""")["definitions"]!.AsObject().Count.ShouldBe(1);

    [Fact]
    public void Definitions_that_differ_only_in_their_kinds_are_joined()
    {
        var merged = Merged(
            """{"paths":{},"definitions":{"T":{"type":"object","x-kubernetes-group-version-kind":[{"kind":"A"},{"kind":"B"}]}}}""",
            """{"paths":{},"definitions":{"T":{"type":"object","x-kubernetes-group-version-kind":[{"kind":"B"},{"kind":"C"}]}}}""");
        merged["definitions"]!.ToJsonString().ShouldBe("""{"T":{"type":"object","x-kubernetes-group-version-kind":[{"kind":"A"},{"kind":"B"},{"kind":"C"}]}}""");
    }

    [Fact]
    public void Different_definition_gets_another_name_and_references_follow()
    {
        var merged = Merged(Own, """{"paths":{"/b":{"get":{"schema":{"$ref":"#/definitions/T"}}}},"definitions":{"T":{"type":"string"}}}""");
        merged["definitions"]!.ToJsonString().ShouldBe("""{"T":{"type":"object"},"T_v2":{"type":"string"}}""");
        ((string?)merged["paths"]!["/b"]!["get"]!["schema"]!["$ref"]).ShouldBe("#/definitions/T_v2");
    }

    [Fact]
    public void Third_one_of_a_name_is_numbered_on_and_equal_ones_share_a_number()
    {
        const string Second = """{"paths":{},"definitions":{"T":{"type":"string"}}}""";
        var merged = Merged(Own, Second, """{"paths":{},"definitions":{"T":{"type":"number"}}}""", Second);
        merged["definitions"]!.AsObject().Select(d => d.Key).ShouldBe(["T", "T_v2", "T_v3"]);
    }

    [Fact]
    public void Name_that_the_other_document_has_itself_is_not_taken()
    {
        var merged = Merged(Own, """{"paths":{},"definitions":{"T":{"type":"string"},"T_v2":{"type":"number"}}}""");
        merged["definitions"]!.ToJsonString().ShouldBe("""{"T":{"type":"object"},"T_v3":{"type":"string"},"T_v2":{"type":"number"}}""");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"swagger":"3.0","paths":{}}""")]
    [InlineData("""{"swagger":"2.0","paths":{"/p/a":{"$ref":"#/definitions/No"}}}""")]
    [InlineData("""{"swagger":"2.0","paths":{"/p/a":7}}""")]
    [InlineData("<html>")]
    public void Nonsense_is_no_document(string text) => Should.Throw<JsonException>(() => OpenApiPart.Of(System.Text.Encoding.UTF8.GetBytes(text), "/p/"));

    [Fact]
    public void Odd_values_do_not_stop_the_protobuf_form() => OpenApiProtobuf.Encode(JsonNode.Parse("""
        {"swagger":"2.0","info":{"title":7},"paths":{"/a":{"get":{"parameters":[7,{"in":"body"},{"in":"header","name":"h"}],"responses":{"200":7,"201":{}}},"put":7}},
        "definitions":{"T":{"type":["string","null"],"items":[7],"enum":[null,1],"required":"x","maximum":"y","minLength":1.5,"additionalProperties":true,"allOf":[{}]}}}
        """)!.AsObject()).ShouldNotBeEmpty();

    private static JsonObject Merged(string into, params string[] others)
    {
        var document = JsonNode.Parse(into)!.AsObject();
        foreach (var other in others)
            OpenApiMerge.Add(document, JsonNode.Parse(other)!.AsObject());
        return document;
    }
}
