using Platform.Api.Rbac.V1;
using static Platform.ApiServer.Authorization.Bootstrap.PolicyText;

namespace Platform.ApiServer.Authorization.Bootstrap;

/// <summary>The roles for everyone and for the cluster's own components, with upstream's names.</summary>
internal static class SystemRoles
{
    public static IReadOnlyList<ClusterRole> All { get; } =
    [
        ClusterRole("system:discovery", Paths("get", "/api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version /version/")),
        ClusterRole("system:public-info-viewer", Paths("get", "/healthz /livez /readyz /version /version/")),
        ClusterRole("system:monitoring", Paths("get", "/healthz /healthz/* /livez /livez/* /metrics /metrics/slis /readyz /readyz/*")),
        ClusterRole(
            "system:basic-user",
            Rule("create", "authorization.k8s.io", "selfsubjectaccessreviews selfsubjectrulesreviews"),
            Rule("create", "authentication.k8s.io", "selfsubjectreviews")),
        ClusterRole("system:auth-delegator", Rule("create", "authentication.k8s.io", "tokenreviews"), Rule("create", "authorization.k8s.io", "subjectaccessreviews")),
        ClusterRole("system:service-account-issuer-discovery", Paths("get",
            "/.well-known/openid-configuration /.well-known/openid-configuration/ /openid/v1/jwks /openid/v1/jwks/")),
        ClusterRole("system:node", [.. NodeRules.All, .. NodeRules.Narrowed]),
        ClusterRole(
            "system:node-proxier",
            Rule(Read, "core", "endpoints services"),
            Rule("get list watch", "core", "nodes"),
            Rule("create patch update", "core events.k8s.io", "events"),
            Rule(Read, "discovery.k8s.io", "endpointslices"),
            Rule(Read, "networking.k8s.io", "servicecidrs"),
            Spans),
        ClusterRole(
            "system:kube-scheduler",
            Rule("create patch update", "core events.k8s.io", "events"),
            Rule("create", "coordination.k8s.io", "leases"),
            Rule("get update", "coordination.k8s.io", "leases", "kube-scheduler"),
            Rule(Read, "core", "nodes"),
            Rule("delete get list watch", "core", "pods"),
            Rule("create", "core", "bindings pods/binding"),
            Rule("patch update", "core", "pods/status"),
            Rule(Read, "core", "namespaces persistentvolumeclaims persistentvolumes replicationcontrollers services"),
            Rule(Read, "apps", "replicasets statefulsets"),
            Rule(Read, "policy", "poddisruptionbudgets"),
            Rule(Read, "scheduling.k8s.io", "priorityclasses"),
            Rule(Read, "storage.k8s.io", "csidrivers csinodes csistoragecapacities storageclasses volumeattachments"),
            Rule("create", "authentication.k8s.io", "tokenreviews"),
            Rule("create", "authorization.k8s.io", "subjectaccessreviews"),
            Spans),
        ClusterRole("system:kube-controller-manager", ControllerRules.All),
        ClusterRole(
            "system:volume-scheduler",
            Rule("get list patch update watch", "core", "persistentvolumes"),
            Rule(Read, "storage.k8s.io", "storageclasses"),
            Rule("get list patch update watch", "core", "persistentvolumeclaims")),
        ClusterRole(
            "system:persistent-volume-provisioner",
            Rule("create delete get list watch", "core", "persistentvolumes"),
            Rule("get list update watch", "core", "persistentvolumeclaims"),
            Rule(Read, "storage.k8s.io", "storageclasses"),
            Rule("watch", "core", "events"),
            Rule("create patch update", "core events.k8s.io", "events")),
    ];

    public static IReadOnlyList<ClusterRoleBinding> Bindings { get; } =
    [
        Bind("cluster-admin", "cluster-admin", Group("system:masters")),
        Bind("system:discovery", "system:discovery", Group("system:authenticated")),
        Bind("system:basic-user", "system:basic-user", Group("system:authenticated")),
        Bind("system:public-info-viewer", "system:public-info-viewer", Group("system:authenticated"), Group("system:unauthenticated")),
        Bind("system:monitoring", "system:monitoring", Group("system:monitoring")),
        Bind("system:service-account-issuer-discovery", "system:service-account-issuer-discovery", Group("system:serviceaccounts")),
        // Nodes are the node authorizer's; upstream binds this role to nobody too.
        Bind("system:node", "system:node"),
        Bind("system:node-proxier", "system:node-proxier", User("system:kube-proxy")),
        Bind("system:kube-scheduler", "system:kube-scheduler", User("system:kube-scheduler")),
        Bind("system:kube-controller-manager", "system:kube-controller-manager", User("system:kube-controller-manager")),
        Bind("system:volume-scheduler", "system:volume-scheduler", User("system:kube-scheduler")),
    ];

    /// <summary>Platform's own: finished spans for the cause view.</summary>
    private static PolicyRule Spans => Paths("post", "/platform/v1/spans");
}
