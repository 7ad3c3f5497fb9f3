using Platform.Api.Rbac.V1;
using static Platform.ApiServer.Authorization.Bootstrap.PolicyText;

namespace Platform.ApiServer.Authorization.Bootstrap;

/// <summary>What upstream's role <c>system:node</c> allows; secrets, config maps, claims, tokens and leases are narrowed by <see cref="NodeAuthorizer"/>.</summary>
internal static class NodeRules
{
    public static readonly IReadOnlyList<PolicyRule> All =
    [
        Rule("create", "authentication.k8s.io", "tokenreviews"),
        Rule("create", "authorization.k8s.io", "localsubjectaccessreviews subjectaccessreviews"),
        Rule(Read, "core", "services"),
        Rule("create get list watch", "core", "nodes"),
        Rule("patch update", "core", "nodes/status"),
        Rule("patch update", "core", "nodes"),
        Rule("create patch update", "core events.k8s.io", "events"),
        Rule(Read, "core", "pods"),
        Rule("create delete", "core", "pods"),
        Rule("patch update", "core", "pods/status"),
        Rule("create", "core", "pods/eviction"),
        Rule("get", "core", "endpoints"),
        Rule("create get list watch", "certificates.k8s.io", "certificatesigningrequests"),
        Rule(Read, "core", "persistentvolumes"),
        Rule("get", "storage.k8s.io", "volumeattachments"),
        Rule("create delete get patch update", "storage.k8s.io", "csinodes"),
        Rule(Read, "storage.k8s.io", "csidrivers"),
        Rule(Read, "node.k8s.io", "runtimeclasses"),
        // Platform's own: spans of the cause view.
        Paths("post", "/platform/v1/spans"),
    ];

    /// <summary>Those that hold only where a pod of the node refers to the object: shown in the role, decided by the authorizer.</summary>
    public static readonly IReadOnlyList<PolicyRule> Narrowed =
    [
        Rule(Read, "core", "configmaps secrets"),
        Rule("get", "core", "persistentvolumeclaims"),
        Rule("create", "core", "serviceaccounts/token"),
        Rule("create delete get patch update", "coordination.k8s.io", "leases"),
    ];
}
