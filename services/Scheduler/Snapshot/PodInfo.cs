using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Client;

namespace Platform.Scheduler.Snapshot;

/// <summary>A port of the host that a pod takes.</summary>
internal readonly record struct HostPort(string Ip, string Protocol, int Port)
{
    private const string AnyAddress = "0.0.0.0";

    /// <summary>Whether both cannot be had at once: the same protocol and port, and addresses that overlap.</summary>
    public bool ConflictsWith(HostPort other) => Port == other.Port && Protocol == other.Protocol
        && (Ip == other.Ip || Ip == AnyAddress || other.Ip == AnyAddress);

    public static HostPort From(ContainerPort port) =>
        new(string.IsNullOrEmpty(port.HostIP) ? AnyAddress : port.HostIP, port.Protocol ?? "TCP", port.HostPort ?? 0);
}

/// <summary>A pod with what the plugins need of it, worked out once. Immutable.</summary>
internal sealed class PodInfo
{
    public PodInfo(Pod pod)
    {
        Pod = pod;
        Key = ObjectKey.Of(pod);
        var spec = pod.Spec ?? new();
        Requests = Total(spec, ResourceAmounts.From);
        NonZeroRequests = Total(spec, ResourceAmounts.NonZero);
        HostPorts = [.. (spec.Containers ?? []).SelectMany(container => container.Ports ?? []).Where(port => port.HostPort > 0).Select(HostPort.From)];
        var ns = Key.Namespace;
        RequiredAffinity = AffinityTerm.From(spec.Affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution, ns);
        RequiredAntiAffinity = AffinityTerm.From(spec.Affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution, ns);
        PreferredAffinity = AffinityTerm.From(spec.Affinity?.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution, ns, 1);
        PreferredAntiAffinity = AffinityTerm.From(spec.Affinity?.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution, ns, -1);
    }

    public Pod Pod { get; }

    public ObjectKey Key { get; }

    public string Uid => Pod.Metadata.Uid ?? Key.ToString();

    public PodSpec Spec => Pod.Spec!;

    public int Priority => Pod.Spec?.Priority ?? 0;

    /// <summary>What the pod asks for.</summary>
    public ResourceAmounts Requests { get; }

    /// <summary>The same for scoring, where a container that asks for nothing is not free.</summary>
    public ResourceAmounts NonZeroRequests { get; }

    public HostPort[] HostPorts { get; }

    public AffinityTerm[] RequiredAffinity { get; }

    public AffinityTerm[] RequiredAntiAffinity { get; }

    public AffinityTerm[] PreferredAffinity { get; }

    public AffinityTerm[] PreferredAntiAffinity { get; }

    /// <summary>Whether other pods' placement can depend on this one's terms.</summary>
    public bool HasAffinity => RequiredAffinity.Length + RequiredAntiAffinity.Length + PreferredAffinity.Length + PreferredAntiAffinity.Length > 0;

    /// <summary>
    /// The larger of what runs together at last and of what any step of initialisation needs. Init containers run one by one, each beside the
    /// sidecars (init containers that restart always) that were started before it.
    /// </summary>
    private static ResourceAmounts Total(PodSpec spec, Func<IReadOnlyDictionary<string, Quantity>?, ResourceAmounts> requests)
    {
        var running = ResourceAmounts.Nothing;
        foreach (var container in spec.Containers ?? [])
            running += requests(container.Resources?.Requests);
        var sidecars = ResourceAmounts.Nothing;
        var initial = ResourceAmounts.Nothing;
        foreach (var container in spec.InitContainers ?? [])
        {
            var own = requests(container.Resources?.Requests);
            if (container.RestartPolicy == "Always")
            {
                running += own;
                sidecars += own;
                initial = ResourceAmounts.Max(initial, sidecars);
            }
            else
                initial = ResourceAmounts.Max(initial, sidecars + own);
        }
        return ResourceAmounts.Max(running, initial) + ResourceAmounts.From(spec.Overhead);
    }
}
