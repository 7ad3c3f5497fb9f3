using Platform.Api.Core.V1;

namespace Platform.ControllerManager.NodeLifecycle;

/// <summary>
/// When each node was last heard of, by our own clock: what counts is that a lease or a heartbeat changed, never the time written in it,
/// since the node's clock may be wrong. After a restart every node has its full grace again. Safe for concurrent use.
/// </summary>
internal sealed class NodeHealth(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Seen> _seen = [];

    /// <summary>Takes in what is known of a node now, and says when it was last heard of.</summary>
    public DateTimeOffset Observe(string node, string? uid, DateTimeOffset? renewed, DateTimeOffset? heartbeat)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (_seen.TryGetValue(node, out var seen) && seen.Uid == uid && seen.Renewed == renewed && seen.Heartbeat == heartbeat)
                return seen.At;
            _seen[node] = new(uid, renewed, heartbeat, now);
            return now;
        }
    }

    public void Forget(string node)
    {
        lock (_gate)
            _seen.Remove(node);
    }

    public static NodeCondition? Condition(Node node, string type) => node.Status?.Conditions?.FirstOrDefault(c => c.Type == type);

    /// <summary>Whether the node is ready, by the condition that it or this controller wrote.</summary>
    public static bool IsReady(Node node) => Condition(node, "Ready")?.Status == "True";

    private sealed record Seen(string? Uid, DateTimeOffset? Renewed, DateTimeOffset? Heartbeat, DateTimeOffset At);
}
