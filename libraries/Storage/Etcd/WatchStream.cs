using Google.Protobuf;
using Platform.Grpc;
using Platform.Storage.Etcd.Wire;

namespace Platform.Storage.Etcd;

/// <summary>
/// One watch of everything in etcd from a revision on, over one connection. Everything, because a commit's cause is under another key
/// than its value, and because then every revision brings an event: progress needs no notifications of its own
/// (which etcd before 3.4.25 sent too early). Batches never split a revision.
/// </summary>
internal sealed class WatchStream(GrpcChannel member, DuplexCall<WatchRequest, WatchResponse> call, long after, TimeProvider clock) : IAsyncDisposable
{
    private static readonly ByteString Everything = ByteString.CopyFrom(0);
    private readonly List<Event> _pending = [];

    /// <summary>The member that it reads from.</summary>
    public GrpcChannel Member => member;

    public static async Task<WatchStream> OpenAsync(EtcdClient client, long after, TimeProvider clock)
    {
        var member = client.Current;
        var call = client.Open(EtcdMethods.Watch);
        try
        {
            await call.WriteAsync(new WatchRequest
            {
                CreateRequest = new WatchCreateRequest
                {
                    Key = Everything, RangeEnd = Everything, StartRevision = after + 1, PrevKv = true, Fragment = true,
                },
            });
            return new WatchStream(member, call, after, clock);
        }
        catch
        {
            await call.DisposeAsync();
            throw;
        }
    }

    /// <summary>The next commits.</summary>
    /// <exception cref="StorageException">Compacted.</exception>
    /// <exception cref="RpcException">The connection or the member is lost.</exception>
    public async ValueTask<StorageBatch> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var response = await call.ReadAsync(cancellationToken) ?? throw new RpcException(StatusCode.Unavailable, "etcd ended the watch");
            if (response.CompactRevision > 0)
                throw StorageErrors.Compacted(after + 1, response.CompactRevision);
            if (response.Canceled)
                throw new RpcException(StatusCode.Unavailable, $"etcd ended the watch: {response.CancelReason}");
            _pending.AddRange(response.Events);
            if (_pending.Count == 0 || response.Fragment)
                continue; // the rest of the last revision is still to come
            var batch = CommitDecoder.Decode(_pending, clock);
            _pending.Clear();
            return batch;
        }
    }

    public ValueTask DisposeAsync() => call.DisposeAsync();
}
