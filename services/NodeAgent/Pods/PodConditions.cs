using Platform.Api.Core.V1;

namespace Platform.NodeAgent.Pods;

/// <summary>The conditions that the node agent owns: PodReadyToStartContainers, Initialized, ContainersReady and Ready. Others' stay as they are.</summary>
internal static class PodConditions
{
    private const string ContainersNotReady = "ContainersNotReady";
    private const string PodCompleted = "PodCompleted";
    private const string PodFailed = "PodFailed";

    /// <summary>Whether the node agent owns conditions of that type.</summary>
    public static bool IsOwn(string? type) => type is "PodReadyToStartContainers" or "Initialized" or "Ready" or "ContainersReady";

    public static IReadOnlyList<PodCondition> Build(PodObservation o, PodStatus status)
    {
        var before = o.Pod.Status?.Conditions ?? [];
        var containers = ContainersReady(o, status);
        PodCondition[] own =
        [
            new() { Type = "PodReadyToStartContainers", Status = Text(o.LiveSandbox is not null && !o.Finished) },
            Initialized(o, status),
            Ready(o, containers, before),
            containers,
        ];
        return [.. own.Select(c => Timed(c, before, o.Now)), .. before.Where(b => own.All(c => c.Type != b.Type))];
    }

    /// <summary>A condition with the time of its last transition, which is that of the one before if the status is the same.</summary>
    internal static PodCondition Timed(PodCondition condition, IReadOnlyList<PodCondition> before, DateTimeOffset now)
    {
        var old = before.FirstOrDefault(b => b.Type == condition.Type);
        return condition with { LastTransitionTime = old?.Status == condition.Status ? old!.LastTransitionTime ?? now : now };
    }

    private static PodCondition Initialized(PodObservation o, PodStatus status)
    {
        if (status.Phase == PodPhase.Succeeded)
            return new() { Type = "Initialized", Status = "True", Reason = PodCompleted };
        if (ContainerOrder.Initialized(o) || (o.Finished && Was(o, "Initialized")))
            return new() { Type = "Initialized", Status = "True" };
        var incomplete = (status.InitContainerStatuses ?? []).Where(s => s.Ready != true).Select(s => s.Name);
        return new()
        {
            Type = "Initialized",
            Status = "False",
            Reason = "ContainersNotInitialized",
            Message = $"containers with incomplete status: [{string.Join(' ', incomplete)}]",
        };
    }

    private static PodCondition ContainersReady(PodObservation o, PodStatus status)
    {
        const string type = "ContainersReady";
        if (status.Phase == PodPhase.Succeeded)
            return new() { Type = type, Status = "False", Reason = PodCompleted };
        if (status.Phase == PodPhase.Failed)
            return new() { Type = type, Status = "False", Reason = PodFailed };
        var sidecars = (o.Spec.InitContainers ?? []).Where(ContainerOrder.IsSidecar).Select(c => c.Name).ToHashSet();
        var unready = (status.InitContainerStatuses ?? []).Where(s => sidecars.Contains(s.Name)).Concat(status.ContainerStatuses ?? [])
            .Where(s => s.Ready != true).Select(s => s.Name).ToList();
        return unready.Count == 0
            ? new() { Type = type, Status = "True" }
            : new() { Type = type, Status = "False", Reason = ContainersNotReady, Message = $"containers with unready status: [{string.Join(' ', unready)}]" };
    }

    private static PodCondition Ready(PodObservation o, PodCondition containers, IReadOnlyList<PodCondition> before)
    {
        if (containers.Status != "True")
            return containers with { Type = "Ready" };
        var closed = (o.Spec.ReadinessGates ?? [])
            .Where(g => before.FirstOrDefault(c => c.Type == g.ConditionType)?.Status != "True")
            .Select(g => before.Any(c => c.Type == g.ConditionType)
                ? $"the status of pod readiness gate \"{g.ConditionType}\" is not \"True\", but {before.First(c => c.Type == g.ConditionType).Status}"
                : $"corresponding condition of pod readiness gate \"{g.ConditionType}\" does not exist.")
            .ToList();
        return closed.Count == 0
            ? new() { Type = "Ready", Status = "True" }
            : new() { Type = "Ready", Status = "False", Reason = "ReadinessGatesNotReady", Message = string.Join(", ", closed) };
    }

    private static bool Was(PodObservation o, string type) => o.Pod.Status?.Conditions?.Any(c => c.Type == type && c.Status == "True") == true;

    private static string Text(bool value) => value ? "True" : "False";
}
