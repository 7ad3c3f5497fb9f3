using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Platform.Grpc.Wire;

namespace Platform.Grpc;

/// <summary>
/// An open call in which both sides send when they like. Writing is safe from several callers, reading is for one. Dispose it to give
/// it up; the server then sees a cancelled call.
/// </summary>
public sealed class DuplexCall<TRequest, TResponse> : IAsyncDisposable
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    private readonly GrpcCall<TRequest, TResponse> _call;
    private readonly DuplexContent _content = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly int _sendLimit;
    private readonly Task _sent;

    internal DuplexCall(GrpcCall<TRequest, TResponse> call, int sendLimit)
    {
        _call = call;
        _sendLimit = sendLimit;
        _content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        _sent = SendAsync();
    }

    /// <summary>Sends a message; waits while the server does not take more.</summary>
    /// <exception cref="RpcException">The call's status where the call has ended.</exception>
    public async Task WriteAsync(TRequest message)
    {
        var frame = MessageFraming.Encode(message, _sendLimit);
        try
        {
            var stream = await _content.Opened.WaitAsync(_call.Cancelled);
            await _writing.WaitAsync(_call.Cancelled);
            try
            {
                await stream.WriteAsync(frame, _call.Cancelled);
                await stream.FlushAsync(_call.Cancelled);
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (Exception exception) when (StatusMapping.IsTransportFailure(exception))
        {
            throw _call.Failed(exception);
        }
    }

    /// <summary>Tells the server that no more messages come; responses may go on.</summary>
    public void CompleteWriting() => _content.Complete();

    /// <summary>The responses, to their end where the server ends the call with OK.</summary>
    /// <exception cref="RpcException">Any status but OK, while enumerating.</exception>
    public async IAsyncEnumerable<TResponse> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await ReadAsync(cancellationToken) is { } response)
            yield return response;
    }

    /// <summary>The next response; null where the server ended the call with OK. A cancelled read gives up the whole call.</summary>
    /// <exception cref="RpcException">Any status but OK.</exception>
    public async ValueTask<TResponse?> ReadAsync(CancellationToken cancellationToken = default)
    {
        await using var registration = cancellationToken.Register(static call => ((GrpcCall<TRequest, TResponse>)call!).Dispose(), _call);
        try
        {
            await _sent;
            return await _call.ReadAsync();
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _call.Dispose();
        _content.Complete();
        await _sent.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // its failure has come out of the members that wait for it
        _call.Dispose();
        _content.Dispose();
    }

    private async Task SendAsync()
    {
        try
        {
            await _call.SendAsync(_content);
        }
        catch (Exception exception)
        {
            _content.Fail(exception);
            throw;
        }
    }
}
