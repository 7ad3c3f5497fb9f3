using Platform.Api;
using Platform.Api.Apps.V1;
using Platform.Api.Batch.V1;
using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.ApiServer.Admission.PodSecurity;

/// <summary>What a check forbids: why, and which parts of the pod.</summary>
internal sealed record SecurityFinding(string Reason, string Detail)
{
    public override string ToString() => Detail.Length == 0 ? Reason : $"{Reason} ({Detail})";
}

/// <summary>A container of any sort, as far as checks look at it.</summary>
internal sealed record SecuredContainer(string Name, SecurityContext? Security, IReadOnlyList<ContainerPort> Ports);

/// <summary>A pod, or the pods that a template makes, as checks see them.</summary>
internal sealed class SecuredPod(ObjectMeta? metadata, PodSpec spec)
{
    public IReadOnlyDictionary<string, string> Annotations { get; } = metadata?.Annotations ?? new Dictionary<string, string>();

    public PodSpec Spec => spec;

    public PodSecurityContext? Security => spec.SecurityContext;

    public bool IsWindows => spec.Os?.Name == "windows";

    public IReadOnlyList<SecuredContainer> Containers { get; } =
    [
        .. (spec.InitContainers ?? []).Select(c => new SecuredContainer(c.Name ?? "", c.SecurityContext, c.Ports ?? [])),
        .. (spec.Containers ?? []).Select(c => new SecuredContainer(c.Name ?? "", c.SecurityContext, c.Ports ?? [])),
        .. (spec.EphemeralContainers ?? []).Select(c => new SecuredContainer(c.Name ?? "", c.SecurityContext, c.Ports ?? [])),
    ];

    /// <summary>The pods that an object is or makes; null where it makes none.</summary>
    public static SecuredPod? Of(KubernetesObject? value) => value switch
    {
        Pod { Spec: { } spec } pod => new(pod.Metadata, spec),
        Deployment d => Of(d.Spec?.Template),
        ReplicaSet r => Of(r.Spec?.Template),
        StatefulSet s => Of(s.Spec?.Template),
        DaemonSet d => Of(d.Spec?.Template),
        ReplicationController r => Of(r.Spec?.Template),
        Job j => Of(j.Spec?.Template),
        CronJob c => Of(c.Spec?.JobTemplate?.Spec?.Template),
        PodTemplate t => Of(t.Template),
        _ => null,
    };

    /// <summary>Names of the containers for which something is so.</summary>
    public IReadOnlyList<string> Where(Func<SecuredContainer, bool> isSo) => [.. Containers.Where(isSo).Select(c => c.Name)];

    /// <summary>Who does something: <c>pod</c>, <c>container "a"</c>, or <c>pod and containers "a", "b"</c>; empty where nobody does.</summary>
    public static string Setters(bool pod, IReadOnlyList<string> containers) =>
        string.Join(" and ", new[] { pod ? "pod" : "", containers.Count == 0 ? "" : Named("container", containers) }.Where(s => s.Length > 0));

    public static string Named(string noun, IReadOnlyCollection<string> names) => $"{noun}{(names.Count == 1 ? "" : "s")} {Quoted(names)}";

    public static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"\"{n}\""));

    private static SecuredPod? Of(PodTemplateSpec? template) => template?.Spec is { } spec ? new(template.Metadata, spec) : null;
}
