using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Errors;
using Platform.ApiServer.Admission.Webhooks;
using Platform.ApiServer.CustomResources.Schemas;
using Platform.ApiServer.Patching;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Rules;

namespace Platform.ApiServer.CustomResources;

/// <summary>
/// Reads what a conversion webhook has answered. A webhook may change labels and annotations and whatever is not metadata; the rest of the metadata stays the
/// object's, and an answer that is about other objects is refused. Findings are upstream's, word by word, since operators search for them.
/// </summary>
internal static class ConvertedObjects
{
    private static readonly string[] Identity = ["name", "namespace", "uid"];
    private static readonly string[] Changeable = ["labels", "annotations"];

    /// <summary>The converted documents.</summary>
    /// <exception cref="WebhookFailure">The answer is no good one, or says that the conversion failed.</exception>
    /// <exception cref="ApiException">500 for converted objects that are wrong.</exception>
    public static IReadOnlyList<byte[]> Read(byte[] answer, string uid, string version, ResourceDefinition to, IReadOnlyList<JsonObject> originals)
    {
        var converted = Response(answer, uid, version)["convertedObjects"] as JsonArray ?? [];
        var kind = KindOf(originals[0]);
        if (converted.Count != originals.Count)
        {
            throw ApiErrors.Unclassified(string.Create(CultureInfo.InvariantCulture,
                $"conversion webhook for {kind} returned {converted.Count} objects, expected {originals.Count}"));
        }
        var result = new List<byte[]>(originals.Count);
        for (var i = 0; i < originals.Count; i++)
        {
            if (Check(converted[i] as JsonObject, originals[i], to.ApiVersion, i, originals.Count == 1) is { } wrong)
                throw ApiErrors.Unclassified($"conversion webhook for {kind} returned {wrong}");
            result.Add(JsonSerializer.SerializeToUtf8Bytes(converted[i], SchemaJson.Default.JsonNode));
        }
        return result;
    }

    /// <summary>Version and kind of a document as messages name it.</summary>
    public static string KindOf(JsonObject document) => Kind(Text(document["apiVersion"]), Text(document["kind"]));

    private static JsonObject Response(byte[] answer, string uid, string version)
    {
        if (JsonTree.Parse(answer) is not JsonObject review)
            throw new WebhookFailure("the answer is no JSON object");
        // The older version was lenient, and its webhooks rely on it.
        if (version == "v1" && (Text(review["apiVersion"]) != "apiextensions.k8s.io/v1" || Text(review["kind"]) != "ConversionReview"))
            throw new WebhookFailure($"expected webhook response of apiextensions.k8s.io/v1, Kind=ConversionReview, got {KindOf(review)}");
        if (review["response"] is not JsonObject response)
            throw new WebhookFailure("no response provided");
        if (version == "v1" && Text(response["uid"]) != uid)
            throw new WebhookFailure($"expected response.uid=\"{uid}\", got \"{Text(response["uid"])}\"");
        var result = response["result"] as JsonObject;
        if (Text(result?["status"]) is var status && status != "Success")
            throw new WebhookFailure(Text(result?["message"]) is { Length: > 0 } message ? message : $"response.result.status was '{status}', not 'Success'");
        return response;
    }

    /// <summary>What is wrong with a converted object; null where nothing is, and then it has the metadata that it may have.</summary>
    private static string? Check(JsonObject? converted, JsonObject original, string apiVersion, int index, bool isOnly)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $" at index {index}");
        // Upstream converts what it reads one by one, and most of its findings have no index then.
        var at = isOnly ? "" : number;
        if (converted is null)
            return $"invalid object{number}: it is no JSON object";
        if (Text(converted["apiVersion"]) is var version && version != apiVersion)
            return $"invalid object{number}: invalid groupVersion (expected {apiVersion}, received {version})";
        if (Text(converted["kind"]) is var kind && kind != Text(original["kind"]))
            return $"invalid object{number}: invalid kind (expected {Text(original["kind"])}, received {kind})";
        var (metadata, kept) = (converted["metadata"] as JsonObject, (JsonObject)original["metadata"]!.DeepClone());
        foreach (var name in Identity)
        {
            if (Text(metadata?[name]) != Text(kept[name]))
                return $"invalid object{at}: must have the same {(name == "uid" ? "UID" : name)}: {Text(kept[name])} != {Text(metadata?[name])}";
        }
        foreach (var name in Changeable)
        {
            if (Change(kept, name, metadata?[name]) is { } wrong)
                return $"invalid metadata{at}: {wrong}";
        }
        converted["metadata"] = kept;
        return null;
    }

    /// <summary>Takes labels or annotations over. What is wrong with them; null where nothing is.</summary>
    private static string? Change(JsonObject kept, string name, JsonNode? given)
    {
        if (given is null)
        {
            kept.Remove(name);
            return null;
        }
        if (given is not JsonObject map)
            return $"invalid metadata.{name} of type {TypeOf(given)} in converted object";
        foreach (var (key, value) in map)
        {
            if (value?.GetValueKind() != JsonValueKind.String)
                return $"metadata.{name}[{key}] must be a string, but is {TypeOf(value)} in converted object";
        }
        // What the object had already is not held against the webhook.
        if (!JsonNode.DeepEquals(kept[name], map))
        {
            var values = map.ToDictionary(m => m.Key, m => m.Value!.GetValue<string>(), StringComparer.Ordinal);
            List<FieldError> findings = name == "labels"
                ? [.. ObjectMetaValidation.Labels(values, "metadata.labels")]
                : [.. ObjectMetaValidation.Annotations(values, "metadata.annotation")];
            if (findings.Count > 0)
                return findings.Count == 1 ? findings[0].ToString() : $"[{string.Join(", ", findings)}]";
        }
        kept[name] = map.DeepClone();
        return null;
    }

    /// <summary>What upstream's language calls the type of a value.</summary>
    private static string TypeOf(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Object => "map[string]interface {}",
        JsonValueKind.Array => "[]interface {}",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Number => node.ToJsonString().AsSpan().ContainsAny(".eE") ? "float64" : "int64",
        _ => "<nil>",
    };

    private static string Kind(string apiVersion, string kind) => $"{(apiVersion.Contains('/', StringComparison.Ordinal) ? "" : "/")}{apiVersion}, Kind={kind}";

    private static string Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : "";
}
