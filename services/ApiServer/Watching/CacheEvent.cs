using System.Text;

namespace Platform.ApiServer.Watching;

/// <summary>Type of a watch event, as the wire names it.</summary>
internal enum EventType
{
    Added,
    Modified,
    Deleted,
}

/// <summary>One change of one object, as a commit made it. Shared by the ring and all watchers.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object after it; for a deletion the last version, stamped with the revision of the deletion.</param>
/// <param name="Old">The object before it; null for a creation.</param>
/// <param name="TraceParent">Trace context of the write; null where it was not traced.</param>
internal sealed record CacheEvent(EventType Type, CachedObject Object, CachedObject? Old, string? TraceParent)
{
    public long Revision => Object.Revision;

    /// <summary>
    /// How the event looks through a selection, or null where it does not: an update that moves an object into the selection is an
    /// addition to it, one that moves it out is a deletion.
    /// </summary>
    public WatchItem? Through(Selection selection)
    {
        if (selection.Namespace.Length > 0 && !Object.Namespace.SequenceEqual(selection.Namespace))
            return null;
        if (selection.IsWhole)
            return new(Type, Object, TraceParent);
        var now = Type != EventType.Deleted && selection.MatchesSelectors(Object);
        var before = Old is not null && selection.MatchesSelectors(Old);
        return (before, now) switch
        {
            (false, true) => new(EventType.Added, Object, TraceParent),
            (true, true) => new(EventType.Modified, Object, TraceParent),
            (true, false) => new(EventType.Deleted, Object, TraceParent),
            _ => null,
        };
    }
}

/// <summary>What one watcher is sent: the frame's beginning, then the object's shared bytes, which end the frame.</summary>
internal readonly record struct WatchItem(EventType Type, CachedObject Object, string? TraceParent)
{
    /// <summary>Beginning of the frame, up to the object.</summary>
    public ReadOnlySpan<byte> Prefix => PrefixOf(Type);

    /// <summary>Beginning of the frame with the cause of the event in it, for Platform's own clients.</summary>
    public byte[] PrefixWithCause() => Encoding.UTF8.GetBytes(
        $"{{\"type\":\"{NameOf(Type)}\",\"cause\":{{\"traceparent\":\"{TraceParent}\"}},\"object\":");

    public static string NameOf(EventType type) => type switch
    {
        EventType.Added => "ADDED",
        EventType.Modified => "MODIFIED",
        _ => "DELETED",
    };

    private static ReadOnlySpan<byte> PrefixOf(EventType type) => type switch
    {
        EventType.Added => "{\"type\":\"ADDED\",\"object\":"u8,
        EventType.Modified => "{\"type\":\"MODIFIED\",\"object\":"u8,
        _ => "{\"type\":\"DELETED\",\"object\":"u8,
    };
}
