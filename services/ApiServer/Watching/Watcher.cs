using System.Threading.Channels;

namespace Platform.ApiServer.Watching;

/// <summary>
/// One watch of one client. The cache's single writer offers events, the request's task takes them. The queue is bounded: a watcher
/// that does not keep up is cut off, which costs the others nothing; its client comes back with the version it saw last.
/// </summary>
internal sealed class Watcher(Selection selection, IReadOnlyList<WatchItem> backlog, long revision)
{
    /// <summary>Most events that wait for one watcher.</summary>
    public const int QueueCapacity = 8_192;

    /// <summary>Most bytes of objects that wait for one watcher: few large objects must not cost more than many small ones.</summary>
    public const long QueueBytes = 32 * 1024 * 1024;

    private long _waiting;

    private readonly Channel<WatchItem> _queue = Channel.CreateBounded<WatchItem>(
        new BoundedChannelOptions(QueueCapacity) { SingleReader = true, SingleWriter = false, FullMode = BoundedChannelFullMode.Wait });

    public Selection Selection { get; } = selection;

    /// <summary>What the watch begins with: the present state, or the events since its version.</summary>
    public IReadOnlyList<WatchItem> Backlog { get; } = backlog;

    /// <summary>The backlog is complete up to this revision, and the queue begins behind it.</summary>
    public long Revision { get; } = revision;

    /// <summary>What waits: events, and items without an object where a timer woke the watcher.</summary>
    public ChannelReader<WatchItem> Queue => field ??= new CountedReader(this);

    /// <summary>False where the watcher has just been, or was before, cut off.</summary>
    public bool Offer(CacheEvent item)
    {
        // A version in the future may be watched: nothing is sent until it is passed.
        if (item.Revision <= Revision || item.Through(Selection) is not { } seen)
            return true;
        if (Interlocked.Add(ref _waiting, seen.Object.Framed.Length) <= QueueBytes && _queue.Writer.TryWrite(seen))
            return true;
        WasCutOff = true;
        _queue.Writer.TryComplete();
        return false;
    }

    /// <summary>Whether the watch ended because it did not keep up.</summary>
    public bool WasCutOff { get; private set; }

    /// <summary>Ends the watch behind what is queued.</summary>
    public void End() => _queue.Writer.TryComplete();

    /// <summary>Wakes the reader without an event: an item without an object. Where the queue is full it is awake anyway.</summary>
    public void Tick() => _queue.Writer.TryWrite(default);

    /// <summary>Takes what is read off the bytes that wait.</summary>
    private sealed class CountedReader(Watcher watcher) : ChannelReader<WatchItem>
    {
        public override Task Completion => watcher._queue.Reader.Completion;

        public override bool TryRead(out WatchItem item)
        {
            if (!watcher._queue.Reader.TryRead(out item))
                return false;
            if (item.Object is not null)
                Interlocked.Add(ref watcher._waiting, -item.Object.Framed.Length);
            return true;
        }

        public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) =>
            watcher._queue.Reader.WaitToReadAsync(cancellationToken);
    }
}
