using System.Globalization;

namespace Platform.Scheduler.Framework;

/// <summary>Why nodes were ruled out: how many for each reason, and by which plugins.</summary>
internal sealed class Diagnosis
{
    private readonly Dictionary<string, int> _reasons = [];
    private readonly Dictionary<IFilterPlugin, int> _plugins = [];

    /// <summary>How many nodes each plugin ruled out.</summary>
    public IReadOnlyDictionary<IFilterPlugin, int> ByPlugin => _plugins;

    /// <summary>How many nodes were ruled out for each reason.</summary>
    public IReadOnlyDictionary<string, int> ByReason => _reasons;

    /// <summary>What could make the pod fit.</summary>
    public ClusterEvents WokenBy => _plugins.Keys.Aggregate(ClusterEvents.NodeAdded, static (events, plugin) => events | plugin.WokenBy);

    public void Add(IFilterPlugin plugin, string[] reasons)
    {
        _plugins[plugin] = _plugins.GetValueOrDefault(plugin) + 1;
        foreach (var reason in reasons)
            _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
    }

    /// <summary>The whole in one sentence, as upstream words it.</summary>
    public string Message(int nodes)
    {
        if (nodes == 0)
            return "no nodes available to schedule pods";
        var reasons = _reasons.Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Value} {reason.Key}")).Order(StringComparer.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"0/{nodes} nodes are available: {string.Join(", ", reasons)}.");
    }
}
