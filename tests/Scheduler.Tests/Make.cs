using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Scheduler.Framework;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler.Tests;

/// <summary>Pods, nodes and snapshots in a line.</summary>
internal static class Make
{
    public static Pod Pod(string name, string? cpu = null, string? memory = null, int priority = 0, Dictionary<string, string>? labels = null, Func<PodSpec, PodSpec>? spec = null)
    {
        Dictionary<string, Quantity> requests = [];
        if (cpu is not null)
            requests["cpu"] = cpu;
        if (memory is not null)
            requests["memory"] = memory;
        var made = new PodSpec
        {
            SchedulerName = "default-scheduler",
            Priority = priority,
            Containers = [new() { Name = "c", Image = "app:1", Resources = new() { Requests = requests } }],
        };
        return new()
        {
            ApiVersion = "v1",
            Kind = "Pod",
            Metadata = new() { Name = name, Namespace = "default", Uid = "uid-" + name, Labels = labels },
            Spec = spec is null ? made : spec(made),
        };
    }

    public static Node Node(string name, string cpu = "4", string memory = "8Gi", string pods = "110", Dictionary<string, string>? labels = null, Taint[]? taints = null) => new()
    {
        ApiVersion = "v1",
        Kind = "Node",
        Metadata = new() { Name = name, Labels = new Dictionary<string, string>(labels ?? []) { ["kubernetes.io/hostname"] = name } },
        Spec = new() { Taints = taints },
        Status = new() { Allocatable = new Dictionary<string, Quantity> { ["cpu"] = cpu, ["memory"] = memory, ["pods"] = pods } },
    };

    public static Taint Taint(string key, string value, string effect = "NoSchedule") => new() { Key = key, Value = value, Effect = effect };

    public static ClusterCache Cache(params Node[] nodes)
    {
        var cache = new ClusterCache(name => name == "other" ? new Dictionary<string, string> { ["team"] = "red" } : null);
        foreach (var node in nodes)
            cache.SetNode(node);
        return cache;
    }

    public static Pod On(this Pod pod, string node) => pod with { Spec = pod.Spec! with { NodeName = node } };

    public static PodInfo Info(this Pod pod) => new(pod);

    /// <summary>The reasons of the verdict on a node.</summary>
    public static string[] Reasons(this IFilterPlugin plugin, Pod pod, ClusterCache cache, string node)
    {
        var snapshot = cache.Snapshot();
        return plugin.Filter(pod.Info(), snapshot)?.Invoke(snapshot.Nodes.Single(n => n.Name == node)).Reasons ?? [];
    }

    /// <summary>The normalised scores, by node in the order of the cache.</summary>
    public static long[] Scored(this IScorePlugin plugin, Pod pod, ClusterCache cache)
    {
        var snapshot = cache.Snapshot();
        if (plugin.Score(pod.Info(), snapshot, snapshot.Nodes) is not { } score)
            return [];
        var scores = snapshot.Nodes.Select(node => score(node)).ToArray();
        plugin.Normalize(scores);
        return scores;
    }
}
