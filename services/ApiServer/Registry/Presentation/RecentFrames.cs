using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>
/// The frames that watches in another encoding than the stored one were sent last. An event goes to all its watchers at about the same time, so a few of
/// them, found by revision, spare nearly all of the encoding. Losing one costs no more than making it again, so there are no locks.
/// </summary>
internal sealed class RecentFrames
{
    /// <summary>Frames that are held; a power of two.</summary>
    private const int Slots = 256;

    /// <summary>Longest frame that is held, in bytes; together with the number of them this bounds the memory to 16 MiB.</summary>
    private const int MaximumBytes = 64 * 1024;

    private readonly Entry?[] _entries = new Entry?[Slots];

    public byte[]? Find(CachedObject value, EventType type) =>
        Volatile.Read(ref _entries[Slot(value)]) is { } entry && ReferenceEquals(entry.Object, value) && entry.Type == type ? entry.Frame : null;

    public void Keep(CachedObject value, EventType type, byte[] frame)
    {
        if (frame.Length <= MaximumBytes)
            Volatile.Write(ref _entries[Slot(value)], new(value, type, frame));
    }

    private static int Slot(CachedObject value) => (int)(value.Revision & (Slots - 1));

    private sealed record Entry(CachedObject Object, EventType Type, byte[] Frame);
}
