namespace Platform.Api.Core.V1;

/// <summary>A group of containers that run together on one node and share network and volumes.</summary>
[Resource("", "v1", "pods", "Pod", ShortNames = ["po"], Categories = ["all"])]
[Subresource("attach", Kind = "PodAttachOptions", Verbs = ["create", "get"])]
[Subresource("binding", Kind = "Binding", Verbs = ["create"])]
[Subresource("ephemeralcontainers", Verbs = ["get", "patch", "update"])]
[Subresource("eviction", Kind = "Eviction", Group = "policy", Version = "v1", Verbs = ["create"])]
[Subresource("exec", Kind = "PodExecOptions", Verbs = ["create", "get"])]
[Subresource("log", Verbs = ["get"])]
[Subresource("portforward", Kind = "PodPortForwardOptions", Verbs = ["create", "get"])]
[Subresource("proxy", Kind = "PodProxyOptions", Verbs = ["create", "delete", "get", "patch", "update"])]
[Subresource("resize", Verbs = ["get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record Pod : KubernetesObject
{
    /// <summary>What is to run.</summary>
    [Proto(2)]
    public PodSpec? Spec { get; set; }

    /// <summary>What the node agent last found.</summary>
    [Proto(3)]
    public PodStatus? Status { get; set; }
}
