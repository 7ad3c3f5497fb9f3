using System.Buffers.Binary;
using System.Text;

namespace Platform.Streaming.Spdy;

/// <summary>Names and values as SPDY/3 lays them out: a count, then each text with its length before it; names in lower case.</summary>
internal static class HeaderBlock
{
    private const int MaxHeaders = 256;

    public static byte[] Encode(IReadOnlyDictionary<string, string> headers)
    {
        var block = new MemoryStream();
        WriteNumber(block, headers.Count);
        foreach (var (name, value) in headers)
        {
            WriteText(block, name.ToLowerInvariant());
            WriteText(block, value);
        }

        return block.ToArray();
    }

    /// <exception cref="SpdyException">The block is not well formed.</exception>
    public static Dictionary<string, string> Decode(ReadOnlySpan<byte> block)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var count = ReadNumber(ref block);
        if (count > MaxHeaders)
            throw new SpdyException("too many headers");
        for (var i = 0; i < count; i++)
        {
            var name = ReadText(ref block);
            headers[name] = ReadText(ref block).Replace('\0', ','); // several values are separated by 0
        }

        return headers;
    }

    private static void WriteNumber(Stream block, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        block.Write(bytes);
    }

    private static void WriteText(Stream block, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        WriteNumber(block, bytes.Length);
        block.Write(bytes);
    }

    private static int ReadNumber(ref ReadOnlySpan<byte> block)
    {
        if (block.Length < sizeof(int))
            throw new SpdyException("the headers are cut off");
        var number = BinaryPrimitives.ReadInt32BigEndian(block);
        block = block[sizeof(int)..];
        return number >= 0 ? number : throw new SpdyException("the headers have a negative length");
    }

    private static string ReadText(ref ReadOnlySpan<byte> block)
    {
        var length = ReadNumber(ref block);
        if (length > block.Length)
            throw new SpdyException("the headers are cut off");
        var text = Encoding.UTF8.GetString(block[..length]);
        block = block[length..];
        return text;
    }
}
