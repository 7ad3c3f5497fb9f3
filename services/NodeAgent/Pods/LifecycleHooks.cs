using Platform.Api.Core.V1;
using Platform.NodeAgent.Probes;

namespace Platform.NodeAgent.Pods;

/// <summary>Runs what a container declares for its start and its end.</summary>
internal sealed class LifecycleHooks(Prober prober, TimeProvider time)
{
    /// <summary>Longest time for a hook that has no other limit.</summary>
    private static readonly TimeSpan ExecLimit = TimeSpan.FromMinutes(2);

    /// <summary>Runs a hook.</summary>
    /// <returns>Why it failed; null where it did not.</returns>
    public async Task<string?> RunAsync(LifecycleHandler hook, Container container, string containerId, string podIp, TimeSpan? limit, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit ?? ExecLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            if (hook.Exec is { } exec)
                return Failure(await prober.ExecAsync(exec.Command ?? [], containerId, limit ?? ExecLimit, both.Token));
            if (hook.HttpGet is { } http)
                return Failure(await prober.HttpAsync(http, container, podIp, both.Token));
            if (hook.Sleep is { } sleep)
                await Task.Delay(TimeSpan.FromSeconds(sleep.Seconds ?? 0), time, both.Token);
            return null;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return "the hook did not end in time";
        }
        catch (Exception e) when (e is HttpRequestException or Runtime.RuntimeException or TimeoutException or FormatException)
        {
            return e.Message;
        }
    }

    private static string? Failure(ProbeResult result) => result.Success ? null : result.Message;
}
