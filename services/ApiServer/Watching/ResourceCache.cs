using Platform.Api.Errors;
using Platform.ApiServer.Registry;
using Platform.Storage;

namespace Platform.ApiServer.Watching;

/// <summary>A resource's objects at a revision.</summary>
/// <param name="Objects">All objects.</param>
/// <param name="Revision">Every event of the resource up to this revision is in, and none after it.</param>
internal readonly record struct CacheSnapshot(ObjectMap Objects, long Revision);

/// <summary>
/// The watch cache of one resource: its objects, its latest events, its watchers. One writer applies events in revision order; readers take a
/// snapshot without a lock. The lock is only between the writer and watchers that come or go, so that a watch misses nothing and sees
/// nothing twice between its backlog and its queue.
/// </summary>
internal sealed class ResourceCache(ResourceDefinition definition)
{
    /// <summary>Snapshots kept for the next page of lists in progress.</summary>
    private const int RetainedSnapshots = 16;

    private readonly Lock gate = new();
    private readonly WatcherIndex watchers = new();
    private readonly Queue<CacheSnapshot> retained = new();
    private readonly CachedKind kind = new(definition, new(definition));
    private EventRing ring = new(0);
    private State state = new(ObjectMap.Empty, 0);
    private long version;

    public ResourceDefinition Definition { get; } = definition;

    public SelectableFieldSet Fields => kind.Fields;

    public int WatcherCount => watchers.Count;

    /// <summary>Counts the events that were applied.</summary>
    public long Version => Volatile.Read(ref version);

    /// <summary>The present state. <paramref name="applied"/> is the progress of all caches, read before.</summary>
    public CacheSnapshot Snapshot(long applied)
    {
        var now = Volatile.Read(ref state);
        return new(now.Objects, Math.Max(applied, now.LastEvent));
    }

    public CachedObject? Find(string key) => Volatile.Read(ref state).Objects.Find(key);

    /// <summary>Keeps a snapshot for the next page of a list.</summary>
    public void Retain(CacheSnapshot snapshot)
    {
        lock (gate)
        {
            if (retained.Any(s => s.Revision == snapshot.Revision))
                return;
            if (retained.Count == RetainedSnapshots)
                retained.Dequeue();
            retained.Enqueue(snapshot);
        }
    }

    /// <summary>The state at an exact revision, where it is still at hand.</summary>
    public CacheSnapshot? At(long revision, long applied)
    {
        var now = Snapshot(applied);
        if (now.Revision == revision || (revision < now.Revision && Volatile.Read(ref state).LastEvent <= revision))
            return new(now.Objects, revision);
        lock (gate)
            return retained.Any(s => s.Revision == revision) ? retained.First(s => s.Revision == revision) : null;
    }

    /// <summary>An object read from the store itself, as this cache would hold it.</summary>
    public CachedObject Make(StoredValue stored) =>
        CachedObject.From(kind, stored.Key[Definition.KeyPrefix.Length..], stored.Value.Span, stored.ModRevision);

    /// <summary>Replaces everything by what a range found. Watches end; their clients come back and are told if they missed something.</summary>
    public void Load(ObjectMap objects, long revision)
    {
        lock (gate)
        {
            Volatile.Write(ref state, new(objects, revision));
            Interlocked.Increment(ref version);
            ring = new(revision);
            retained.Clear();
            watchers.EndAll();
        }
    }

    public void Apply(StorageEvent change)
    {
        var key = change.Key[Definition.KeyPrefix.Length..];
        var made = CachedObject.From(kind, key, change.Value.Span, change.Revision);
        lock (gate)
        {
            var old = state.Objects.Find(key);
            var type = change.Type == StorageEventType.Deleted ? EventType.Deleted : old is null ? EventType.Added : EventType.Modified;
            var objects = type == EventType.Deleted ? state.Objects.Remove(key) : state.Objects.Put(made);
            Volatile.Write(ref state, new(objects, change.Revision));
            Interlocked.Increment(ref version);
            var item = new CacheEvent(type, made, old, change.Cause.TraceParent);
            ring.Add(item);
            watchers.Offer(item);
        }
    }

    /// <summary>A watch of what comes after a revision.</summary>
    /// <exception cref="ApiException">410 where events after it are no longer held.</exception>
    public Watcher WatchFrom(Selection selection, long revision)
    {
        lock (gate)
        {
            if (revision < ring.Floor)
                throw ApiErrors.Expired($"too old resource version: {revision} ({ring.Floor})");
            var backlog = new List<WatchItem>();
            foreach (var item in ring.After(revision))
            {
                if (item.Through(selection) is { } seen)
                    backlog.Add(seen);
            }
            return Start(selection, backlog, Math.Max(revision, state.LastEvent));
        }
    }

    /// <summary>A watch that begins with what is there, as additions, where that is wanted.</summary>
    public Watcher WatchFromNow(Selection selection, bool sendInitialEvents)
    {
        lock (gate)
        {
            var backlog = !sendInitialEvents ? [] : state.Objects.Range(selection.From, selection.To).Where(selection.MatchesSelectors)
                .Select(o => new WatchItem(EventType.Added, o, null)).ToList();
            return Start(selection, backlog, state.LastEvent);
        }
    }

    public void Remove(Watcher watcher)
    {
        lock (gate)
            watchers.Remove(watcher);
        watcher.End();
    }

    /// <summary>Ends all watches, when the server stops.</summary>
    public void EndWatches()
    {
        lock (gate)
            watchers.EndAll();
    }

    private Watcher Start(Selection selection, List<WatchItem> backlog, long revision)
    {
        var watcher = new Watcher(selection, backlog, revision);
        watchers.Add(watcher);
        return watcher;
    }

    private sealed record State(ObjectMap Objects, long LastEvent);
}
