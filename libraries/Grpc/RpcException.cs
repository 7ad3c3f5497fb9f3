namespace Platform.Grpc;

/// <summary>A call that ended with another status than OK. Servers throw it to end a call with that status.</summary>
public sealed class RpcException(StatusCode statusCode, string detail, Exception? inner = null)
    : Exception($"{statusCode}: {detail}", inner)
{
    /// <summary>Kind of the failure.</summary>
    public StatusCode StatusCode { get; } = statusCode;

    /// <summary>The server's words.</summary>
    public string Detail { get; } = detail;

    /// <summary>Trailers that came with the status.</summary>
    public Metadata Trailers { get; init; } = [];
}
