namespace Platform.Api.Protobuf;

/// <summary>
/// Memory that a protobuf message is written into, front to back. The length of a nested message stands before it and is known only after it, so it gets
/// one byte at first, and a message that turns out longer is moved. Can be used again and again.
/// </summary>
public sealed class ProtobufBuffer
{
    private const int InitialBytes = 1024;
    private const int MaximumVarintBytes = 10;
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;

    private byte[] _bytes = new byte[InitialBytes];

    /// <summary>How much has been written, in bytes.</summary>
    public int Length { get; private set; }

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Forgets what has been written, from a position on.</summary>
    public void Reset(int length = 0) => Length = length;

    /// <summary>Writes bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Writes a field of text or bytes.</summary>
    public void Bytes(int number, ReadOnlySpan<byte> bytes)
    {
        Tag(number, LengthDelimited);
        Number((ulong)bytes.Length);
        Raw(bytes);
    }

    /// <summary>Writes the beginning of a field whose content, of a known length, is written elsewhere.</summary>
    public void Head(int number, long length)
    {
        Tag(number, LengthDelimited);
        Number((ulong)length);
    }

    /// <summary>Writes a whole number; negative ones take ten bytes, as in all of Kubernetes' types.</summary>
    public void Integer(int number, long value)
    {
        Tag(number, Varint);
        Number((ulong)value);
    }

    /// <summary>Writes a floating-point number.</summary>
    public void Double(int number, double value)
    {
        Tag(number, Fixed64);
        BitConverter.TryWriteBytes(Room(sizeof(double)), value);
        Length += sizeof(double);
    }

    /// <summary>Begins a nested message, and answers the mark that ends it.</summary>
    public int Begin(int number)
    {
        Tag(number, LengthDelimited);
        Room(1);
        return ++Length;
    }

    /// <summary>Ends a nested message.</summary>
    public void End(int mark)
    {
        var length = (uint)(Length - mark);
        if (length < 0x80)
        {
            _bytes[mark - 1] = (byte)length;
            return;
        }

        var more = VarintBytes(length) - 1;
        Room(more);
        _bytes.AsSpan(mark, (int)length).CopyTo(_bytes.AsSpan(mark + more));
        var end = Length + more;
        Length = mark - 1;
        Number(length);
        Length = end;
    }

    /// <summary>Bytes that a number takes as a varint.</summary>
    public static int VarintBytes(ulong value)
    {
        var count = 1;
        for (; value >= 0x80; value >>= 7)
            count++;
        return count;
    }

    /// <summary>A place of at least so many bytes, to be filled and then counted by <see cref="Advance"/>.</summary>
    internal Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count)
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max((long)Length + count, 2L * _bytes.Length)));
        return _bytes.AsSpan(Length);
    }

    internal void Advance(int count) => Length += count;

    private void Tag(int number, int wireType) => Number((ulong)(uint)number << 3 | (uint)wireType);

    private void Number(ulong value)
    {
        var room = Room(MaximumVarintBytes);
        var at = 0;
        for (; value >= 0x80; value >>= 7)
            room[at++] = (byte)(value | 0x80);
        room[at++] = (byte)value;
        Length += at;
    }
}
