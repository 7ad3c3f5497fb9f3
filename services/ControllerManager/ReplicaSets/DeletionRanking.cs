using System.Globalization;
using System.Numerics;
using Platform.Api.Core.V1;
using Platform.ControllerManager.Workloads;

namespace Platform.ControllerManager.ReplicaSets;

/// <summary>
/// Which pods go first when there are too many, in upstream's order: not yet on a node; pending, then unknown, then running; not
/// ready; low deletion cost; many of the same workload on the node; ready for a short time; restarted often; young. Times compare by
/// magnitude (powers of two), so that among pods of about the same age the choice is spread and not always the newest.
/// </summary>
internal sealed class DeletionRanking : IComparer<Pod>
{
    public const string DeletionCostAnnotation = "controller.kubernetes.io/pod-deletion-cost";

    private readonly Dictionary<string, int> _perNode;
    private readonly DateTimeOffset _now;

    private DeletionRanking(Dictionary<string, int> perNode, DateTimeOffset now) => (_perNode, _now) = (perNode, now);

    /// <summary>The pods to delete.</summary>
    /// <param name="candidates">Active pods of the replica set.</param>
    /// <param name="related">Active pods of all replica sets of the same owner, for spreading over nodes.</param>
    /// <param name="count">How many have to go.</param>
    /// <param name="now">Time of the decision.</param>
    public static IReadOnlyList<Pod> Choose(IReadOnlyList<Pod> candidates, IEnumerable<Pod> related, int count, DateTimeOffset now)
    {
        if (count >= candidates.Count)
            return candidates;
        var perNode = related.Where(PodStates.IsActive).GroupBy(p => p.Spec?.NodeName ?? "").ToDictionary(g => g.Key, g => g.Count());
        return [.. candidates.Order(new DeletionRanking(perNode, now)).Take(count)];
    }

    /// <summary>Negative when <paramref name="x"/> goes first.</summary>
    public int Compare(Pod? x, Pod? y)
    {
        var (a, b) = (x!, y!);
        int order;
        if ((order = IsAssigned(a).CompareTo(IsAssigned(b))) != 0)
            return order;
        if ((order = PhaseOrder(a).CompareTo(PhaseOrder(b))) != 0)
            return order;
        if ((order = PodStates.IsReady(a).CompareTo(PodStates.IsReady(b))) != 0)
            return order;
        if ((order = DeletionCost(a).CompareTo(DeletionCost(b))) != 0)
            return order;
        if ((order = NodeCount(b).CompareTo(NodeCount(a))) != 0)
            return order;
        if (PodStates.IsReady(a) && (order = CompareSince(ReadySince(a), ReadySince(b), a, b)) != 0)
            return order;
        if ((order = Restarts(b).CompareTo(Restarts(a))) != 0)
            return order;
        return CompareSince(a.Metadata.CreationTimestamp, b.Metadata.CreationTimestamp, a, b);
    }

    private static bool IsAssigned(Pod pod) => !string.IsNullOrEmpty(pod.Spec?.NodeName);

    private static int PhaseOrder(Pod pod) => pod.Status?.Phase switch { "Running" => 2, "Unknown" => 1, _ => 0 };

    private static int DeletionCost(Pod pod) =>
        pod.Metadata.Annotations is { } annotations && annotations.TryGetValue(DeletionCostAnnotation, out var text)
        && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cost) ? cost : 0;

    private int NodeCount(Pod pod) => _perNode.GetValueOrDefault(pod.Spec?.NodeName ?? "");

    private static DateTimeOffset? ReadySince(Pod pod) => PodStates.Condition(pod, "Ready")?.LastTransitionTime;

    private static int Restarts(Pod pod) => pod.Status?.ContainerStatuses is { Count: > 0 } statuses ? statuses.Max(s => s.RestartCount ?? 0) : 0;

    private int CompareSince(DateTimeOffset? a, DateTimeOffset? b, Pod x, Pod y)
    {
        if (a == b)
            return 0;
        // No time at all means just now.
        if (a is null || b is null)
            return a is null ? -1 : 1;
        var order = Magnitude(_now - a.Value).CompareTo(Magnitude(_now - b.Value));
        return order != 0 ? order : string.CompareOrdinal(x.Metadata.Uid, y.Metadata.Uid);
    }

    private static int Magnitude(TimeSpan age) => age.Ticks <= 0 ? -1 : BitOperations.Log2((ulong)age.Ticks * 100);
}
