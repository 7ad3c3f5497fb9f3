using System.Diagnostics;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;

namespace Platform.Grpc.Tests;

/// <summary>The client against the server of the same library; Cri.Tests and Storage.Tests run it against containerd's and etcd's.</summary>
public sealed class GrpcChannelTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Unary_call_returns_the_response_over_tcp_and_unix_sockets(bool unixSocket)
    {
        await using var server = await EchoServer.StartAsync(unixSocket);
        using var channel = GrpcChannel.ForAddress(server.Address);

        var reply = await channel.UnaryAsync(EchoServer.Say, new EchoRequest { Text = "hello" }, new CallOptions(Headers: new() { { "X-Who", "me" } }));

        reply.Text.ShouldBe("hello");
        reply.Headers["x-who"].ShouldBe("me");
        reply.Headers["te"].ShouldBe("trailers");
    }

    [Fact]
    public async Task Unary_call_works_over_tls_with_the_given_trust()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        await using var server = await EchoServer.StartAsync(listen: options => options.UseHttps(certificate));
        using var channel = GrpcChannel.ForAddress(server.Address, new GrpcChannelOptions
        {
            Tls = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, presented, _, _) => presented!.GetCertHashString() == certificate.GetCertHashString(),
            },
        });

        (await channel.UnaryAsync(EchoServer.Say, new EchoRequest { Text = "secret" })).Text.ShouldBe("secret");
    }

    [Fact]
    public async Task Status_message_is_decoded_and_trailers_are_kept()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = GrpcChannel.ForAddress(server.Address);

        var failure = await Should.ThrowAsync<RpcException>(channel.UnaryAsync(EchoServer.Say, new EchoRequest { Text = "fail" }));

        failure.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        failure.Detail.ShouldBe("100 % wrong: ünïcode\nsecond line");
        failure.Trailers.Bytes("why-bin").ShouldBe([1, 2, 250]);
    }

    [Fact]
    public async Task Exception_in_a_handler_is_unknown_and_a_missing_method_unimplemented()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = GrpcChannel.ForAddress(server.Address);

        (await Should.ThrowAsync<RpcException>(channel.UnaryAsync(EchoServer.Say, new EchoRequest { Text = "throw" })))
            .StatusCode.ShouldBe(StatusCode.Unknown);
        (await Should.ThrowAsync<RpcException>(channel.UnaryAsync(EchoServer.Missing, new EchoRequest())))
            .StatusCode.ShouldBe(StatusCode.Unimplemented);
    }

    [Fact]
    public async Task Deadline_ends_the_call_on_both_sides()
    {
        var clock = new TestClock();
        await using var server = await EchoServer.StartAsync();
        using var channel = GrpcChannel.ForAddress(server.Address, new GrpcChannelOptions { Clock = clock });

        var call = channel.UnaryAsync(EchoServer.Say, new EchoRequest { Text = "hang" }, new CallOptions(TimeSpan.FromHours(1)));
        await server.HangingCallBegun.WaitAsync(Eventually.Patience);
        clock.Advance(TimeSpan.FromHours(1));

        (await Should.ThrowAsync<RpcException>(call)).StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        await server.HangingCallCancelled.WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task Server_ends_a_call_at_its_deadline_where_the_client_does_not()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = GrpcChannel.ForAddress(server.Address, new GrpcChannelOptions { Clock = new TestClock() });

        var call = channel.UnaryAsync(EchoServer.Say, new EchoRequest { Text = "hang" }, new CallOptions(TimeSpan.FromMilliseconds(1)));

        (await Should.ThrowAsync<RpcException>(call.WaitAsync(Eventually.Patience))).StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
    }

    [Fact]
    public async Task Cancelled_caller_gets_a_cancellation_and_the_server_sees_it()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = GrpcChannel.ForAddress(server.Address);
        using var cancellation = new CancellationTokenSource();

        var call = channel.UnaryAsync(EchoServer.Say, new EchoRequest { Text = "hang" }, cancellation.Token);
        await server.HangingCallBegun.WaitAsync(Eventually.Patience);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
        await server.HangingCallCancelled.WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task Unreachable_server_is_unavailable()
    {
        using var channel = GrpcChannel.ForAddress("unix:///nowhere/socket");

        (await Should.ThrowAsync<RpcException>(channel.UnaryAsync(EchoServer.Say, new EchoRequest()))).StatusCode.ShouldBe(StatusCode.Unavailable);
        await using var call = channel.Duplex(EchoServer.Chat);
        (await Should.ThrowAsync<RpcException>(call.WriteAsync(new EchoRequest()))).StatusCode.ShouldBe(StatusCode.Unavailable);
        (await Should.ThrowAsync<RpcException>(call.ReadAsync().AsTask())).StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    [Fact]
    public async Task Messages_beyond_the_limits_exhaust_resources()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = GrpcChannel.ForAddress(server.Address, new GrpcChannelOptions { MaxReceiveMessageSize = 10_000, MaxSendMessageSize = 10_000 });

        (await Should.ThrowAsync<RpcException>(channel.UnaryAsync(EchoServer.Say, new EchoRequest { Times = 10_001 })))
            .StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        (await Should.ThrowAsync<RpcException>(channel.UnaryAsync(EchoServer.Say, new EchoRequest { Text = new string('x', 10_001) })))
            .StatusCode.ShouldBe(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task Server_stream_delivers_all_messages_and_then_its_status()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = GrpcChannel.ForAddress(server.Address);
        var texts = new List<string>();

        await foreach (var reply in channel.ServerStreaming(EchoServer.Repeat, new EchoRequest { Text = "n", Times = 500 }))
            texts.Add(reply.Text);
        var failure = await Should.ThrowAsync<RpcException>(async () =>
        {
            await foreach (var reply in channel.ServerStreaming(EchoServer.Repeat, new EchoRequest { Text = "fail", Times = 2 }))
                texts.Add(reply.Text);
        });

        texts.Count.ShouldBe(502);
        texts[499].ShouldBe("n 499");
        failure.StatusCode.ShouldBe(StatusCode.OutOfRange);
    }

    [Fact]
    public async Task Duplex_call_interleaves_both_ways_and_ends_when_writing_completes()
    {
        await using var server = await EchoServer.StartAsync(unixSocket: true);
        using var channel = GrpcChannel.ForAddress(server.Address);
        await using var call = channel.Duplex(EchoServer.Chat);

        for (var i = 0; i < 100; i++)
        {
            await call.WriteAsync(new EchoRequest { Text = $"{i}" });
            (await call.ReadAsync())!.Text.ShouldBe($"{i}");
        }

        call.CompleteWriting();
        (await call.ReadAsync().AsTask().WaitAsync(Eventually.Patience)).ShouldBeNull();
    }

    [Fact]
    public async Task Duplex_call_gives_the_servers_status_and_a_cancelled_read_gives_up()
    {
        await using var server = await EchoServer.StartAsync();
        using var channel = GrpcChannel.ForAddress(server.Address);
        await using var failing = channel.Duplex(EchoServer.Chat);
        await using var waiting = channel.Duplex(EchoServer.Chat);
        using var cancellation = new CancellationTokenSource();

        await failing.WriteAsync(new EchoRequest { Text = "fail" });
        var read = waiting.ReadAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        (await Should.ThrowAsync<RpcException>(failing.ReadAsync().AsTask())).StatusCode.ShouldBe(StatusCode.Aborted);
        await Should.ThrowAsync<OperationCanceledException>(read.WaitAsync(Eventually.Patience));
    }

    [Fact]
    public async Task Call_makes_one_client_span_and_sends_its_context()
    {
        var spans = new List<Activity>();
        using var parent = new ActivitySource("Grpc.Tests");
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Platform.Grpc" or "Grpc.Tests",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (spans)
                    spans.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var server = await EchoServer.StartAsync();
        using var channel = GrpcChannel.ForAddress(server.Address);
        using var request = parent.StartActivity("request")!;

        var reply = await channel.UnaryAsync(EchoServer.Say, new EchoRequest { Text = "traced" });

        Activity.Current.ShouldBe(request);
        Activity[] mine;
        lock (spans)
            mine = [.. spans.Where(activity => activity.TraceId == request.TraceId)];
        var span = mine.ShouldHaveSingleItem();
        span.DisplayName.ShouldBe("platform.test.Echo/Say");
        span.ParentSpanId.ShouldBe(request.SpanId);
        span.GetTagItem("rpc.grpc.status_code").ShouldBe(0);
        reply.Headers["traceparent"].ShouldBe(span.Id);
    }
}
