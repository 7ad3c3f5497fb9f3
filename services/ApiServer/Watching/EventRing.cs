namespace Platform.ApiServer.Watching;

/// <summary>The latest events of a resource in revision order, bounded by count and by bytes: what a watch can start from.</summary>
internal sealed class EventRing
{
    /// <summary>Most events held.</summary>
    public const int MaximumEvents = 16_384;

    /// <summary>Most bytes of objects held.</summary>
    public const long MaximumBytes = 16 * 1024 * 1024;

    private const int InitialCapacity = 64;

    private CacheEvent[] _slots = new CacheEvent[InitialCapacity];
    private int _start;
    private int _count;
    private long _bytes;

    /// <param name="floor">Revision that the cache was loaded at: a watch cannot start before it.</param>
    public EventRing(long floor) => Floor = floor;

    /// <summary>All events after this revision are held.</summary>
    public long Floor { get; private set; }

    public void Add(CacheEvent item)
    {
        while (_count > 0 && (_count == MaximumEvents || _bytes + item.Object.Framed.Length > MaximumBytes))
            DropOldest();
        if (_count == _slots.Length)
            Grow();
        _slots[(_start + _count++) % _slots.Length] = item;
        _bytes += item.Object.Framed.Length;
    }

    /// <summary>The events after a revision that is not below the floor.</summary>
    public IEnumerable<CacheEvent> After(long revision)
    {
        int low = 0, high = _count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_slots[(_start + middle) % _slots.Length].Revision <= revision)
                low = middle + 1;
            else
                high = middle;
        }
        for (var i = low; i < _count; i++)
            yield return _slots[(_start + i) % _slots.Length];
    }

    private void DropOldest()
    {
        ref var oldest = ref _slots[_start];
        Floor = oldest.Revision;
        _bytes -= oldest.Object.Framed.Length;
        oldest = null!;
        _start = (_start + 1) % _slots.Length;
        _count--;
    }

    private void Grow()
    {
        var larger = new CacheEvent[_slots.Length * 2];
        for (var i = 0; i < _count; i++)
            larger[i] = _slots[(_start + i) % _slots.Length];
        _slots = larger;
        _start = 0;
    }
}
