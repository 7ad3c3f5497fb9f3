namespace Platform.Storage.Etcd;

/// <summary>How to reach an etcd cluster and what to do about its growth.</summary>
public sealed record EtcdOptions
{
    /// <summary>Addresses of the members, <c>http://host:port</c> or <c>https://host:port</c>.</summary>
    public required IReadOnlyList<string> Endpoints { get; init; }

    /// <summary>For https members; null for the machine's trust and no client certificate.</summary>
    public EtcdTls? Tls { get; init; }

    /// <summary>How long old revisions stay readable as history.</summary>
    public HistoryPolicy History { get; init; } = HistoryPolicy.Default;

    /// <summary>
    /// How long what only watches and reads at old revisions need is kept: every so often everything older than one interval is compacted.
    /// Null leaves that to etcd's own setting or to an operator.
    /// </summary>
    public TimeSpan? CompactionInterval { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>PEM files for TLS towards etcd.</summary>
/// <param name="CaFile">Authority that signed the members' certificates; null for the machine's trust.</param>
/// <param name="CertificateFile">The client's certificate; null for none.</param>
/// <param name="KeyFile">Its key.</param>
public sealed record EtcdTls(string? CaFile, string? CertificateFile, string? KeyFile);
