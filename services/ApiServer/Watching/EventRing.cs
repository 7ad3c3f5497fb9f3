namespace Platform.ApiServer.Watching;

/// <summary>The latest events of a resource in revision order, bounded by count and by bytes: what a watch can start from.</summary>
internal sealed class EventRing
{
    /// <summary>Most events held.</summary>
    public const int MaximumEvents = 16_384;

    /// <summary>Most bytes of objects held.</summary>
    public const long MaximumBytes = 16 * 1024 * 1024;

    private const int InitialCapacity = 64;

    private CacheEvent[] slots = new CacheEvent[InitialCapacity];
    private int start;
    private int count;
    private long bytes;

    /// <param name="floor">Revision that the cache was loaded at: a watch cannot start before it.</param>
    public EventRing(long floor) => Floor = floor;

    /// <summary>All events after this revision are held.</summary>
    public long Floor { get; private set; }

    public void Add(CacheEvent item)
    {
        while (count > 0 && (count == MaximumEvents || bytes + item.Object.Framed.Length > MaximumBytes))
            DropOldest();
        if (count == slots.Length)
            Grow();
        slots[(start + count++) % slots.Length] = item;
        bytes += item.Object.Framed.Length;
    }

    /// <summary>The events after a revision that is not below the floor.</summary>
    public IEnumerable<CacheEvent> After(long revision)
    {
        int low = 0, high = count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (slots[(start + middle) % slots.Length].Revision <= revision)
                low = middle + 1;
            else
                high = middle;
        }
        for (var i = low; i < count; i++)
            yield return slots[(start + i) % slots.Length];
    }

    private void DropOldest()
    {
        ref var oldest = ref slots[start];
        Floor = oldest.Revision;
        bytes -= oldest.Object.Framed.Length;
        oldest = null!;
        start = (start + 1) % slots.Length;
        count--;
    }

    private void Grow()
    {
        var larger = new CacheEvent[slots.Length * 2];
        for (var i = 0; i < count; i++)
            larger[i] = slots[(start + i) % slots.Length];
        slots = larger;
        start = 0;
    }
}
