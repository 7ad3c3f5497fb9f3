using Platform.Api.Rbac.V1;
using static Platform.ApiServer.Authorization.Bootstrap.PolicyText;

namespace Platform.ApiServer.Authorization.Bootstrap;

/// <summary>
/// What the controllers need. Upstream gives each controller a service account and a role of its own; here they share one identity,
/// so its role is the union of theirs.
/// </summary>
internal static class ControllerRules
{
    public static readonly IReadOnlyList<PolicyRule> All =
    [
        Rule("create patch update", "core events.k8s.io", "events"),
        Rule("create get list update patch watch", "coordination.k8s.io", "leases"),
        // Garbage collection and namespace deletion work on every resource there is.
        Rule("delete deletecollection get list patch update watch", PolicyText.All, PolicyText.All),
        Rule("create delete get list patch update watch", "core", "configmaps endpoints pods pods/status secrets serviceaccounts services services/status"),
        Rule("create", "core", "serviceaccounts/token pods/eviction"),
        Rule("get patch update", "core", "nodes nodes/status namespaces namespaces/finalize namespaces/status replicationcontrollers/status resourcequotas/status"),
        Rule("create delete get list patch update watch", "core", "persistentvolumes persistentvolumeclaims persistentvolumes/status persistentvolumeclaims/status"),
        Rule("create delete get list patch update watch", "apps", PolicyText.All),
        Rule("create delete get list patch update watch", "batch", PolicyText.All),
        Rule("create delete get list patch update watch", "discovery.k8s.io", "endpointslices endpointslices/restricted"),
        Rule("get update", PolicyText.All, "*/scale"),
        Rule("patch update", PolicyText.All, "*/finalizers"),
        Rule("patch update", "autoscaling policy", "horizontalpodautoscalers/status poddisruptionbudgets/status"),
        Rule("escalate get list patch update watch", "rbac.authorization.k8s.io", "clusterroles"),
        Rule("patch update", "certificates.k8s.io", "certificatesigningrequests/approval certificatesigningrequests/status"),
        Rule("approve sign", "certificates.k8s.io", "signers"),
        Rule("patch update", "storage.k8s.io", "volumeattachments/status"),
        Rule("create", "authentication.k8s.io", "tokenreviews"),
        Rule("create", "authorization.k8s.io", "subjectaccessreviews"),
        Paths("post", "/platform/v1/spans"),
        Paths("get", "/api /api/* /apis /apis/*"),
    ];
}
