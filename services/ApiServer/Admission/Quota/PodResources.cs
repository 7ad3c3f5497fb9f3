using Platform.Api;
using Platform.Api.Core.V1;

namespace Platform.ApiServer.Admission.Quota;

/// <summary>
/// What a pod needs as a whole. Init containers run one after another before the others, so the greatest of them counts against the sum of the rest; those
/// that keep running (sidecars) count on both sides. The runtime's overhead comes on top.
/// </summary>
internal static class PodResources
{
    private static readonly Dictionary<string, Quantity> None = [];

    public static Dictionary<string, Quantity> Requests(PodSpec spec) => Total(spec, r => r?.Requests, limits: false);

    public static Dictionary<string, Quantity> Limits(PodSpec spec) => Total(spec, r => r?.Limits, limits: true);

    private static Dictionary<string, Quantity> Total(PodSpec spec, Func<ResourceRequirements?, IReadOnlyDictionary<string, Quantity>?> list, bool limits)
    {
        var running = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        var starting = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        var sidecars = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        foreach (var container in spec.Containers ?? [])
            Add(running, list(container.Resources) ?? None);
        foreach (var container in spec.InitContainers ?? [])
        {
            var needs = list(container.Resources) ?? None;
            if (container.RestartPolicy == "Always")
            {
                Add(running, needs);
                Add(sidecars, needs);
                Max(starting, sidecars);
                continue;
            }

            var beside = new Dictionary<string, Quantity>(sidecars, StringComparer.Ordinal);
            Add(beside, needs);
            Max(starting, beside);
        }

        Max(running, starting);
        // A limit that is not set is none at all, and overhead does not make it one.
        foreach (var (name, amount) in spec.Overhead ?? None)
        {
            if (!limits || running.ContainsKey(name))
                running[name] = running.GetValueOrDefault(name) + amount;
        }

        return running;
    }

    private static void Add(Dictionary<string, Quantity> total, IReadOnlyDictionary<string, Quantity> more)
    {
        foreach (var (name, amount) in more)
            total[name] = total.TryGetValue(name, out var present) ? present + amount : amount;
    }

    private static void Max(Dictionary<string, Quantity> total, Dictionary<string, Quantity> other)
    {
        foreach (var (name, amount) in other)
        {
            if (!total.TryGetValue(name, out var present) || amount > present)
                total[name] = amount;
        }
    }
}
