using System.Buffers.Binary;
using System.Text;

namespace Platform.ApiServer.Discovery;

/// <summary>Writes the fields of a protobuf message.</summary>
internal sealed class ProtobufMessage
{
    private readonly MemoryStream _output = new();

    /// <summary>A string field; left out where it is empty.</summary>
    public void Text(int field, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        var bytes = Encoding.UTF8.GetBytes(value);
        Header(field, 2);
        Number((ulong)bytes.Length);
        _output.Write(bytes);
    }

    /// <summary>A boolean field; left out where it is false.</summary>
    public void Boolean(int field, bool value)
    {
        if (!value)
            return;
        Header(field, 0);
        Number(1);
    }

    /// <summary>A message field; written even where it is empty, since its presence says something.</summary>
    public void Message(int field, ProtobufMessage value)
    {
        Header(field, 2);
        Number((ulong)value._output.Length);
        value._output.WriteTo(_output);
    }

    /// <summary>A floating-point field; left out where there is none.</summary>
    public void Double(int field, double? value)
    {
        if (value is not { } number)
            return;
        Header(field, 1);
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
        _output.Write(bytes);
    }

    /// <summary>An integer field; left out where there is none.</summary>
    public void Integer(int field, long? value)
    {
        if (value is not { } number)
            return;
        Header(field, 0);
        Number((ulong)number);
    }

    public byte[] ToArray() => _output.ToArray();

    private void Header(int field, int type) => Number((ulong)((field << 3) | type));

    private void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _output.WriteByte((byte)(value | 0x80));
        _output.WriteByte((byte)value);
    }
}
