using Platform.Api.Errors;
using Platform.ApiServer.Registry;
using Platform.Storage;

namespace Platform.ApiServer.Watching;

/// <summary>
/// The watch cache of one resource: its objects, its latest events, its watchers. One writer applies events in revision order; readers take a
/// snapshot without a lock. The lock is only between the writer and watchers that come or go, so that a watch misses nothing and sees
/// nothing twice between its backlog and its queue.
/// </summary>
internal sealed class ResourceCache(ResourceDefinition definition)
{
    /// <summary>Snapshots kept for the next page of lists in progress.</summary>
    private const int RetainedSnapshots = 16;

    private readonly Lock _gate = new();
    private readonly WatcherIndex _watchers = new();
    private readonly Queue<CacheSnapshot> _retained = new();
    private readonly CachedKind _kind = new(definition, new(definition));
    private ObjectIndex _index = new(new(definition), definition.Namespaced);
    private EventRing _ring = new(0);
    private State _state = new(KeyMap<CachedObject>.Empty, 0);
    private long _version;
    private bool _closed;

    public ResourceDefinition Definition { get; } = definition;

    public SelectableFieldSet Fields => _kind.Fields;

    /// <summary>Number of objects.</summary>
    public int Count => Volatile.Read(ref _state).Objects.Count;

    public int WatcherCount => _watchers.Count;

    /// <summary>Counts the events that were applied.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>The present state. <paramref name="applied"/> is the progress of all caches, read before.</summary>
    public CacheSnapshot Snapshot(long applied)
    {
        var now = Volatile.Read(ref _state);
        return new(now.Objects, Math.Max(applied, now.LastEvent));
    }

    /// <summary>The present state as one selection needs it: with the keys that alone can match, where the index knows them.</summary>
    public CacheSnapshot Snapshot(long applied, Selection selection)
    {
        if (selection.IsWhole)
            return Snapshot(applied);
        lock (_gate)
            return new(_state.Objects, Math.Max(applied, _state.LastEvent)) { Candidates = _index.Candidates(selection, _state.Objects) };
    }

    public CachedObject? Find(string key) => Volatile.Read(ref _state).Objects.Find(key);

    /// <summary>Keeps a snapshot for the next page of a list.</summary>
    public void Retain(CacheSnapshot snapshot)
    {
        lock (_gate)
        {
            if (_retained.Any(s => s.Revision == snapshot.Revision))
                return;
            if (_retained.Count == RetainedSnapshots)
                _retained.Dequeue();
            _retained.Enqueue(snapshot with { Candidates = null });
        }
    }

    /// <summary>The state at an exact revision, where it is still at hand.</summary>
    public CacheSnapshot? At(long revision, long applied)
    {
        var now = Snapshot(applied);
        if (now.Revision == revision || (revision < now.Revision && Volatile.Read(ref _state).LastEvent <= revision))
            return new(now.Objects, revision);
        lock (_gate)
            return _retained.Any(s => s.Revision == revision) ? _retained.First(s => s.Revision == revision) : null;
    }

    /// <summary>An object read from the store itself, as this cache would hold it.</summary>
    public CachedObject Make(StoredValue stored) =>
        CachedObject.From(_kind, stored.Key[Definition.KeyPrefix.Length..], stored.Value.Span, stored.ModRevision);

    /// <summary>Replaces everything by what a range found. Watches end; their clients come back and are told if they missed something.</summary>
    public void Load(KeyMap<CachedObject> objects, long revision)
    {
        var index = new ObjectIndex(Fields, Definition.Namespaced);
        foreach (var item in objects.Range("", null))
            index.Replace(null, item);
        lock (_gate)
        {
            Volatile.Write(ref _state, new(objects, revision));
            _index = index;
            Interlocked.Increment(ref _version);
            _ring = new(revision);
            _retained.Clear();
            _watchers.EndAll();
        }
    }

    public void Apply(StorageEvent change)
    {
        // Only this method changes the state, so what it finds before the lock it also finds within. All versions of an object share one key.
        var key = change.Key[Definition.KeyPrefix.Length..];
        var old = _state.Objects.Find(key);
        var made = CachedObject.From(_kind, old?.Key ?? key, change.Value.Span, change.Revision);
        lock (_gate)
        {
            var type = change.Type == StorageEventType.Deleted ? EventType.Deleted : old is null ? EventType.Added : EventType.Modified;
            var objects = type == EventType.Deleted ? _state.Objects.Remove(key) : _state.Objects.Put(made);
            Volatile.Write(ref _state, new(objects, change.Revision));
            _index.Replace(old, type == EventType.Deleted ? null : made);
            Interlocked.Increment(ref _version);
            var item = new CacheEvent(type, made, old, change.Cause.TraceParent);
            _ring.Add(item);
            _watchers.Offer(item);
        }
    }

    /// <summary>A watch of what comes after a revision.</summary>
    /// <exception cref="ApiException">410 where events after it are no longer held.</exception>
    public Watcher WatchFrom(Selection selection, long revision)
    {
        lock (_gate)
        {
            if (revision < _ring.Floor)
                throw ApiErrors.Expired($"too old resource version: {revision} ({_ring.Floor})");
            var backlog = new List<WatchItem>();
            foreach (var item in _ring.After(revision))
            {
                if (item.Through(selection) is { } seen)
                    backlog.Add(seen);
            }
            return Start(selection, backlog, Math.Max(revision, _state.LastEvent));
        }
    }

    /// <summary>A watch that begins with what is there, as additions, where that is wanted.</summary>
    public Watcher WatchFromNow(Selection selection, bool sendInitialEvents)
    {
        lock (_gate)
        {
            var now = new CacheSnapshot(_state.Objects, _state.LastEvent) { Candidates = _index.Candidates(selection, _state.Objects) };
            var backlog = !sendInitialEvents ? [] : now.Matching(selection, "").Select(o => new WatchItem(EventType.Added, o, null)).ToList();
            return Start(selection, backlog, _state.LastEvent);
        }
    }

    public void Remove(Watcher watcher)
    {
        lock (_gate)
            _watchers.Remove(watcher);
        watcher.End();
    }

    /// <summary>Ends all watches, when the server stops.</summary>
    public void EndWatches()
    {
        lock (_gate)
            _watchers.EndAll();
    }

    /// <summary>Ends all watches, those to come too: another cache has taken this one's place, or the resource is gone.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _watchers.EndAll();
        }
    }

    private Watcher Start(Selection selection, List<WatchItem> backlog, long revision)
    {
        var watcher = new Watcher(selection, backlog, revision);
        if (_closed)
        {
            watcher.End();
            return watcher;
        }
        _watchers.Add(watcher);
        return watcher;
    }

    private sealed record State(KeyMap<CachedObject> Objects, long LastEvent);
}
