using Platform.Api.Core.V1;
using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent.Status;

/// <summary>What the node's status is computed from.</summary>
internal sealed record NodeObservation
{
    public required string Name { get; init; }

    public required string Address { get; init; }

    public required int Port { get; init; }

    public required MachineFacts Machine { get; init; }

    public int MaxPods { get; init; } = NodeAgentOptions.DefaultMaxPods;

    public required RuntimeReadiness Runtime { get; init; }

    public IReadOnlyList<NodeImage> Images { get; init; } = [];

    public required DateTimeOffset Now { get; init; }
}

/// <summary>Computes the node's object and status: pure functions.</summary>
internal static class NodeStatusBuilder
{
    /// <summary>Images shown; more would make the object large for little use.</summary>
    private const int MaxImages = 50;

    /// <summary>The labels that every node has.</summary>
    public static IReadOnlyDictionary<string, string> Labels(string name, MachineFacts machine) => new Dictionary<string, string>
    {
        ["kubernetes.io/hostname"] = name,
        ["kubernetes.io/os"] = machine.Info.OperatingSystem!,
        ["kubernetes.io/arch"] = machine.Info.Architecture!,
        ["beta.kubernetes.io/os"] = machine.Info.OperatingSystem!,
        ["beta.kubernetes.io/arch"] = machine.Info.Architecture!,
    };

    public static NodeStatus Build(NodeObservation o, NodeStatus? before) => new()
    {
        Capacity = o.Machine.Capacity(o.MaxPods),
        Allocatable = o.Machine.Allocatable(o.MaxPods),
        Addresses = [new() { Type = "InternalIP", Address = o.Address }, new() { Type = "Hostname", Address = o.Name }],
        DaemonEndpoints = new() { KubeletEndpoint = new() { Port = o.Port } },
        NodeInfo = o.Machine.Info,
        Images = [.. o.Images.Where(i => i.Tags.Count + i.Digests.Count > 0).OrderByDescending(i => i.SizeBytes).Take(MaxImages)
            .Select(i => new ContainerImage { Names = [.. i.Digests, .. i.Tags], SizeBytes = i.SizeBytes })],
        Conditions = [.. Conditions(o).Select(c => Timed(c, before, o.Now))],
    };

    private static IEnumerable<NodeCondition> Conditions(NodeObservation o)
    {
        yield return new() { Type = "MemoryPressure", Status = "False", Reason = "KubeletHasSufficientMemory", Message = "kubelet has sufficient memory available" };
        yield return new() { Type = "DiskPressure", Status = "False", Reason = "KubeletHasNoDiskPressure", Message = "kubelet has no disk pressure" };
        yield return new() { Type = "PIDPressure", Status = "False", Reason = "KubeletHasSufficientPID", Message = "kubelet has sufficient PID available" };
        yield return Ready(o.Runtime);
    }

    private static NodeCondition Ready(RuntimeReadiness runtime)
    {
        if (!runtime.Ready)
            return NotReady($"container runtime is down: {runtime.Message}");
        return runtime.NetworkReady
            ? new() { Type = "Ready", Status = "True", Reason = "KubeletReady", Message = "kubelet is posting ready status" }
            : NotReady($"container runtime network not ready: NetworkReady=false reason:{runtime.NetworkReason} message:{runtime.NetworkMessage}");
    }

    private static NodeCondition NotReady(string message) => new() { Type = "Ready", Status = "False", Reason = "KubeletNotReady", Message = message };

    private static NodeCondition Timed(NodeCondition condition, NodeStatus? before, DateTimeOffset now)
    {
        var old = before?.Conditions?.FirstOrDefault(c => c.Type == condition.Type);
        return condition with { LastHeartbeatTime = now, LastTransitionTime = old?.Status == condition.Status ? old!.LastTransitionTime ?? now : now };
    }

    /// <summary>Whether two statuses differ in more than the time of the heartbeat.</summary>
    public static bool Differs(NodeStatus left, NodeStatus right) => !Api.Json.ApiJson.Same(WithoutHeartbeat(left), WithoutHeartbeat(right));

    private static Node WithoutHeartbeat(NodeStatus status) => new()
    {
        Status = status with { Conditions = [.. (status.Conditions ?? []).Select(c => c with { LastHeartbeatTime = null })] },
    };
}
