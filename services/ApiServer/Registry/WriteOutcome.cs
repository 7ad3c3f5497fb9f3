using Platform.Api;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry;

/// <summary>What a write leads to: the object as stored, without its revision in it, and the revision.</summary>
/// <param name="Stored">Encoded object with an empty resource version.</param>
/// <param name="Revision">Revision to stamp; 0 where there is none, as for a rehearsal of a create: the answer then has no resource version.</param>
/// <param name="Created">Whether the object is new.</param>
/// <param name="Deleted">Whether the object is gone.</param>
internal readonly record struct WriteOutcome(ReadOnlyMemory<byte> Stored, long Revision, bool Created = false, bool Deleted = false)
{
    /// <summary>What was deleted or marked for it. A removed object is only encoded where the answer is the object.</summary>
    public KubernetesObject? Gone { get; init; }

    /// <summary>An object that is already as the write would have it.</summary>
    public CachedObject? Unchanged { get; init; }

    /// <summary>The stamped object.</summary>
    public ReadOnlyMemory<byte> Stamped()
    {
        if (Unchanged is not null)
            return Unchanged.Bytes;
        return Revision == 0 ? Stamp.Without(Stored.Span) : Stamp.Frame(Stored.Span, Revision).AsMemory()[..^Stamp.FrameEnd.Length];
    }
}
