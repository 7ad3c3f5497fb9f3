namespace Platform.Grpc.Server;

/// <summary>What a server's method knows about its call.</summary>
/// <param name="RequestHeaders">Metadata that the client sent.</param>
/// <param name="CancellationToken">Ends when the client gives up or its deadline passes.</param>
public sealed record ServerCallContext(Metadata RequestHeaders, CancellationToken CancellationToken)
{
    /// <summary>Trailers to send with the status.</summary>
    public Metadata ResponseTrailers { get; } = [];
}
