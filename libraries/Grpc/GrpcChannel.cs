using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Platform.Grpc.Wire;

namespace Platform.Grpc;

/// <summary>
/// A gRPC client to one address over HTTP/2. It exists because the package feed lacks Grpc.Net.Client; callers see only this class,
/// <see cref="DuplexCall{TRequest,TResponse}"/> and the method descriptors, so that those could be put on top of that package.
/// One channel serves any number of concurrent calls over few connections, connects on demand and again after a loss.
/// </summary>
public sealed class GrpcChannel : IDisposable
{
    private const string UnixScheme = "unix://";
    private readonly HttpMessageInvoker _http;

    private GrpcChannel(string address, Uri origin, HttpMessageInvoker http, GrpcChannelOptions options)
    {
        Address = address;
        Origin = origin;
        _http = http;
        Options = options;
    }

    /// <summary>Address as it was given.</summary>
    public string Address { get; }

    internal Uri Origin { get; }

    internal GrpcChannelOptions Options { get; }

    /// <summary>A channel to <c>http://host:port</c> (HTTP/2 without TLS), <c>https://host:port</c> or <c>unix:///path</c>. Does not connect yet.</summary>
    public static GrpcChannel ForAddress(string address, GrpcChannelOptions? options = null)
    {
        options ??= new GrpcChannelOptions();
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = options.KeepAliveDelay,
            KeepAlivePingTimeout = options.KeepAliveTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null, // GrpcCall makes the one span per call and injects its context
        };
        if (options.Tls is { } tls)
            handler.SslOptions = WithHttp2(tls);

        if (!address.StartsWith(UnixScheme, StringComparison.Ordinal))
            return new GrpcChannel(address, new Uri(address), new HttpMessageInvoker(handler), options);
        var path = address[UnixScheme.Length..];
        handler.ConnectCallback = (_, cancellationToken) => ConnectToUnixSocketAsync(path, cancellationToken);
        return new GrpcChannel(address, new Uri("http://localhost"), new HttpMessageInvoker(handler), options);
    }

    /// <summary>One request, one response.</summary>
    /// <exception cref="RpcException">Any status but OK.</exception>
    public async Task<TResponse> UnaryAsync<TRequest, TResponse>(
        Method<TRequest, TResponse> method, TRequest request, CallOptions options = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        var body = Body(request);
        using var call = new GrpcCall<TRequest, TResponse>(this, method, options with { Timeout = options.Timeout ?? Options.UnaryTimeout });
        await call.SendAsync(body);
        var response = await call.ReadAsync()
            ?? throw call.Failed(new RpcException(StatusCode.Internal, "the server answered OK without a message"));
        if (await call.ReadAsync() is not null)
            throw call.Failed(new RpcException(StatusCode.Internal, "the server answered a unary call with several messages"));
        return response;
    }

    /// <summary>One request, any number of responses, which end where the server ends the call with OK.</summary>
    /// <exception cref="RpcException">Any status but OK, while enumerating.</exception>
    public async IAsyncEnumerable<TResponse> ServerStreaming<TRequest, TResponse>(
        Method<TRequest, TResponse> method, TRequest request, CallOptions options = default,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken, cancellationToken);
        var body = Body(request);
        using var call = new GrpcCall<TRequest, TResponse>(this, method, options with { CancellationToken = both.Token });
        await call.SendAsync(body);
        while (await call.ReadAsync() is { } response)
            yield return response;
    }

    /// <summary>Opens a call in which both sides send when they like. Returns at once; failures to connect come out of its members.</summary>
    public DuplexCall<TRequest, TResponse> Duplex<TRequest, TResponse>(Method<TRequest, TResponse> method, CallOptions options = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        new(new GrpcCall<TRequest, TResponse>(this, method, options), Options.MaxSendMessageSize);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _http.SendAsync(request, cancellationToken);

    private ByteArrayContent Body(IMessage message) => new(MessageFraming.Encode(message, Options.MaxSendMessageSize))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") },
    };

    private static SslClientAuthenticationOptions WithHttp2(SslClientAuthenticationOptions tls)
    {
        tls.ApplicationProtocols ??= [SslApplicationProtocol.Http2];
        return tls;
    }

    private static async ValueTask<Stream> ConnectToUnixSocketAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
