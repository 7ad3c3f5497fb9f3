using Platform.Grpc;

namespace Platform.Storage.Etcd;

/// <summary>A watch that goes on at the revision where it was, at the next member, whenever a connection is lost.</summary>
internal sealed class ResumingWatch(EtcdClient client, TimeProvider clock, long after) : IAsyncDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(2);
    private WatchStream? _stream;
    private long _after = after;
    private int _failures;

    /// <summary>The next commits; waits as long as no member answers.</summary>
    /// <exception cref="StorageException">Compacted.</exception>
    /// <exception cref="RpcException">etcd refuses the watch for good.</exception>
    public async ValueTask<StorageBatch> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var member = client.Current;
            try
            {
                _stream ??= await WatchStream.OpenAsync(client, _after, clock);
                member = _stream.Member;
                var batch = await _stream.NextAsync(cancellationToken);
                _after = batch.Revision;
                _failures = 0;
                return batch;
            }
            catch (RpcException failure) when (IsLostConnection(failure))
            {
                await DisposeAsync();
                client.TurnFrom(member);
                await Task.Delay(Delay(_failures++), clock, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is null)
            return;
        await _stream.DisposeAsync();
        _stream = null;
    }

    // A reset stream is Internal or Cancelled, depending on how the member died.
    private static bool IsLostConnection(RpcException failure) =>
        EtcdErrors.IsOfMember(failure) || failure.StatusCode is StatusCode.Internal or StatusCode.Cancelled or StatusCode.Unknown;

    private static TimeSpan Delay(int failures) =>
        TimeSpan.FromTicks(Math.Min(LongestDelay.Ticks, FirstDelay.Ticks << Math.Min(failures, 10)));
}
