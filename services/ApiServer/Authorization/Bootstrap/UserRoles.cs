using Platform.Api.Rbac.V1;
using static Platform.ApiServer.Authorization.Bootstrap.PolicyText;

namespace Platform.ApiServer.Authorization.Bootstrap;

/// <summary>The roles for people: cluster-admin, and admin ⊃ edit ⊃ view for one namespace, with upstream's rules.</summary>
internal static class UserRoles
{
    private const string Workloads = "daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale";
    private const string ReadWorkloads = "controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status "
        + "replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status";

    private const string ReadCore = "configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers "
        + "replicationcontrollers/scale serviceaccounts services services/status";

    private const string ReadNamespace = "bindings events limitranges namespaces/status pods/log pods/status replicationcontrollers/status "
        + "resourcequotas resourcequotas/status";

    public static IReadOnlyList<ClusterRole> All { get; } =
    [
        ClusterRole("cluster-admin", Rule(PolicyText.All, PolicyText.All, PolicyText.All), Paths(PolicyText.All, PolicyText.All)),
        Aggregated("admin", "admin"),
        Aggregated("edit", "edit", partOf: "admin"),
        Aggregated("view", "view", partOf: "edit"),
        Part(
            "system:aggregate-to-admin",
            "admin",
            Rule("create", "authorization.k8s.io", "localsubjectaccessreviews"),
            Rule($"{Read} {Write}", "rbac.authorization.k8s.io", "rolebindings roles")),
        Part(
            "system:aggregate-to-edit",
            "edit",
            Rule(Read, "core", "pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy"),
            Rule("impersonate", "core", "serviceaccounts"),
            Rule(Write, "core", "pods pods/attach pods/exec pods/portforward pods/proxy"),
            Rule("create", "core", "pods/eviction"),
            Rule(
                Write,
                "core",
                "configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services services/proxy"),
            Rule("create", "core", "serviceaccounts/token"),
            Rule(Write, "apps", Workloads),
            Rule(Write, "autoscaling", "horizontalpodautoscalers"),
            Rule(Write, "batch", "cronjobs jobs"),
            Rule(Write, "networking.k8s.io", "ingresses networkpolicies"),
            Rule(Write, "policy", "poddisruptionbudgets"),
            Rule($"{Read} {Write}", "coordination.k8s.io", "leases")),
        Part(
            "system:aggregate-to-view",
            "view",
            Rule(Read, "core", ReadCore),
            Rule(Read, "core", ReadNamespace),
            Rule(Read, "core", "namespaces"),
            Rule(Read, "discovery.k8s.io", "endpointslices"),
            Rule(Read, "apps", ReadWorkloads),
            Rule(Read, "autoscaling", "horizontalpodautoscalers horizontalpodautoscalers/status"),
            Rule(Read, "batch", "cronjobs cronjobs/status jobs jobs/status"),
            Rule(Read, "networking.k8s.io", "ingresses ingresses/status networkpolicies"),
            Rule(Read, "policy", "poddisruptionbudgets poddisruptionbudgets/status")),
    ];
}
