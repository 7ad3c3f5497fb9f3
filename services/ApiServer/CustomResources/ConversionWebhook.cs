using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.ApiExtensions.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.Admission.Webhooks;
using Platform.ApiServer.Patching;
using Platform.ApiServer.Proxying;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.CustomResources;

/// <summary>
/// Asks conversion webhooks, with ConversionReview. What they answer is read by <see cref="ConvertedObjects"/>. A failure is told as upstream tells it: 500 without a
/// reason, naming the version that was to be converted, not the one that was wanted.
/// </summary>
internal sealed class ConversionWebhook(WebhookClient client)
{
    private const int HttpsPort = 443;

    private static readonly string[] KnownVersions = ["v1", "v1beta1"];

    /// <summary>Longest wait for an answer.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The documents in another version, in their order.</summary>
    /// <exception cref="ApiException">500 where the webhook cannot be asked, refuses, or answers wrongly.</exception>
    public async Task<IReadOnlyList<byte[]>> ConvertAsync(
        WebhookConversion configuration, ResourceDefinition to, IReadOnlyList<ReadOnlyMemory<byte>> documents, CancellationToken cancellationToken)
    {
        // Definitions are refused that know no version of the review which the server knows.
        var version = configuration.ConversionReviewVersions?.FirstOrDefault(KnownVersions.Contains)
            ?? throw ApiErrors.Unclassified("no supported conversion review versions");
        var originals = documents.Select(d => (JsonObject)JsonTree.Parse(d.Span)!).ToList();
        var uid = Guid.NewGuid().ToString();
        var (target, url) = Address(configuration.ClientConfig ?? new());
        try
        {
            var answer = await client.PostAsync(target, url, Request(uid, version, to, documents), Timeout, cancellationToken);
            return ConvertedObjects.Read(answer, uid, version, to, originals);
        }
        catch (Exception e) when (e is WebhookFailure or JsonException)
        {
            throw ApiErrors.Unclassified($"conversion webhook for {ConvertedObjects.KindOf(originals[0])} failed: {e.Message}");
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
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true, MaxDepth = JsonDepth.Enclosed }))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", "ConversionReview");
            writer.WriteString("apiVersion", $"apiextensions.k8s.io/{version}");
            writer.WriteStartObject("request");
            writer.WriteString("uid", uid);
            writer.WriteString("desiredAPIVersion", to.ApiVersion);
            writer.WriteStartArray("objects");
            foreach (var document in documents)
                writer.WriteRawValue(document.Span, skipInputValidation: true);
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return output.WrittenSpan.ToArray();
    }
}
