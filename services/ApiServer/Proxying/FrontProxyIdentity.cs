using System.Net.Security;
using Platform.ServiceDefaults.Pki;

namespace Platform.ApiServer.Proxying;

/// <summary>The certificate with which this server speaks for its users to extension servers. Loaded when it is first needed, since most clusters have none.</summary>
internal sealed class FrontProxyIdentity(ClusterIdentityFiles identities)
{
    public SslStreamCertificateContext Certificate() => SslStreamCertificateContext.Create(identities.LoadFrontProxy(), null, offline: true);
}
