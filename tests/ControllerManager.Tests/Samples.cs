using Platform.Api;
using Platform.Api.Apps.V1;
using Platform.Api.Core.V1;

namespace Platform.ControllerManager.Tests;

/// <summary>Small objects for tests.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static PodTemplateSpec Template(string version = "v1") => new()
    {
        Metadata = new() { Labels = new Dictionary<string, string> { ["app"] = "web" } },
        Spec = new() { Containers = [new() { Name = "web", Image = "web:" + version }] },
    };

    public static Deployment Deployment(int replicas = 10, string version = "v1", IntOrString? surge = null, IntOrString? unavailable = null,
        string type = "RollingUpdate") => new()
    {
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        Metadata = new() { Name = "web", Namespace = "default", Uid = "d", Generation = 1 },
        Spec = new()
        {
            Replicas = replicas,
            Selector = new() { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } },
            Template = Template(version),
            Strategy = type == "Recreate" ? new() { Type = type } : new() { Type = type, RollingUpdate = new() { MaxSurge = surge ?? "25%",
                MaxUnavailable = unavailable ?? "25%" } },
            ProgressDeadlineSeconds = 600,
            RevisionHistoryLimit = 10,
        },
    };

    public static ReplicaSet Set(string version, int replicas, int? available = null, int age = 0, int revision = 1, int? desired = null, int? max = null)
    {
        var annotations = new Dictionary<string, string> { ["deployment.kubernetes.io/revision"] = revision.ToString() };
        if (desired is not null)
            annotations["deployment.kubernetes.io/desired-replicas"] = desired.Value.ToString();
        if (max is not null)
            annotations["deployment.kubernetes.io/max-replicas"] = max.Value.ToString();
        return new()
        {
            Metadata = new() { Name = "web-" + version, Namespace = "default", Uid = version, CreationTimestamp = Now.AddMinutes(-age), Annotations = annotations },
            Spec = new() { Replicas = replicas, Template = Deployments.TemplateHash.With(Template(version), version) },
            Status = new() { Replicas = replicas, ReadyReplicas = available ?? replicas, AvailableReplicas = available ?? replicas },
        };
    }

    public static Pod Pod(string name, string? node = "n1", string phase = "Running", bool ready = true, int readyFor = 60,
        int age = 60, int restarts = 0, int? cost = null) => new()
    {
        Metadata = new()
        {
            Name = name,
            Namespace = "default",
            Uid = name,
            CreationTimestamp = Now.AddSeconds(-age),
            Labels = new Dictionary<string, string> { ["app"] = "web" },
            Annotations = cost is null ? null : new Dictionary<string, string> { ["controller.kubernetes.io/pod-deletion-cost"] = cost.Value.ToString() },
        },
        Spec = new() { NodeName = node },
        Status = new()
        {
            Phase = phase,
            PodIP = "10.0.0.1",
            PodIPs = [new() { Ip = "10.0.0." + (Math.Abs(name.GetHashCode(StringComparison.Ordinal)) % 250 + 1) }],
            Conditions = [new() { Type = "Ready", Status = ready ? "True" : "False", LastTransitionTime = Now.AddSeconds(-readyFor) }],
            ContainerStatuses = [new() { Name = "web", RestartCount = restarts }],
        },
    };
}
