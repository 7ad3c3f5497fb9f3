namespace Platform.Grpc;

/// <summary>What one call may differ in.</summary>
/// <param name="Timeout">
/// Deadline, counted from now, told to the server and enforced here; null for the channel's default on unary calls and none on streams.
/// </param>
/// <param name="Headers">Metadata to send.</param>
/// <param name="CancellationToken">Gives the call up: it then throws <see cref="OperationCanceledException"/>.</param>
public readonly record struct CallOptions(TimeSpan? Timeout = null, Metadata? Headers = null, CancellationToken CancellationToken = default)
{
    /// <summary>Options with nothing but a token.</summary>
    public static implicit operator CallOptions(CancellationToken cancellationToken) => new(CancellationToken: cancellationToken);
}
