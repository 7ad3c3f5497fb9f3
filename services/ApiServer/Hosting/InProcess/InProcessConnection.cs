using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Platform.ApiServer.Authentication;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Hosting.InProcess;

/// <summary>Kestrel's end of a connection in memory: two bounded pipes, and the identity of the component at the other end.</summary>
internal sealed class InProcessConnection : ConnectionContext, IDuplexPipe
{
    /// <summary>Bytes that one side may be ahead of the other before it has to wait.</summary>
    private const int PipeBytes = 256 * 1024;

    private static readonly PipeOptions PipeOptions = new(
        pauseWriterThreshold: PipeBytes, resumeWriterThreshold: PipeBytes / 2, useSynchronizationContext: false);

    private static long lastId;

    private readonly Pipe toServer = new(PipeOptions);
    private readonly Pipe toClient = new(PipeOptions);
    private readonly CancellationTokenSource closed = new();
    private int closing;

    public InProcessConnection(ComponentIdentity identity)
    {
        ConnectionId = $"in-process-{Interlocked.Increment(ref lastId)}";
        Transport = this;
        ConnectionClosed = closed.Token;
        Features.Set(ConnectionUser.From(identity));
        ClientStream = new InProcessStream(toClient.Reader, toServer.Writer, Close);
    }

    public Stream ClientStream { get; }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    public override IDuplexPipe Transport { get; set; }

    public override CancellationToken ConnectionClosed { get; set; }

    public override EndPoint? LocalEndPoint { get; set; } = InProcessEndPoint.Instance;

    public override EndPoint? RemoteEndPoint { get; set; } = new IPEndPoint(IPAddress.Loopback, 0);

    PipeReader IDuplexPipe.Input => toServer.Reader;

    PipeWriter IDuplexPipe.Output => toClient.Writer;

    public override void Abort(ConnectionAbortedException abortReason)
    {
        toServer.Reader.CancelPendingRead();
        toClient.Writer.CancelPendingFlush();
        Close();
    }

    public override ValueTask DisposeAsync()
    {
        toClient.Writer.Complete();
        toServer.Reader.Complete();
        Close();
        return default;
    }

    // Requests in progress are told on another thread, so that neither end waits for what the other does about it.
    private void Close()
    {
        if (Interlocked.Exchange(ref closing, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static c => c.closed.Cancel(), this, preferLocal: false);
    }
}
