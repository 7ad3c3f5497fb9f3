using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Platform.Grpc;
using Platform.Storage.Etcd.Wire;

namespace Platform.Storage.Etcd;

/// <summary>
/// Calls to one member of the cluster at a time; when that one does not answer, to the next. Reads are asked again of every member, writes
/// only where the first member surely did not get them: a write that may have been applied is never repeated, the caller is told Unavailable.
/// </summary>
internal sealed class EtcdClient : IDisposable
{
    private const int MaxMessageSize = 512 << 20; // bytes; a page of large values
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepAliveDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(5);

    // A member that has lost the leader then ends its streams instead of being silent.
    private static readonly Metadata NeedsLeader = new() { { "hasleader", "true" } };

    private readonly GrpcChannel[] _members;
    private int _current;

    public EtcdClient(EtcdOptions options)
    {
        if (options.Endpoints.Count == 0)
            throw new ArgumentException("the etcd engine needs at least one endpoint", nameof(options));
        var channel = new GrpcChannelOptions
        {
            ConnectTimeout = ConnectTimeout,
            UnaryTimeout = CallTimeout,
            KeepAliveDelay = KeepAliveDelay,
            KeepAliveTimeout = KeepAliveTimeout,
            MaxReceiveMessageSize = MaxMessageSize,
            Tls = options.Tls is { } tls ? Certificates(tls) : null,
        };
        _members = [.. options.Endpoints.Select(endpoint => GrpcChannel.ForAddress(endpoint, channel))];
    }

    /// <summary>The member that calls go to now.</summary>
    public GrpcChannel Current => _members[Volatile.Read(ref _current)];

    /// <summary>A call that changes nothing.</summary>
    /// <exception cref="StorageException">Whatever went wrong.</exception>
    public Task<TResponse> ReadAsync<TRequest, TResponse>(
        Method<TRequest, TResponse> method, TRequest request, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => CallAsync(method, request, EtcdErrors.IsOfMember, cancellationToken);

    /// <summary>A call that changes something.</summary>
    /// <exception cref="StorageException">Whatever went wrong; Unavailable may mean that it was done all the same.</exception>
    public Task<TResponse> WriteAsync<TRequest, TResponse>(
        Method<TRequest, TResponse> method, TRequest request, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => CallAsync(method, request, EtcdErrors.WasNotSent, cancellationToken);

    /// <summary>Revision of the newest commit, asked of the quorum.</summary>
    public async Task<long> RevisionAsync(CancellationToken cancellationToken)
    {
        var request = new RangeRequest { Key = ByteString.CopyFrom(0), CountOnly = true };
        return (await ReadAsync(EtcdMethods.Range, request, cancellationToken)).Header.Revision;
    }

    /// <summary>Opens a stream to the current member.</summary>
    public DuplexCall<TRequest, TResponse> Open<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => Current.Duplex(method, new CallOptions(Headers: NeedsLeader));

    /// <summary>Turns to the next member, unless another call has done so already.</summary>
    public void TurnFrom(GrpcChannel failed)
    {
        var index = Array.IndexOf(_members, failed);
        Interlocked.CompareExchange(ref _current, (index + 1) % _members.Length, index);
    }

    public void Dispose()
    {
        foreach (var member in _members)
            member.Dispose();
    }

    private async Task<TResponse> CallAsync<TRequest, TResponse>(
        Method<TRequest, TResponse> method, TRequest request, Func<RpcException, bool> mayAskAnother, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        for (var attempt = 1; ; attempt++)
        {
            var member = Current;
            try
            {
                return await member.UnaryAsync(method, request, cancellationToken);
            }
            catch (RpcException failure)
            {
                if (EtcdErrors.IsOfMember(failure))
                    TurnFrom(member);
                if (attempt == _members.Length || !mayAskAnother(failure))
                    throw EtcdErrors.From(failure);
            }
        }
    }

    private static SslClientAuthenticationOptions Certificates(EtcdTls tls)
    {
        var options = new SslClientAuthenticationOptions();
        if (tls.CertificateFile is { } certificate)
            options.ClientCertificates = [X509Certificate2.CreateFromPemFile(certificate, tls.KeyFile)];
        if (tls.CaFile is { } ca)
        {
            var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            trust.CustomTrustStore.ImportFromPemFile(ca);
            options.CertificateChainPolicy = trust;
        }

        return options;
    }
}
