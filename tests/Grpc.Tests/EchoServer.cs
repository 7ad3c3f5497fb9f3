using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Platform.Grpc.Server;

namespace Platform.Grpc.Tests;

/// <summary>A real Kestrel on a unix socket or a TCP port whose methods do what the tests ask for.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    public static readonly Method<EchoRequest, EchoReply> Say =
        new(MethodType.Unary, "platform.test.Echo", "Say", EchoRequest.Parser, EchoReply.Parser);

    public static readonly Method<EchoRequest, EchoReply> Repeat =
        new(MethodType.ServerStreaming, "platform.test.Echo", "Repeat", EchoRequest.Parser, EchoReply.Parser);

    public static readonly Method<EchoRequest, EchoReply> Chat =
        new(MethodType.Duplex, "platform.test.Echo", "Chat", EchoRequest.Parser, EchoReply.Parser);

    public static readonly Method<EchoRequest, EchoReply> Missing =
        new(MethodType.Unary, "platform.test.Echo", "Missing", EchoRequest.Parser, EchoReply.Parser);

    private readonly WebApplication _app;
    private readonly string? _folder;
    private readonly TaskCompletionSource _hangingCallBegun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hangingCallCancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private EchoServer(WebApplication app, string? folder)
    {
        _app = app;
        _folder = folder;
    }

    public required string Address { get; init; }

    /// <summary>Completes when a call that hangs has reached its handler.</summary>
    public Task HangingCallBegun => _hangingCallBegun.Task;

    /// <summary>Completes when a call that hangs sees its cancellation.</summary>
    public Task HangingCallCancelled => _hangingCallCancelled.Task;

    public static async Task<EchoServer> StartAsync(bool unixSocket = false, Action<ListenOptions>? listen = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var folder = unixSocket ? Directory.CreateTempSubdirectory("grpc-tests-").FullName : null;
        void Configure(ListenOptions options)
        {
            options.Protocols = HttpProtocols.Http2;
            listen?.Invoke(options);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (folder is not null)
                kestrel.ListenUnixSocket(Path.Combine(folder, "s"), Configure);
            else
                kestrel.Listen(System.Net.IPAddress.Loopback, 0, Configure);
        });
        var app = builder.Build();
        EchoServer? server = null;
        app.MapGrpc(Say, (request, context) => server!.SayAsync(request, context));
        app.MapGrpc(Repeat, RepeatAsync);
        app.MapGrpc(Chat, ChatAsync);
        await app.StartAsync();
        server = new EchoServer(app, folder)
        {
            Address = folder is null ? app.Urls.Single().Replace("127.0.0.1", "localhost") : "unix://" + Path.Combine(folder, "s"),
        };
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private async Task<EchoReply> SayAsync(EchoRequest request, ServerCallContext context)
    {
        switch (request.Text)
        {
            case "fail":
                context.ResponseTrailers.Add("why-bin", [1, 2, 250]);
                throw new RpcException(StatusCode.FailedPrecondition, "100 % wrong: ünïcode\nsecond line");
            case "throw":
                throw new InvalidOperationException("a bug");
            case "hang":
                _hangingCallBegun.TrySetResult();
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
                }
                finally
                {
                    _hangingCallCancelled.TrySetResult();
                }

                break;
        }

        var reply = new EchoReply { Text = request.Times > 0 ? new string('x', request.Times) : request.Text };
        foreach (var (name, value) in context.RequestHeaders)
            reply.Headers[name] = value;
        return reply;
    }

    private static async Task RepeatAsync(EchoRequest request, IServerStreamWriter<EchoReply> responses, ServerCallContext context)
    {
        for (var i = 0; i < request.Times; i++)
            await responses.WriteAsync(new EchoReply { Text = $"{request.Text} {i}" });
        if (request.Text == "fail")
            throw new RpcException(StatusCode.OutOfRange, "no more");
    }

    private static async Task ChatAsync(
        IAsyncEnumerable<EchoRequest> requests, IServerStreamWriter<EchoReply> responses, ServerCallContext context)
    {
        await foreach (var request in requests)
        {
            if (request.Text == "fail")
                throw new RpcException(StatusCode.Aborted, "enough");
            await responses.WriteAsync(new EchoReply { Text = request.Text });
        }
    }
}
