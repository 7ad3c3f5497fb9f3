using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Schema;

namespace Platform.ApiServer.Patching;

/// <summary>Chooses the kind of patch by the request's media type, and applies it.</summary>
internal static class PatchType
{
    public const string Json = "application/json-patch+json";
    public const string Merge = "application/merge-patch+json";
    public const string Strategic = "application/strategic-merge-patch+json";

    /// <summary>What is accepted, in the order that a 415 lists it.</summary>
    public static readonly IReadOnlyList<string> Supported = [Json, Merge, Strategic, ApplyPatch.MediaType];

    private static readonly IReadOnlyList<string> WithoutDeclaration = [Json, Merge, ApplyPatch.MediaType];

    /// <summary>Applies a patch.</summary>
    /// <param name="mediaType">Media type, with or without parameters.</param>
    /// <param name="current">Object as it is.</param>
    /// <param name="patch">Body of the request.</param>
    /// <param name="schema">Declaration of the object's type; null where it has none, which rules out strategic merge patch.</param>
    /// <returns>The patched object.</returns>
    /// <exception cref="ApiException">415 for another media type, 400 for a malformed patch, 413 for too many operations, 422 where the patch does not fit.</exception>
    public static ReadOnlyMemory<byte> Apply(string? mediaType, ReadOnlySpan<byte> current, ReadOnlySpan<byte> patch, TypeSchema? schema)
    {
        var type = (mediaType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        if (type is not (Json or Merge or Strategic) || (type == Strategic && schema is null))
            throw ApiErrors.UnsupportedMediaType(schema is null ? WithoutDeclaration : Supported);
        JsonNode? document;
        try
        {
            UnicodeText.Check(patch);
            document = JsonTree.Parse(patch);
        }
        catch (JsonException exception)
        {
            throw Malformed(type, JsonFault.Of(exception, patch).Message);
        }

        if (type == Json)
            return Encode(JsonPatch.Apply(JsonTree.Parse(current)!, document));
        if (document is not JsonObject changes)
            throw Malformed(type, $"json: cannot unmarshal {GoSyntax.KindOf(document)} into Go value of type map[string]interface {{}}");
        return type == Merge ? MergePatch.Apply(current, changes) : Encode(StrategicMergePatch.Apply(JsonTree.Parse(current)!, changes, schema!));
    }

    private static byte[] Encode(JsonNode? patched) => patched is JsonObject
        ? JsonSerializer.SerializeToUtf8Bytes(patched, PatchJson.Default.JsonNode)
        : throw PatchFailure.DoesNotFit("the patched document is not an object");

    private static ApiException Malformed(string type, string detail) => PatchFailure.Malformed(type == Strategic ? detail : "error decoding patch: " + detail);
}

[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(string))]
[JsonSourceGenerationOptions(MaxDepth = JsonDepth.Enclosed)]
internal sealed partial class PatchJson : JsonSerializerContext;
