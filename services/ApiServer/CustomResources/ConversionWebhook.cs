using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.ApiExtensions.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Admission.Webhooks;
using Platform.ApiServer.CustomResources.Schemas;
using Platform.ApiServer.Patching;
using Platform.ApiServer.Proxying;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.CustomResources;

/// <summary>
/// Asks conversion webhooks, with ConversionReview. A webhook may change labels and annotations and whatever is not metadata; the rest of the metadata stays the
/// object's, and an answer that is not about the same objects is refused.
/// </summary>
internal sealed class ConversionWebhook(WebhookClient client)
{
    private const int HttpsPort = 443;

    /// <summary>Longest wait for an answer.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The documents in another version, in their order.</summary>
    /// <exception cref="ApiException">500 where the webhook cannot be asked, refuses, or answers wrongly.</exception>
    public async Task<IReadOnlyList<byte[]>> ConvertAsync(
        string definition, WebhookConversion configuration, ResourceDefinition to, IReadOnlyList<ReadOnlyMemory<byte>> documents, CancellationToken cancellationToken)
    {
        var version = configuration.ConversionReviewVersions?.FirstOrDefault(v => v is "v1" or "v1beta1")
            ?? throw Failed(to, $"CRD {definition} does not accept known ConversionReview versions (v1, v1beta1)");
        var uid = Guid.NewGuid().ToString();
        var (target, url) = Address(configuration.ClientConfig ?? new());
        try
        {
            var answer = await client.PostAsync(target, url, Request(uid, version, to, documents), Timeout, cancellationToken);
            return Read(answer, uid, to, documents);
        }
        catch (WebhookFailure failure)
        {
            throw Failed(to, failure.Message);
        }
        catch (JsonException e)
        {
            throw Failed(to, e.Message);
        }
    }

    private static (BackendTarget Target, Uri Url) Address(WebhookClientConfig config)
    {
        if (config.Service is { } service)
        {
            var target = BackendTarget.OfService(service.Namespace ?? "", service.Name ?? "", service.Port ?? HttpsPort, config.CaBundle);
            return (target, new(target.Origin, service.Path ?? "/"));
        }
        var url = new Uri(config.Url ?? "");
        return (new() { Origin = new(url.GetLeftPart(UriPartial.Authority)), AuthorityBundle = config.CaBundle }, url);
    }

    private static byte[] Request(string uid, string version, ResourceDefinition to, IReadOnlyList<ReadOnlyMemory<byte>> documents)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", "ConversionReview");
            writer.WriteString("apiVersion", $"apiextensions.k8s.io/{version}");
            writer.WriteStartObject("request");
            writer.WriteString("uid", uid);
            writer.WriteString("desiredAPIVersion", to.ApiVersion);
            writer.WriteStartArray("objects");
            foreach (var document in documents)
                writer.WriteRawValue(document.Span);
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return output.WrittenSpan.ToArray();
    }

    private static List<byte[]> Read(byte[] answer, string uid, ResourceDefinition to, IReadOnlyList<ReadOnlyMemory<byte>> documents)
    {
        if (JsonTree.Parse(answer) is not JsonObject review || review["response"] is not JsonObject response)
            throw Failed(to, "expected a ConversionReview with a response");
        if (Text(response["uid"]) != uid)
            throw Failed(to, $"expected response.uid=\"{uid}\", got \"{Text(response["uid"])}\"");
        if (Text(response["result"]?["status"]) != "Success")
            throw Failed(to, Text(response["result"]?["message"]) is { Length: > 0 } message ? message : "no reason given");
        var converted = response["convertedObjects"] as JsonArray ?? [];
        if (converted.Count != documents.Count)
            throw ApiErrors.Internal($"conversion webhook for {Show(to)} returned {converted.Count} objects, expected {documents.Count}");
        var result = new List<byte[]>(documents.Count);
        for (var i = 0; i < documents.Count; i++)
            result.Add(Checked(converted[i] as JsonObject, (JsonObject)JsonTree.Parse(documents[i].Span)!, to, i));
        return result;
    }

    private static byte[] Checked(JsonObject? converted, JsonObject original, ResourceDefinition to, int index)
    {
        ApiException Wrong(string what) => ApiErrors.Internal($"conversion webhook for {Show(to)} returned invalid converted object at index {index}: {what}");
        if (converted is null)
            throw Wrong("not an object");
        if (Text(converted["apiVersion"]) != to.ApiVersion)
            throw Wrong($"invalid apiVersion, expected {to.ApiVersion}, got {Text(converted["apiVersion"])}");
        if (Text(converted["kind"]) != Text(original["kind"]))
            throw Wrong($"invalid kind, expected {Text(original["kind"])}, got {Text(converted["kind"])}");
        if (converted["metadata"] is not JsonObject metadata)
            throw Wrong("invalid metadata");
        var kept = (JsonObject)(original["metadata"]?.DeepClone() ?? new JsonObject());
        foreach (var name in new[] { "name", "namespace", "uid" })
        {
            if (Text(metadata[name]) is { } given && given != Text(kept[name]))
                throw Wrong($"mutation of metadata.{name} is not allowed");
        }
        foreach (var name in new[] { "labels", "annotations" })
        {
            kept.Remove(name);
            if (metadata[name] is JsonObject map)
                kept[name] = map.DeepClone();
        }
        converted["metadata"] = kept;
        return JsonSerializer.SerializeToUtf8Bytes(converted, SchemaJson.Default.JsonNode);
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static string Show(ResourceDefinition to) => $"{to.ApiVersion}, Kind={to.Kind}";

    private static ApiException Failed(ResourceDefinition to, string reason) => ApiErrors.Internal($"conversion webhook for {Show(to)} failed: {reason}");
}
