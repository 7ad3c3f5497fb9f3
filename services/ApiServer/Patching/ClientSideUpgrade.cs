using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Json;
using Platform.Api.ManagedFields;

namespace Platform.ApiServer.Patching;

/// <summary>
/// Server-side apply of objects that were managed otherwise before. Fields that nobody is known to own belong to <c>before-first-apply</c>.
/// For the manager <c>kubectl</c> alone, conflicts over fields that its client-side apply set, by the annotation it left, are no conflicts, and the
/// annotation is kept up to date, so that one can go back.
/// </summary>
internal static class ClientSideUpgrade
{
    public const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    private const string Kubectl = "kubectl";
    private const string BeforeFirstApply = "before-first-apply";

    /// <summary>Most bytes of all annotations together.</summary>
    private const int MostAnnotationBytes = 256 * 1024;

    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = JsonDepth.Enclosed };

    public static async ValueTask<ApplyResult> ApplyAsync(FieldOwners owners, JsonElement live, AppliedConfiguration configuration, FieldOperation operation)
    {
        if (owners.IsEmpty)
            owners = await OwnedUpdate.UpdateAsync(owners, null, live, operation with { Manager = BeforeFirstApply });
        var result = await ServerSideApply.ApplyAsync(owners, live, configuration.Document, operation, configuration.Force);
        if (result.Conflicts.Count == 0 || operation.Manager != Kubectl || Allowed(live, operation) is not { } allowed)
            return result;
        var rest = result.Conflicts.Where(c => !allowed.Contains([.. c.Path])).ToList();
        return rest.Count > 0 ? result with { Conflicts = rest } : await ServerSideApply.ApplyAsync(owners, live, configuration.Document, operation, force: true);
    }

    /// <summary>The applied object with the annotation up to date.</summary>
    public static ReadOnlyMemory<byte> WithAnnotation(byte[]? applied, ReadOnlyMemory<byte> live, AppliedConfiguration configuration, FieldOperation operation)
    {
        var json = applied is null ? live : applied;
        if (operation.Manager != Kubectl || json.Span.IndexOf("last-applied-configuration"u8) < 0)
            return json;
        var value = JsonTree.Parse(json.Span)!.AsObject();
        if (value["metadata"]?["annotations"] is not JsonObject annotations || string.IsNullOrEmpty((string?)annotations[LastApplied]))
            return json;
        var document = JsonNode.Parse(configuration.Document.GetRawText(), documentOptions: JsonDepth.Document)!.AsObject();
        if (document["metadata"]?["annotations"] is JsonObject own)
            own.Remove(LastApplied);
        var text = Sorted(document)!.ToJsonString(Writing) + "\n";
        annotations[LastApplied] = text;
        if (annotations.Sum(a => a.Key.Length + ((string?)a.Value)?.Length) > MostAnnotationBytes)
            annotations.Remove(LastApplied);
        return JsonSerializer.SerializeToUtf8Bytes(value, PatchJson.Default.JsonNode);
    }

    /// <summary>What the annotation says was applied and still is so; null where it says nothing of use.</summary>
    private static FieldSet? Allowed(JsonElement live, FieldOperation operation)
    {
        if (!live.TryGetProperty("metadata", out var metadata) || !metadata.TryGetProperty("annotations", out var annotations)
            || !annotations.TryGetProperty(LastApplied, out var text) || text.GetString() is not { Length: > 0 } json)
            return null;
        try
        {
            using var last = JsonDocument.Parse(json, JsonDepth.Document);
            if (last.RootElement.ValueKind != JsonValueKind.Object || !last.RootElement.TryGetProperty("apiVersion", out var version)
                || !version.ValueEquals(operation.ApiVersion) || SchemaConformance.Check(last.RootElement, operation.Schema) is not null)
                return null;
            var comparison = ObjectComparison.Of(last.RootElement, live, operation.Schema);
            return FieldExtraction.Of(last.RootElement, operation.Schema).Difference(comparison.Written).Difference(comparison.Removed);
        }
        catch (JsonException)
        {
            // The annotation is the client's own text; one that is no JSON allows nothing.
            return null;
        }
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, Sorted(m.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
