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

    private readonly Channel<WatchItem> _queue = Channel.CreateBounded<WatchItem>(
        new BoundedChannelOptions(QueueCapacity) { SingleReader = true, SingleWriter = false, FullMode = BoundedChannelFullMode.Wait });

    public Selection Selection { get; } = selection;

    /// <summary>What the watch begins with: the present state, or the events since its version.</summary>
    public IReadOnlyList<WatchItem> Backlog { get; } = backlog;

    /// <summary>The backlog is complete up to this revision, and the queue begins behind it.</summary>
    public long Revision { get; } = revision;

    public ChannelReader<WatchItem> Queue => _queue.Reader;

    /// <summary>False where the watcher has just been, or was before, cut off.</summary>
    public bool Offer(CacheEvent item)
    {
        // A version in the future may be watched: nothing is sent until it is passed.
        if (item.Revision <= Revision || item.Through(Selection) is not { } seen || _queue.Writer.TryWrite(seen))
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
}
