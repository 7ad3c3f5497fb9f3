using System.Runtime.CompilerServices;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Grpc.Wire;

namespace Platform.Grpc.Server;

/// <summary>
/// Serves gRPC methods on ASP.NET Core's routing. The listener must speak HTTP/2 (without TLS: <c>HttpProtocols.Http2</c> alone). A handler
/// ends its call with OK by returning and with a status by throwing <see cref="RpcException"/>; any other exception is Unknown.
/// </summary>
public static class GrpcEndpoints
{
    /// <summary>Maps a method with one request and one response.</summary>
    public static IEndpointConventionBuilder MapGrpc<TRequest, TResponse>(
        this IEndpointRouteBuilder endpoints, Method<TRequest, TResponse> method, Func<TRequest, ServerCallContext, Task<TResponse>> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        Map(endpoints, method, async call => await call.WriteAsync(await handler(await call.OnlyRequestAsync(), call.Context)));

    /// <summary>Maps a method with one request and any number of responses.</summary>
    public static IEndpointConventionBuilder MapGrpc<TRequest, TResponse>(
        this IEndpointRouteBuilder endpoints, Method<TRequest, TResponse> method,
        Func<TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        Map(endpoints, method, async call => await handler(await call.OnlyRequestAsync(), call, call.Context));

    /// <summary>Maps a method with any number of messages both ways.</summary>
    public static IEndpointConventionBuilder MapGrpc<TRequest, TResponse>(
        this IEndpointRouteBuilder endpoints, Method<TRequest, TResponse> method,
        Func<IAsyncEnumerable<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        Map(endpoints, method, call => handler(call.RequestsAsync(), call, call.Context));

    private static IEndpointConventionBuilder Map<TRequest, TResponse>(
        IEndpointRouteBuilder endpoints, Method<TRequest, TResponse> method, Func<ServerCall<TRequest, TResponse>, Task> serve)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        endpoints.MapPost(method.Path, (HttpContext http) => new ServerCall<TRequest, TResponse>(http, method).RunAsync(serve));

    private sealed class ServerCall<TRequest, TResponse>(HttpContext http, Method<TRequest, TResponse> method) : IServerStreamWriter<TResponse>
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        private const int MaxMessageSize = 16 * 1024 * 1024; // bytes, both ways

        public ServerCallContext Context { get; private set; } = new([], CancellationToken.None);

        public async Task RunAsync(Func<ServerCall<TRequest, TResponse>, Task> serve)
        {
            if (http.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
            {
                http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
                return;
            }

            using var deadline = GrpcTimeout.Parse(http.Request.Headers[GrpcTimeout.Header]) is { } timeout
                ? new CancellationTokenSource(timeout)
                : new CancellationTokenSource();
            using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, deadline.Token);
            Context = new ServerCallContext(ReadHeaders(), cancelled.Token);
            http.Response.ContentType = "application/grpc";
            try
            {
                await serve(this);
                End(StatusCode.OK, string.Empty);
            }
            catch (RpcException exception)
            {
                End(exception.StatusCode, exception.Detail);
            }
            catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
            {
                End(deadline.IsCancellationRequested ? StatusCode.DeadlineExceeded : StatusCode.Cancelled, "the call was given up");
            }
            catch (Exception exception)
            {
                End(StatusCode.Unknown, exception.Message);
            }
        }

        public async Task<TRequest> OnlyRequestAsync() => await ReadAsync() ?? throw new RpcException(StatusCode.Internal, "no request came");

        public async IAsyncEnumerable<TRequest> RequestsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            while (await ReadAsync() is { } request)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return request;
            }
        }

        public async Task WriteAsync(TResponse message)
        {
            await http.Response.Body.WriteAsync(MessageFraming.Encode(message, MaxMessageSize), Context.CancellationToken);
            await http.Response.Body.FlushAsync(Context.CancellationToken);
        }

        private ValueTask<TRequest?> ReadAsync() =>
            MessageFraming.ReadAsync(http.Request.Body, method.RequestParser, MaxMessageSize, Context.CancellationToken);

        private Metadata ReadHeaders()
        {
            var headers = new Metadata();
            foreach (var (name, values) in http.Request.Headers)
                foreach (var value in values)
                    headers.Add(name, value ?? string.Empty);
            return headers;
        }

        private void End(StatusCode status, string detail)
        {
            if (http.RequestAborted.IsCancellationRequested)
                return;
            http.Response.AppendTrailer(StatusMapping.StatusHeader, ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (detail.Length > 0)
                http.Response.AppendTrailer(StatusMapping.MessageHeader, PercentEncoding.Encode(detail));
            foreach (var (name, value) in Context.ResponseTrailers)
                http.Response.AppendTrailer(name, value);
        }
    }
}
