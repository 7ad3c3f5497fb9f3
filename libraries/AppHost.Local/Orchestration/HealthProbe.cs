using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Waits until a resource answers its health check. A resource without one counts as healthy once it was started.</summary>
internal sealed class HealthProbe(ProcessResource resource, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(2);

    /// <summary>True once healthy; false where the token was cancelled first.</summary>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        if (resource.Health is not { } check)
            return true;
        var endpoint = resource.Endpoints.FirstOrDefault(e => check.EndpointName is null || e.Name == check.EndpointName)
            ?? throw new InvalidOperationException($"'{resource.Name}' has a health check but no endpoint '{check.EndpointName}'");
        using var client = new HttpClient { BaseAddress = endpoint.Address, Timeout = AttemptTimeout };
        while (!cancellationToken.IsCancellationRequested)
        {
            if (await AnswersAsync(client, check, cancellationToken))
                return true;
            await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }

    private static async Task<bool> AnswersAsync(HttpClient client, HealthCheck check, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(check.Path, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return (int)answer.StatusCode == check.StatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return false; // not listening yet, or too slow to count as healthy
        }
    }
}
