using System.Text.Json;
using Platform.Api.ApiExtensions.V1;
using Platform.Api.Json;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Versions;

namespace Platform.ApiServer.CustomResources;

/// <summary>
/// Converts custom objects between the versions of their definition. Without a webhook versions differ in their schemas only: the document is renamed, and
/// what the other version's schema does not know is lost. With one, the webhook makes the document, and the schema is applied to what it made.
/// </summary>
internal sealed class CustomConversion(IReadOnlyDictionary<string, CustomCodec> codecs, ConversionWebhook? webhook, WebhookConversion? configuration) : IObjectConversion
{
    public bool TryConvert(ReadOnlyMemory<byte> document, ResourceDefinition to, out ReadOnlyMemory<byte> converted)
    {
        converted = document;
        if (ApiVersionOf(document.Span) == to.ApiVersion)
            return true;
        if (webhook is not null)
            return false;
        converted = codecs[to.Version].Convert(document.Span);
        return true;
    }

    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ConvertAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> documents, ResourceDefinition to, CancellationToken cancellationToken)
    {
        var result = new ReadOnlyMemory<byte>[documents.Count];
        List<int> waiting = [];
        for (var i = 0; i < documents.Count; i++)
        {
            if (!TryConvert(documents[i], to, out result[i]))
                waiting.Add(i);
        }
        if (waiting.Count == 0)
            return result;
        var converted = await webhook!.ConvertAsync(configuration!, to, [.. waiting.Select(i => documents[i])], cancellationToken);
        for (var i = 0; i < waiting.Count; i++)
            result[waiting[i]] = codecs[to.Version].Convert(converted[i]);
        return result;
    }

    /// <summary>The version of a document, which is its first member.</summary>
    private static string ApiVersionOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, JsonDepth.Reader);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals("apiVersion"u8);
            reader.Read();
            if (found)
                return reader.GetString() ?? "";
            reader.Skip();
        }
        return "";
    }
}
