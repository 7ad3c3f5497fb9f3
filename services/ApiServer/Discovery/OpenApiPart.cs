using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.ApiServer.Patching;

namespace Platform.ApiServer.Discovery;

/// <summary>
/// The part of an OpenAPI 2 document that is about some paths: these paths, and the definitions and parameters that they lead to. A server describes all
/// that it serves, but is believed only about what an APIService has given to it.
/// </summary>
internal static class OpenApiPart
{
    /// <summary>Maps of a document whose members are referred to as <c>#/definitions/…</c>.</summary>
    public static readonly IReadOnlyList<string> Shared = ["definitions", "parameters", "responses"];

    /// <summary>The part, as JSON.</summary>
    /// <exception cref="JsonException">The bytes are no such document.</exception>
    public static byte[] Of(byte[] document, string prefix)
    {
        if (JsonTree.Parse(document) is not JsonObject whole || whole["swagger"]?.ToString() != "2.0")
            throw new JsonException("this is no OpenAPI 2 document");
        var part = new JsonObject { ["paths"] = new JsonObject() };
        foreach (var (path, item) in Members(whole, "paths"))
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal))
                part["paths"]![path] = item.DeepClone();
        }

        foreach (var name in Shared)
            part[name] = new JsonObject();
        TakeShared(whole, part);
        return OpenApiDocuments.Encode(part);
    }

    /// <summary>The members of a map of objects.</summary>
    /// <exception cref="JsonException">A member is no object.</exception>
    public static IEnumerable<KeyValuePair<string, JsonObject>> Members(JsonObject document, string name) =>
        (document[name] as JsonObject ?? []).Select(m => KeyValuePair.Create(m.Key, m.Value as JsonObject ?? throw new JsonException($"{name} has a member that is no object")));

    /// <summary>All references below a node, with the object that holds each.</summary>
    public static IEnumerable<(JsonObject Holder, string Reference)> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(m => m.Key == "$ref" && m.Value is JsonValue value && value.TryGetValue(out string? text) ? [(map, text)] : References(m.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    private static void TakeShared(JsonObject whole, JsonObject part)
    {
        var open = new Queue<JsonNode>([part["paths"]!]);
        while (open.TryDequeue(out var node))
        {
            foreach (var (_, reference) in References(node))
            {
                if (!reference.StartsWith("#/", StringComparison.Ordinal) || reference.IndexOf('/', 2) is not (> 0 and var end))
                    continue;
                var (map, name) = (reference[2..end], reference[(end + 1)..]);
                if (!Shared.Contains(map) || part[map]![name] is not null)
                    continue;
                // A reference that leads nowhere would make clients refuse the whole document, also what is ours in it.
                if ((whole[map] as JsonObject)?[name] is not JsonObject found)
                    throw new JsonException($"{reference} leads nowhere");
                var copy = found.DeepClone();
                part[map]![name] = copy;
                open.Enqueue(copy);
            }
        }
    }
}
