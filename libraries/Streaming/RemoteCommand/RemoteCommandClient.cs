using Platform.Streaming.Spdy;
using Platform.Streaming.Upgrade;

namespace Platform.Streaming.RemoteCommand;

/// <summary>Runs an exec or attach against the URL that a container runtime's Exec or Attach call returned.</summary>
public static class RemoteCommandClient
{
    private const int CopySize = 16 * 1024; // bytes

    /// <summary>
    /// Connects the client's session with the runtime, both ways, until the command has ended or the client is gone; tells the client how the
    /// command ended. Failures of the runtime end the session with a failure.
    /// </summary>
    public static async Task<RemoteCommandStatus> RunAsync(
        Uri url, RemoteCommandOptions options, IRemoteCommandSession session, CancellationToken cancellationToken = default)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, session.Disconnected);
        RemoteCommandStatus status;
        try
        {
            var (connection, _) = await SpdyUpgrade.ConnectAsync(url, RemoteCommandProtocol.OfRuntime, cancellationToken: ending.Token);
            await using (connection)
                status = await ConnectAsync(connection, options, session, ending.Token);
        }
        catch (IOException exception)
        {
            status = RemoteCommandStatus.Failure($"error executing the command in the container: {exception.Message}");
        }

        await session.CompleteAsync(status, ending.Token);
        return status;
    }

    private static async Task<RemoteCommandStatus> ConnectAsync(
        SpdyConnection runtime, RemoteCommandOptions options, IRemoteCommandSession session, CancellationToken cancellationToken)
    {
        Task<SpdyStream> OpenAsync(string type) =>
            runtime.OpenStreamAsync(new Dictionary<string, string> { [RemoteCommandProtocol.StreamType] = type }, cancellationToken);

        // The runtime counts the streams and begins when all are there; the error stream comes first.
        var error = await OpenAsync(RemoteCommandProtocol.Error);
        var stdin = options.Stdin ? await OpenAsync(RemoteCommandProtocol.Stdin) : null;
        var stdout = options.Stdout ? await OpenAsync(RemoteCommandProtocol.Stdout) : null;
        var stderr = options.Stderr ? await OpenAsync(RemoteCommandProtocol.Stderr) : null;
        var resize = options.Tty ? await OpenAsync(RemoteCommandProtocol.Resize) : null;

        using var commandEnded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var inputs = Task.WhenAll(
            CopyInputAsync(session.Stdin, stdin, commandEnded.Token), CopySizesAsync(session, resize, commandEnded.Token));
        await Task.WhenAll(CopyOutputAsync(stdout, session.Stdout, cancellationToken), CopyOutputAsync(stderr, session.Stderr, cancellationToken));
        var status = await ReadStatusAsync(error, cancellationToken);
        await commandEnded.CancelAsync();
        await inputs;
        return status;
    }

    private static async Task<RemoteCommandStatus> ReadStatusAsync(SpdyStream error, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[CopySize];
        while (bytes.Length < RemoteCommandProtocol.MaxStatus && await error.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            bytes.Write(buffer, 0, read);
        return bytes.Length > 0
            ? RemoteCommandStatus.Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length))
            : RemoteCommandStatus.Failure("the container runtime did not say how the command ended");
    }

    private static async Task CopyOutputAsync(SpdyStream? from, Stream? to, CancellationToken cancellationToken)
    {
        if (from is not null && to is not null)
            await from.CopyToAsync(to, CopySize, cancellationToken);
    }

    private static async Task CopyInputAsync(Stream? from, SpdyStream? to, CancellationToken cancellationToken)
    {
        if (from is null || to is null)
            return;
        try
        {
            await from.CopyToAsync(to, CopySize, cancellationToken);
            await to.CompleteWritesAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return; // the command has ended, or takes no more input; its status says the rest
        }
    }

    private static async Task CopySizesAsync(IRemoteCommandSession session, SpdyStream? to, CancellationToken cancellationToken)
    {
        if (to is null)
            return;
        try
        {
            await foreach (var size in session.ResizesAsync(cancellationToken))
                await to.WriteAsync(size.Encode(), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return; // as for input
        }
    }
}
