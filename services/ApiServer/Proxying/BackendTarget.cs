namespace Platform.ApiServer.Proxying;

/// <summary>
/// A server outside of this one that it calls over TLS: a webhook, or an extension server. Two with equal values share their connections.
/// </summary>
internal sealed record BackendTarget
{
    /// <summary>Host and port of the URL, which is also the name that the server's certificate must have.</summary>
    public required Uri Origin { get; init; }

    /// <summary>Namespace and name of the service to whose endpoints connections go; null where the host is looked up as it is.</summary>
    public (string Namespace, string Name)? Service { get; init; }

    /// <summary>Authorities that may have signed the certificate, as PEM; null: those that the machine trusts.</summary>
    public byte[]? AuthorityBundle { get; init; }

    /// <summary>Whether the certificate is not looked at.</summary>
    public bool SkipsVerification { get; init; }

    /// <summary>Whether the server shows its front-proxy certificate, with which it may speak for other users.</summary>
    public bool IsFrontProxy { get; init; }

    /// <summary>A server behind a service.</summary>
    public static BackendTarget OfService(string ns, string name, int port, byte[]? authorities) => new()
    {
        Origin = new UriBuilder(Uri.UriSchemeHttps, $"{name}.{ns}.svc", port).Uri,
        Service = (ns, name),
        AuthorityBundle = authorities,
    };

    public bool Equals(BackendTarget? other) => other is not null && Origin == other.Origin && Service == other.Service
        && SkipsVerification == other.SkipsVerification && IsFrontProxy == other.IsFrontProxy && AuthorityBundle.AsSpan().SequenceEqual(other.AuthorityBundle);

    public override int GetHashCode() => HashCode.Combine(Origin, Service, SkipsVerification, IsFrontProxy, AuthorityBundle?.Length);
}
