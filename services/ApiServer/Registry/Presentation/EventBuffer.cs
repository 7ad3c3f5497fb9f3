using System.IO.Pipelines;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>
/// Gathers the events of one flush and hands them to the connection together. The memory is given back with each, so that thousands of silent watches hold none.
/// </summary>
internal sealed class EventBuffer(PipeWriter output) : PooledBuffer
{
    /// <summary>Sends what waits. False where the client has gone.</summary>
    public async ValueTask<bool> SendAsync(CancellationToken cancellationToken)
    {
        var result = await SendAsync(output, cancellationToken);
        return !result.IsCompleted && !result.IsCanceled;
    }
}
