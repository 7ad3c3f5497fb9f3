using System.Diagnostics;
using System.Net;
using Google.Protobuf;
using Platform.Grpc.Wire;

namespace Platform.Grpc;

/// <summary>
/// One call from its request to its status, for all kinds of methods: headers, deadline, cancellation, reading messages, turning the
/// transport's failures into statuses, and the call's span. Reading is for one caller at a time.
/// </summary>
internal sealed class GrpcCall<TRequest, TResponse> : IDisposable
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    private readonly GrpcChannel _channel;
    private readonly Method<TRequest, TResponse> _method;
    private readonly CallOptions _options;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _cancelled;
    private readonly Activity? _activity;
    private HttpResponseMessage? _response;
    private Stream? _body;
    private bool _disposed;

    public GrpcCall(GrpcChannel channel, Method<TRequest, TResponse> method, CallOptions options)
    {
        _channel = channel;
        _method = method;
        _options = options = options.Timeout == Timeout.InfiniteTimeSpan ? options with { Timeout = null } : options;
        _deadline = options.Timeout is { } timeout
            ? new CancellationTokenSource(timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero, channel.Options.Clock)
            : new CancellationTokenSource();
        _cancelled = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken, _deadline.Token);
        Cancelled = _cancelled.Token;
        _activity = GrpcTelemetry.StartClientSpan(method.Service, method.Name, channel.Address);
    }

    /// <summary>Ends when the caller gives up, the deadline passes or the call is disposed.</summary>
    public CancellationToken Cancelled { get; }

    /// <summary>Sends the request and waits for the response's headers.</summary>
    public async Task SendAsync(HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_channel.Origin, _method.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TE.ParseAdd("trailers");
        if (_options.Timeout is { } timeout)
            request.Headers.TryAddWithoutValidation(GrpcTimeout.Header, GrpcTimeout.Format(timeout));
        foreach (var (name, value) in _options.Headers ?? [])
            request.Headers.TryAddWithoutValidation(name, value);
        GrpcTelemetry.Inject(_activity, request.Headers);
        try
        {
            _response = await _channel.SendAsync(request, Cancelled);
            if (_response.StatusCode != HttpStatusCode.OK)
                throw new RpcException(StatusMapping.FromHttp(_response.StatusCode), $"HTTP status {(int)_response.StatusCode}");

            // A call that fails before its first message has its status among the headers.
            if (_response.Headers.Contains(StatusMapping.StatusHeader))
                StatusMapping.EnsureOk(_response.Headers);
            _body = await _response.Content.ReadAsStreamAsync(Cancelled);
        }
        catch (Exception exception) when (exception is RpcException || StatusMapping.IsTransportFailure(exception))
        {
            throw Failed(exception);
        }
    }

    /// <summary>The next response; null where the call ended with OK.</summary>
    public async ValueTask<TResponse?> ReadAsync()
    {
        if (_response is null || _body is null)
            throw new InvalidOperationException("The call has not been sent.");
        try
        {
            var limit = _channel.Options.MaxReceiveMessageSize;
            if (await MessageFraming.ReadAsync(_body, _method.ResponseParser, limit, Cancelled) is { } message)
                return message;
            if (!_response.Headers.Contains(StatusMapping.StatusHeader))
                StatusMapping.EnsureOk(_response.TrailingHeaders);
            GrpcTelemetry.End(_activity, StatusCode.OK, null);
            return null;
        }
        catch (Exception exception) when (exception is RpcException || StatusMapping.IsTransportFailure(exception))
        {
            throw Failed(exception);
        }
    }

    /// <summary>
    /// What to throw for a failure: the caller's own cancellation as such, the deadline even where the transport reported its
    /// consequence first, else the status. Records it in the span.
    /// </summary>
    public Exception Failed(Exception exception)
    {
        if (_options.CancellationToken.IsCancellationRequested)
        {
            GrpcTelemetry.End(_activity, StatusCode.Cancelled, null);
            return new OperationCanceledException("The caller cancelled the call.", exception, _options.CancellationToken);
        }

        var failure = this switch
        {
            _ when _deadline.IsCancellationRequested =>
                new RpcException(StatusCode.DeadlineExceeded, $"{_method.Path} did not end within {_options.Timeout}", exception),
            _ when _disposed => new RpcException(StatusCode.Cancelled, $"{_method.Path} was given up", exception),
            _ => exception as RpcException ?? StatusMapping.FromTransport(exception),
        };
        GrpcTelemetry.End(_activity, failure.StatusCode, failure.Detail);
        return failure;
    }

    /// <summary>Gives the call up where it has not ended. May be called again to release a response that came in the meantime.</summary>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _disposed, true))
        {
            _cancelled.Cancel();
            GrpcTelemetry.End(_activity, StatusCode.Cancelled, null); // no effect where the call has ended before
            _cancelled.Dispose();
            _deadline.Dispose();
        }

        _response?.Dispose(); // resets the stream where it has not ended
    }
}
