using Platform.Api.Core.V1;

namespace Platform.NodeAgent.Pods;

/// <summary>Computes a pod's status from what was observed: a pure function, and the only place where status is made.</summary>
internal static class PodStatusBuilder
{
    /// <summary>The status to write. Times of transitions are kept from the status before where nothing changed.</summary>
    /// <param name="o">What was observed; the pod carries the status before.</param>
    /// <param name="hostIp">Address of the node.</param>
    public static PodStatus Build(PodObservation o, string hostIp)
    {
        var before = o.Pod.Status ?? new();
        var init = (o.Spec.InitContainers ?? []).Select(c => ContainerStatusBuilder.Build(o, c, Find(before.InitContainerStatuses, c), init: true)).ToList();
        var regular = (o.Spec.Containers ?? []).Select(c => ContainerStatusBuilder.Build(o, c, Find(before.ContainerStatuses, c), init: false)).ToList();
        var ephemeral = EphemeralContainers.Of(o.Spec)
            .Select(c => ContainerStatusBuilder.Build(o, c, Find(before.EphemeralContainerStatuses, c), init: false) with { Ready = false }).ToList();
        var phase = PodPhase.Of(o, init, regular);
        var ips = Addresses(o, before, hostIp);
        var status = new PodStatus
        {
            Phase = phase,
            Reason = o.Memory.Failure?.Reason ?? (phase == before.Phase ? before.Reason : null),
            Message = o.Memory.Failure?.Message ?? (phase == before.Phase ? before.Message : null),
            HostIP = hostIp,
            HostIPs = [new() { Ip = hostIp }],
            PodIP = ips.Count > 0 ? ips[0] : null,
            PodIPs = ips.Count > 0 ? [.. ips.Select(ip => new PodIP { Ip = ip })] : null,
            StartTime = before.StartTime ?? o.Now,
            QosClass = before.QosClass ?? Resources.QosClass.Of(o.Spec),
            InitContainerStatuses = init.Count > 0 ? init : null,
            ContainerStatuses = regular,
            EphemeralContainerStatuses = ephemeral.Count > 0 ? ephemeral : null,
            NominatedNodeName = before.NominatedNodeName,
            ResourceClaimStatuses = before.ResourceClaimStatuses,
            Resize = before.Resize,
        };
        return status with { Conditions = PodConditions.Build(o, status) };
    }

    private static List<string> Addresses(PodObservation o, PodStatus before, string hostIp)
    {
        if (o.Spec.HostNetwork == true)
            return o.Runtime.Sandbox is null && before.PodIP is null ? [] : [hostIp];
        if (o.Runtime.Sandbox is { Ips.Count: > 0 } sandbox)
            return [.. sandbox.Ips];
        // A pod that is over keeps showing the address it had.
        return [.. (before.PodIPs ?? []).Select(ip => ip.Ip!)];
    }

    private static ContainerStatus? Find(IReadOnlyList<ContainerStatus>? statuses, Container container) => statuses?.FirstOrDefault(s => s.Name == container.Name);
}
