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

    private static long _lastId;

    private readonly Pipe _toServer = new(PipeOptions);
    private readonly Pipe _toClient = new(PipeOptions);
    private readonly CancellationTokenSource _closed = new();
    private int _closing;

    public InProcessConnection(ComponentIdentity identity)
    {
        ConnectionId = $"in-process-{Interlocked.Increment(ref _lastId)}";
        Transport = this;
        ConnectionClosed = _closed.Token;
        Features.Set(ConnectionUser.From(identity));
        ClientStream = new InProcessStream(_toClient.Reader, _toServer.Writer, Close);
    }

    public Stream ClientStream { get; }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    public override IDuplexPipe Transport { get; set; }

    public override CancellationToken ConnectionClosed { get; set; }

    public override EndPoint? LocalEndPoint { get; set; } = InProcessEndPoint.Instance;

    public override EndPoint? RemoteEndPoint { get; set; } = new IPEndPoint(IPAddress.Loopback, 0);

    PipeReader IDuplexPipe.Input => _toServer.Reader;

    PipeWriter IDuplexPipe.Output => _toClient.Writer;

    public override void Abort(ConnectionAbortedException abortReason)
    {
        _toServer.Reader.CancelPendingRead();
        _toClient.Writer.CancelPendingFlush();
        Close();
    }

    public override ValueTask DisposeAsync()
    {
        _toClient.Writer.Complete();
        _toServer.Reader.Complete();
        Close();
        return default;
    }

    // Requests in progress are told on another thread, so that neither end waits for what the other does about it.
    private void Close()
    {
        if (Interlocked.Exchange(ref _closing, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static c => c._closed.Cancel(), this, preferLocal: false);
    }
}
