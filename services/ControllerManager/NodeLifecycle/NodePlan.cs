using Platform.Api.Core.V1;

namespace Platform.ControllerManager.NodeLifecycle;

/// <summary>How disturbed a zone is; it decides how fast nodes are given up.</summary>
internal enum ZoneState
{
    /// <summary>Nodes fail one by one: one may be given up every ten seconds.</summary>
    Normal,

    /// <summary>More than half of the nodes are gone: a large zone goes slower, a small one waits.</summary>
    PartialDisruption,

    /// <summary>All are gone.</summary>
    FullDisruption,
}

/// <summary>
/// What a node's silence or its own report leads to: conditions that say so, taints that keep pods away, and taints that evict them. Evicting taints are
/// withheld when every zone is down, because then it is far likelier that this controller is cut off than that all nodes died at once.
/// </summary>
internal static class NodePlan
{
    /// <summary>Silence after which a node's state counts as unknown.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(40);

    /// <summary>Silence that a node may keep before its first report.</summary>
    public static readonly TimeSpan StartupGrace = TimeSpan.FromSeconds(60);

    public const string NotReadyTaint = "node.kubernetes.io/not-ready";
    public const string UnreachableTaint = "node.kubernetes.io/unreachable";

    private static readonly string[] ReportedTypes = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

    private static readonly (string Condition, string Status, string Taint)[] ConditionTaints =
    [
        ("Ready", "False", NotReadyTaint),
        ("Ready", "Unknown", UnreachableTaint),
        ("MemoryPressure", "True", "node.kubernetes.io/memory-pressure"),
        ("DiskPressure", "True", "node.kubernetes.io/disk-pressure"),
        ("PIDPressure", "True", "node.kubernetes.io/pid-pressure"),
        ("NetworkUnavailable", "True", "node.kubernetes.io/network-unavailable"),
    ];

    private static readonly HashSet<string> OwnTaints = [.. ConditionTaints.Select(t => t.Taint), "node.kubernetes.io/unschedulable"];

    /// <summary>Grace of a node: longer until it has reported once.</summary>
    public static TimeSpan GraceOf(Node node) => NodeHealth.Condition(node, "Ready") is null ? StartupGrace : Grace;

    /// <summary>The conditions of a node that has been silent for too long; null where they say so already.</summary>
    public static IReadOnlyList<NodeCondition>? Silent(Node node, DateTimeOffset now)
    {
        var before = node.Status?.Conditions ?? [];
        List<NodeCondition> result = [.. before];
        var changed = false;
        foreach (var type in ReportedTypes)
        {
            var index = result.FindIndex(c => c.Type == type);
            if (index >= 0 && result[index].Status == "Unknown")
                continue;
            var unknown = index < 0
                ? new NodeCondition { Type = type, Reason = "NodeStatusNeverUpdated", Message = "Kubelet never posted node status.",
                    LastHeartbeatTime = node.Metadata.CreationTimestamp }
                : result[index] with { Reason = "NodeStatusUnknown", Message = "Kubelet stopped posting node status." };
            unknown = unknown with { Status = "Unknown", LastTransitionTime = now };
            if (index < 0)
                result.Add(unknown);
            else
                result[index] = unknown;
            changed = true;
        }
        return changed ? result : null;
    }

    /// <summary>State of a zone by the readiness of its nodes.</summary>
    public static ZoneState StateOf(IReadOnlyCollection<bool> ready)
    {
        var notReady = ready.Count(r => !r);
        if (notReady > 0 && notReady == ready.Count)
            return ZoneState.FullDisruption;
        return notReady > 2 && notReady >= 0.55 * ready.Count ? ZoneState.PartialDisruption : ZoneState.Normal;
    }

    /// <summary>Pause between two nodes of a zone that are given up; null for not at all.</summary>
    public static TimeSpan? EvictionPause(ZoneState zone, int nodes, bool allZonesDown)
    {
        const int largeZone = 50;
        if (allZonesDown)
            return null;
        return zone == ZoneState.PartialDisruption
            ? nodes > largeZone ? TimeSpan.FromSeconds(100) : null
            : TimeSpan.FromSeconds(10);
    }

    /// <summary>The evicting taint that the node's readiness calls for; null for none.</summary>
    public static string? EvictingTaint(Node node) => NodeHealth.Condition(node, "Ready")?.Status switch
    {
        "False" => NotReadyTaint,
        "Unknown" => UnreachableTaint,
        _ => null,
    };

    /// <summary>The node's taints as they should be, or null where they are so.</summary>
    /// <param name="node">The node.</param>
    /// <param name="mayEvict">Whether an evicting taint may be added now. One of the other kind is exchanged in any case.</param>
    /// <param name="removeEvicting">Whether evicting taints are withdrawn, because everything seems down.</param>
    /// <param name="now">Time for new evicting taints: tolerations count from it.</param>
    public static IReadOnlyList<Taint>? Taints(Node node, bool mayEvict, bool removeEvicting, DateTimeOffset now)
    {
        var before = node.Spec?.Taints ?? [];
        List<Taint> result = [.. before.Where(t => !IsOurs(t))];
        foreach (var (condition, status, taint) in ConditionTaints.Where(t => NodeHealth.Condition(node, t.Condition)?.Status == t.Status))
            result.Add(Known(before, taint, "NoSchedule") ?? new() { Key = taint, Effect = "NoSchedule", TimeAdded = now });
        if (node.Spec?.Unschedulable == true)
            result.Add(Known(before, "node.kubernetes.io/unschedulable", "NoSchedule") ?? new() { Key = "node.kubernetes.io/unschedulable",
                Effect = "NoSchedule", TimeAdded = now });
        if (EvictingTaint(node) is { } evicting && !removeEvicting)
        {
            var isGivenUp = before.Any(t => t.Effect == "NoExecute" && t.Key is NotReadyTaint or UnreachableTaint);
            if (Known(before, evicting, "NoExecute") is { } known)
                result.Add(known);
            else if (mayEvict || isGivenUp)
                result.Add(new() { Key = evicting, Effect = "NoExecute", TimeAdded = now });
        }
        return SameTaints(before, result) ? null : result;
    }

    private static bool IsOurs(Taint taint) =>
        taint.Effect == "NoSchedule" && OwnTaints.Contains(taint.Key!) || taint.Effect == "NoExecute" && taint.Key is NotReadyTaint or UnreachableTaint;

    private static Taint? Known(IReadOnlyList<Taint> taints, string key, string effect) => taints.FirstOrDefault(t => t.Key == key && t.Effect == effect);

    private static bool SameTaints(IReadOnlyList<Taint> left, IReadOnlyList<Taint> right) =>
        left.Count == right.Count && left.All(l => right.Any(r => r.Key == l.Key && r.Effect == l.Effect && r.Value == l.Value));
}
