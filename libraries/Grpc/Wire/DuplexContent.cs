using System.Net;

namespace Platform.Grpc.Wire;

/// <summary>
/// A request body that is written to while the response is read: hands out the stream that HttpClient gives it and holds the body open
/// until it is told that all has been written.
/// </summary>
internal sealed class DuplexContent : HttpContent
{
    private readonly TaskCompletionSource<Stream> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The stream, as soon as the connection is there.</summary>
    public Task<Stream> Opened => _opened.Task;

    /// <summary>Ends the body in order.</summary>
    public void Complete() => _completed.TrySetResult();

    /// <summary>Tells writers that wait for the connection that there will be none.</summary>
    public void Fail(Exception exception)
    {
        if (_opened.TrySetException(exception))
            _ = _opened.Task.Exception;
        _completed.TrySetResult();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.FlushAsync(cancellationToken);
        _opened.TrySetResult(stream);
        await _completed.Task.WaitAsync(cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}
