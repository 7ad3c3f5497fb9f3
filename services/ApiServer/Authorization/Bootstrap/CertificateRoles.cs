using Platform.Api.Rbac.V1;
using static Platform.ApiServer.Authorization.Bootstrap.PolicyText;

namespace Platform.ApiServer.Authorization.Bootstrap;

/// <summary>Roles around certificate requests, and upstream's roles of add-ons, which nobody is bound to until somebody installs the add-on.</summary>
internal static class CertificateRoles
{
    private const string Group = "certificates.k8s.io";
    private const string Prefix = "system:certificates.k8s.io:";

    public static IReadOnlyList<ClusterRole> All { get; } =
    [
        ClusterRole("system:node-bootstrapper", Rule("create get list watch", Group, "certificatesigningrequests")),
        ClusterRole(Prefix + "certificatesigningrequests:nodeclient", Rule("create", Group, "certificatesigningrequests/nodeclient")),
        ClusterRole(Prefix + "certificatesigningrequests:selfnodeclient", Rule("create", Group, "certificatesigningrequests/selfnodeclient")),
        Approver("legacy-unknown"),
        Approver("kubelet-serving"),
        Approver("kube-apiserver-client"),
        Approver("kube-apiserver-client-kubelet"),
        ClusterRole(
            "system:persistent-volume-provisioner",
            Rule("create delete get list watch", "core", "persistentvolumes"),
            Rule("get list update watch", "core", "persistentvolumeclaims"),
            Rule("get list watch", "storage.k8s.io", "storageclasses"),
            Rule("watch", "core", "events"),
            Rule("create patch update", "core events.k8s.io", "events")),
        ClusterRole(
            "system:volume-scheduler",
            Rule("get list patch update watch", "core", "persistentvolumes"),
            Rule("get list watch", "storage.k8s.io", "storageclasses"),
            Rule("get list patch update watch", "core", "persistentvolumeclaims")),
        ClusterRole("system:kube-aggregator", Rule("get list watch", "core", "endpoints services")),
        ClusterRole("system:kube-dns", Rule("list watch", "core", "endpoints services")),
    ];

    private static ClusterRole Approver(string signer) => ClusterRole($"{Prefix}{signer}-approver", Rule("approve", Group, "signers", $"kubernetes.io/{signer}"));
}
