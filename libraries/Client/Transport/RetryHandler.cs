using System.Net;

namespace Platform.Client.Transport;

/// <summary>
/// Waits and tries again where the server says that it is busy (429, or 503 with Retry-After). Only verbs that may be repeated:
/// a POST that is refused, for example an eviction that a disruption budget forbids, is the caller's to decide.
/// </summary>
internal sealed class RetryHandler(HttpMessageHandler inner, TimeProvider time) : DelegatingHandler(inner)
{
    /// <summary>How often a request is repeated.</summary>
    internal const int MaxRetries = 5;

    /// <summary>Longest wait before one repetition.</summary>
    internal static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(1);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var retries = 0; ; retries++)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (retries == MaxRetries || !IsRepeatable(request.Method) || !IsBusy(response))
                return response;
            var wait = Failure.RetryAfter(response) ?? DefaultWait;
            response.Dispose();
            await Task.Delay(wait < MaxWait ? wait : MaxWait, time, cancellationToken);
        }
    }

    private static bool IsRepeatable(HttpMethod method) =>
        method == HttpMethod.Get || method == HttpMethod.Put || method == HttpMethod.Delete || method == HttpMethod.Head;

    private static bool IsBusy(HttpResponseMessage response) => response.StatusCode == HttpStatusCode.TooManyRequests
        || (response.StatusCode == HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is not null);
}
