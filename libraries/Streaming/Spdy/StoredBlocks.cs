using System.Buffers.Binary;

namespace Platform.Streaming.Spdy;

/// <summary>
/// "Compression" by deflate's stored blocks: the few short headers of a remote command are not worth more. Every piece ends with an empty
/// block, as a flush does, since peers give out what they have inflated only at one.
/// </summary>
internal static class StoredBlocks
{
    private const int MaxBlock = ushort.MaxValue;
    private const int BlockHeader = 5;

    /// <summary>Start of a zlib stream without a dictionary.</summary>
    public static ReadOnlySpan<byte> ZlibHeader => [0x78, 0x01];

    public static byte[] Encode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBlock)
            throw new ArgumentException($"at most {MaxBlock} bytes", nameof(bytes));
        var encoded = new byte[bytes.Length + (bytes.Length > 0 ? 2 : 1) * BlockHeader];
        var rest = encoded.AsSpan();
        if (bytes.Length > 0)
        {
            WriteHeader(rest, bytes.Length);
            bytes.CopyTo(rest[BlockHeader..]);
            rest = rest[(BlockHeader + bytes.Length)..];
        }

        WriteHeader(rest, 0);
        return encoded;
    }

    // First byte 0: not the last block, stored. Then the length and its complement.
    private static void WriteHeader(Span<byte> block, int length)
    {
        block[0] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(block[1..], (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(block[3..], (ushort)~length);
    }
}
