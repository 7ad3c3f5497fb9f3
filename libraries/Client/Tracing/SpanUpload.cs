using System.Net.Http.Headers;
using System.Text.Json;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Client.Tracing;

/// <summary>Sends this process's spans to the API server, where the spans of all services come together.</summary>
internal sealed class SpanUpload(IApiClient client) : ISpanSink
{
    private const string Path = "/platform/v1/spans";

    /// <inheritdoc />
    public async ValueTask AcceptAsync(IReadOnlyList<SpanRecord> spans, CancellationToken cancellationToken)
    {
        using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(spans, SpanJson.Default.IReadOnlyListSpanRecord));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await client.Http.PostAsync(Path, body, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
