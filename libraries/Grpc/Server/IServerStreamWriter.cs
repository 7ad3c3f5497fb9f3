namespace Platform.Grpc.Server;

/// <summary>Sends responses to one call, in order; for one caller at a time.</summary>
public interface IServerStreamWriter<in TResponse>
{
    /// <summary>Sends a message; waits while the client does not take more.</summary>
    Task WriteAsync(TResponse message);
}
