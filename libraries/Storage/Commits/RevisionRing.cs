namespace Platform.Storage.Commits;

/// <summary>One item per consecutive revision: appended at the newest end, dropped at the oldest. Not thread-safe.</summary>
internal sealed class RevisionRing<T>(long first)
{
    private const int InitialCapacity = 64;

    private T[] _items = new T[InitialCapacity];

    /// <summary>Revision of the oldest item; of the next one where the ring is empty.</summary>
    public long First { get; private set; } = first;

    /// <summary>Revision that the next item will have.</summary>
    public long Next { get; private set; } = first;

    public int Count => (int)(Next - First);

    public T this[long revision] => revision >= First && revision < Next
        ? _items[Slot(revision)]
        : throw new ArgumentOutOfRangeException(nameof(revision));

    public void Append(T item)
    {
        if (Count == _items.Length)
            Grow();
        _items[Slot(Next)] = item;
        Next++;
    }

    /// <summary>Drops and returns the oldest item.</summary>
    public T DropFirst()
    {
        var item = this[First];
        _items[Slot(First)] = default!;
        First++;
        return item;
    }

    private int Slot(long revision) => (int)(revision & (_items.Length - 1));

    private void Grow()
    {
        var larger = new T[_items.Length * 2];
        for (var revision = First; revision < Next; revision++)
            larger[revision & (larger.Length - 1)] = _items[Slot(revision)];
        _items = larger;
    }
}
