using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Platform.ServiceDefaults.Pki;

/// <summary>
/// The cluster's certificates, keys and kubeconfigs on disk. Whoever composes a cluster (<c>platform up</c>, the Aspire app host, Standalone)
/// calls <see cref="EnsureControlPlane"/> and <see cref="EnsureNode"/> before services start; services then only load. Everything is
/// idempotent: what exists and is good stays, what expires within 60 days or names too few addresses is made anew.
/// </summary>
public sealed class ClusterIdentityFiles(DataLayout layout, TimeProvider time)
{
    private const string AuthorityName = "ca";
    private const string ServerName = "apiserver";

    /// <summary>Common name of the front proxy's certificate: the one name that extension servers accept.</summary>
    public const string FrontProxyName = "front-proxy-client";

    private static readonly ComponentIdentity[] Components =
    [
        ComponentIdentity.Administrator, ComponentIdentity.Scheduler, ComponentIdentity.ControllerManager,
        ComponentIdentity.ServiceProxy, ComponentIdentity.ApiServer,
    ];

    /// <summary>Makes the authority, the API server's certificate, the token key, and the kubeconfigs of the administrator and all components.</summary>
    public void EnsureControlPlane(ClusterSettings settings)
    {
        var authority = Authority();
        var domain = settings.ClusterDomain;
        authority.Ensure(layout.Pki, ServerName, CertificateProfile.Server(
            "kube-apiserver",
            [],
            [.. HostNames.Names, "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc." + domain],
            [.. HostNames.Addresses(), settings.ApiServiceAddress]), time);
        ServiceAccountKey.LoadOrCreate(layout.Pki);
        foreach (var identity in Components)
            EnsureClient(authority, identity, ServerUrl(settings));
    }

    /// <summary>Makes a node agent's kubeconfig and the certificate with which it serves the API server.</summary>
    /// <param name="settings">The cluster.</param>
    /// <param name="node">Name of the node.</param>
    /// <param name="addresses">Addresses of the node besides those of this machine, such as those in a network namespace.</param>
    /// <param name="server">URL of the API server as the node reaches it; by default this machine's.</param>
    public void EnsureNode(ClusterSettings settings, string node, IEnumerable<IPAddress>? addresses = null, string? server = null)
    {
        var authority = Authority();
        var identity = ComponentIdentity.Node(node);
        EnsureClient(authority, identity, server ?? ServerUrl(settings));
        authority.Ensure(layout.Pki, ServingName(node), CertificateProfile.Server(
            identity.User, identity.Groups, [node, .. HostNames.Names], [.. HostNames.Addresses(), .. addresses ?? []]), time);
    }

    /// <summary>The authority's certificate, without its key.</summary>
    public X509Certificate2 LoadAuthority() => X509CertificateLoader.LoadCertificateFromFile(CertificateFile(AuthorityName));

    /// <summary>The authority's certificate as PEM, for ConfigMaps <c>kube-root-ca.crt</c>.</summary>
    public string AuthorityPem() => File.ReadAllText(CertificateFile(AuthorityName));

    /// <summary>The API server's certificate with its key.</summary>
    public X509Certificate2 LoadServer() => Load(ServerName);

    /// <summary>A component's client certificate with its key.</summary>
    public X509Certificate2 LoadClient(ComponentIdentity identity) => Load(identity.Component);

    /// <summary>A node agent's serving certificate with its key.</summary>
    public X509Certificate2 LoadNodeServing(string node) => Load(ServingName(node));

    /// <summary>
    /// The certificate with which the API server speaks for its users to extension servers. It has an authority of its own, so that none of the cluster's
    /// other certificates can be mistaken for it. Made where it is missing or about to expire.
    /// </summary>
    public X509Certificate2 LoadFrontProxy()
    {
        FrontProxyAuthority().Ensure(layout.FrontProxyPki, FrontProxyName, new(FrontProxyName, [], [], []), time);
        return X509Certificate2.CreateFromPemFile(
            Path.Combine(layout.FrontProxyPki, FrontProxyName + ".crt"), Path.Combine(layout.FrontProxyPki, FrontProxyName + ".key"));
    }

    /// <summary>The front proxy's authority as PEM, for the ConfigMap <c>extension-apiserver-authentication</c>.</summary>
    public string FrontProxyAuthorityPem() => FrontProxyAuthority().CertificatePem;

    /// <summary>The key that signs service-account tokens.</summary>
    public ServiceAccountKey LoadServiceAccountKey() => ServiceAccountKey.LoadOrCreate(layout.Pki);

    private void EnsureClient(CertificateAuthority authority, ComponentIdentity identity, string server)
    {
        authority.Ensure(layout.Pki, identity.Component, CertificateProfile.Client(identity), time);
        var file = identity == ComponentIdentity.Administrator ? layout.AdminKubeconfig : layout.Kubeconfig(identity.Component);
        var text = KubeconfigFile.Text(
            server,
            identity.User,
            authority.CertificatePem,
            File.ReadAllText(CertificateFile(identity.Component)),
            File.ReadAllText(KeyFile(identity.Component)));
        if (!File.Exists(file) || File.ReadAllText(file) != text)
            PrivateFile.Write(file, text);
    }

    private CertificateAuthority FrontProxyAuthority()
    {
        PrivateFile.EnsureFolder(layout.Root);
        PrivateFile.EnsureFolder(layout.Pki);
        PrivateFile.EnsureFolder(layout.FrontProxyPki);
        return CertificateAuthority.LoadOrCreate(layout.FrontProxyPki, time);
    }

    private CertificateAuthority Authority()
    {
        PrivateFile.EnsureFolder(layout.Root);
        PrivateFile.EnsureFolder(layout.Pki);
        return CertificateAuthority.LoadOrCreate(layout.Pki, time);
    }

    private X509Certificate2 Load(string name) => X509Certificate2.CreateFromPemFile(CertificateFile(name), KeyFile(name));

    private string CertificateFile(string name) => Path.Combine(layout.Pki, name + ".crt");

    private string KeyFile(string name) => Path.Combine(layout.Pki, name + ".key");

    private static string ServingName(string node) => $"node-{node}-serving";

    private static string ServerUrl(ClusterSettings settings) => string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{settings.ApiPort}");
}
