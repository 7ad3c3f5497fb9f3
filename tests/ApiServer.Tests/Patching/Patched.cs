using System.Text;
using System.Text.Json.Nodes;
using Platform.Api.Schema;
using Platform.ApiServer.Patching;

namespace Platform.ApiServer.Tests.Patching;

/// <summary>Patches applied to documents that tests have as nodes.</summary>
internal static class Patched
{
    public static JsonNode Of(string type, JsonNode current, JsonNode patch, TypeSchema? schema) => Of(type, current, Encoding.UTF8.GetBytes(patch.ToJsonString()), schema);

    public static JsonNode Of(string type, JsonNode current, ReadOnlySpan<byte> patch, TypeSchema? schema) =>
        JsonTree.Parse(PatchType.Apply(type, Encoding.UTF8.GetBytes(current.ToJsonString()), patch, schema).Span)!;
}
