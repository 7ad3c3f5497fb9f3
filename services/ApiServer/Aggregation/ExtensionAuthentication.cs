using Platform.Api.Core.V1;
using Platform.Api.Json;
using Platform.Api.Rbac.V1;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry;
using Platform.ServiceDefaults.Pki;

namespace Platform.ApiServer.Aggregation;

/// <summary>
/// The ConfigMap by which an extension server learns whose certificates to trust: the cluster's authority for users, the front proxy's for this
/// server when it speaks for others. And
/// the role to read it.
/// </summary>
internal sealed class ExtensionAuthentication(IObjectWriter writer, ClusterIdentityFiles identities, ApiServerEndpoints endpoints)
{
    private const string Ns = "kube-system";
    private const string Name = "extension-apiserver-authentication";
    private const string Reader = Name + "-reader";
    private const string RbacVersion = "rbac.authorization.k8s.io/v1";

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await writer.EnsureAsync(new Role
        {
            ApiVersion = RbacVersion,
            Kind = "Role",
            Metadata = new() { Name = Reader, Namespace = Ns },
            Rules = [new() { Verbs = ["get", "list", "watch"], ApiGroups = [""], Resources = ["configmaps"], ResourceNames = [Name] }],
        }, cancellationToken);
        await writer.EnsureAsync(new RoleBinding
        {
            ApiVersion = RbacVersion,
            Kind = "RoleBinding",
            Metadata = new() { Name = "system::" + Reader, Namespace = Ns },
            RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "Role", Name = Reader },
            Subjects = [User("system:kube-controller-manager"), User("system:kube-scheduler")],
        }, cancellationToken);
        // Without a port there is nobody to tell.
        if (!endpoints.Tls)
            return;
        var data = Data();
        await writer.UpdateAsync<ConfigMap>(
            Ns,
            Name,
            present => present is null ? new() { ApiVersion = "v1", Kind = "ConfigMap", Metadata = new() { Name = Name, Namespace = Ns }, Data = data }
                : ApiJson.Same(present.Data, data) ? null
                : present with { Data = data },
            cancellationToken);
    }

    private Dictionary<string, string> Data() => new()
    {
        ["client-ca-file"] = identities.AuthorityPem(),
        ["requestheader-allowed-names"] = $"[\"{ClusterIdentityFiles.FrontProxyName}\"]",
        ["requestheader-client-ca-file"] = identities.FrontProxyAuthorityPem(),
        ["requestheader-extra-headers-prefix"] = $"[\"{FrontProxyTransformer.ExtraPrefix}\"]",
        ["requestheader-group-headers"] = $"[\"{FrontProxyTransformer.GroupHeader}\"]",
        ["requestheader-username-headers"] = $"[\"{FrontProxyTransformer.UserHeader}\"]",
    };

    private static Subject User(string name) => new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "User", Name = name };
}
