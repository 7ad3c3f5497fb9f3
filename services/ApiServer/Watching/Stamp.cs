using System.Buffers.Text;

namespace Platform.ApiServer.Watching;

/// <summary>
/// An object is encoded before its revision is known, so its stored bytes carry <c>"resourceVersion":""</c> as a placeholder. Stamping
/// splices the revision into it by copying, without parsing. The first match is the right one: <c>apiVersion</c>, <c>kind</c> and
/// <c>metadata</c> come first on the wire, maps of the client's own keys come after <c>resourceVersion</c> within the metadata, and
/// inside a string every quote is escaped.
/// </summary>
internal static class Stamp
{
    /// <summary>Most digits that a revision has.</summary>
    public const int MaximumDigits = 19;

    private static ReadOnlySpan<byte> Placeholder => "\"resourceVersion\":\"\""u8;

    /// <summary>What ends the frame of a watch event behind the object.</summary>
    public static ReadOnlySpan<byte> FrameEnd => "}\n"u8;

    /// <summary>Position in stored bytes at which the revision belongs.</summary>
    public static int PositionIn(ReadOnlySpan<byte> stored)
    {
        var start = stored.IndexOf(Placeholder);
        return start >= 0 ? start + Placeholder.Length - 1 : throw new InvalidDataException("a stored object has no resource version to stamp");
    }

    /// <summary>The object with its revision, with the end of a watch frame behind it.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> stored, long revision)
    {
        Span<byte> digits = stackalloc byte[MaximumDigits];
        Utf8Formatter.TryFormat(revision, digits, out var length);
        var position = PositionIn(stored);
        var result = GC.AllocateUninitializedArray<byte>(stored.Length + length + FrameEnd.Length);
        stored[..position].CopyTo(result);
        digits[..length].CopyTo(result.AsSpan(position));
        stored[position..].CopyTo(result.AsSpan(position + length));
        FrameEnd.CopyTo(result.AsSpan(stored.Length + length));
        return result;
    }

    /// <summary>The object without the placeholder, for answers about what is not stored. A comma follows it, since a time of creation does.</summary>
    public static byte[] Without(ReadOnlySpan<byte> stored)
    {
        var end = PositionIn(stored) + 1;
        return [.. stored[..(end - Placeholder.Length)], .. stored[(end + 1)..]];
    }

    /// <summary>Whether bytes about to be stored equal what a stamped object was stored as.</summary>
    public static bool IsUnchanged(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> stamped, long revision)
    {
        Span<byte> digits = stackalloc byte[MaximumDigits];
        Utf8Formatter.TryFormat(revision, digits, out var length);
        if (stamped.Length != stored.Length + length)
            return false;
        var position = PositionIn(stored);
        return stored[..position].SequenceEqual(stamped[..position]) && stored[position..].SequenceEqual(stamped[(position + length)..]);
    }
}
