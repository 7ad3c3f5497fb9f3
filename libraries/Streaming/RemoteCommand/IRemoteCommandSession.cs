namespace Platform.Streaming.RemoteCommand;

/// <summary>
/// The client's side of an exec or attach as the node agent sees it, whatever carries it (SPDY or WebSocket channels). Take one from
/// <see cref="RemoteCommandEndpoint.AcceptAsync"/>, connect it with the command, and end it with <see cref="CompleteAsync"/>;
/// <see cref="RemoteCommandClient.RunAsync"/> does both against a container runtime.
/// </summary>
public interface IRemoteCommandSession : IAsyncDisposable
{
    /// <summary>What the client types; ends when it closes its input. Null where the client gives none.</summary>
    Stream? Stdin { get; }

    /// <summary>Where the command's output goes. Null where the client wants none.</summary>
    Stream? Stdout { get; }

    /// <summary>Where the command's errors go. Null where the client wants none, and always with a terminal.</summary>
    Stream? Stderr { get; }

    /// <summary>Ends when the client is gone.</summary>
    CancellationToken Disconnected { get; }

    /// <summary>The sizes of the client's terminal as they change; empty without a terminal.</summary>
    IAsyncEnumerable<TerminalSize> ResizesAsync(CancellationToken cancellationToken = default);

    /// <summary>Tells the client how the command ended, after all output was written, and closes the streams.</summary>
    Task CompleteAsync(RemoteCommandStatus status, CancellationToken cancellationToken = default);
}
