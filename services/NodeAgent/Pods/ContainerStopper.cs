using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent.Pods;

/// <summary>
/// Stops containers: the preStop hook first, then the stop signal, then SIGKILL, all within one grace period. The period can be shortened
/// while it runs (a second delete with a shorter one), so stopping goes on beside the pod's worker, which may begin it anew.
/// </summary>
internal sealed class ContainerStopper(PodServices services)
{
    /// <summary>However long a preStop hook takes, the container then gets this long to end by itself.</summary>
    private static readonly TimeSpan MinimumAfterHook = TimeSpan.FromSeconds(2);

    public Task StopAsync(StopContainersAction action, PodObservation o, bool runHooks, CancellationToken cancellationToken) =>
        Task.WhenAll(action.Orders.Select(order => StopAsync(order, o, runHooks, cancellationToken)));

    private async Task StopAsync(StopOrder order, PodObservation o, bool runHooks, CancellationToken cancellationToken)
    {
        if (order.Message is { } message && runHooks)
            services.Events.Normal(o.Pod, "Killing", message);
        var grace = order.Grace;
        if (runHooks && grace > TimeSpan.Zero && order.State.Phase == ContainerPhase.Running && order.Spec?.Lifecycle?.PreStop is { } hook)
        {
            var since = services.Time.GetTimestamp();
            var failure = await services.Hooks.RunAsync(hook, order.Spec, order.State.Id, PodIp(o), grace, cancellationToken);
            if (failure is not null)
                services.Events.Warning(o.Pod, "FailedPreStopHook", $"PreStopHook failed: {failure}");
            grace -= services.Time.GetElapsedTime(since);
            grace = grace > MinimumAfterHook ? grace : MinimumAfterHook;
        }

        await services.Runtime.StopContainerAsync(order.State.Id, grace, cancellationToken);
    }

    private string PodIp(PodObservation o) => o.Spec.HostNetwork == true ? services.Node.Address : o.Runtime.Sandbox?.Ips.FirstOrDefault() ?? "";
}
