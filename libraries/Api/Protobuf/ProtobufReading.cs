using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Platform.Api.Json;

namespace Platform.Api.Protobuf;

/// <summary>One field of a message as it is on the wire.</summary>
/// <param name="Number">Field number.</param>
/// <param name="Value">Value of a varint or fixed-width field.</param>
/// <param name="Bytes">Content of a field with a length: text, bytes, or a message.</param>
internal readonly record struct ProtobufField(int Number, ulong Value, ReadOnlyMemory<byte> Bytes);

/// <summary>Takes protobuf messages apart into their fields, without knowing their types. One is made per body, which bounds what a body may cost.</summary>
internal sealed class ProtobufReading
{
    /// <summary>Most fields of a body: two bytes of it can make a field, which takes sixteen times as much in memory.</summary>
    public const int MostFields = 500_000;

    private int _fields;

    public List<ProtobufField> Parse(ReadOnlyMemory<byte> message)
    {
        var fields = new List<ProtobufField>();
        var at = 0;
        while (at < message.Length)
        {
            if (++_fields > MostFields)
                throw new DocumentException("protobuf: the body has too many fields");
            var tag = Varint(message.Span, ref at);
            if (tag >> 3 is 0 or > int.MaxValue)
                throw new DocumentException(string.Create(CultureInfo.InvariantCulture, $"proto: illegal tag {tag >> 3} (wire type {tag & 7})"));
            var number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    fields.Add(new(number, Varint(message.Span, ref at), default));
                    break;
                case 1:
                    fields.Add(new(number, BitConverter.ToUInt64(Take(message, ref at, 8).Span), default));
                    break;
                case 2:
                    var length = Varint(message.Span, ref at);
                    if (length > (ulong)message.Length)
                        throw new DocumentException("unexpected EOF");
                    fields.Add(new(number, 0, Take(message, ref at, (int)length)));
                    break;
                case 5:
                    fields.Add(new(number, BitConverter.ToUInt32(Take(message, ref at, 4).Span), default));
                    break;
                default:
                    throw new DocumentException(string.Create(CultureInfo.InvariantCulture, $"proto: illegal wireType {tag & 7}"));
            }
        }

        return fields;
    }

    /// <summary>The text of a field.</summary>
    public static string Text(ReadOnlyMemory<byte> bytes) =>
        Utf8.IsValid(bytes.Span) ? Encoding.UTF8.GetString(bytes.Span) : throw new DocumentException("protobuf: a text is not valid UTF-8");

    /// <summary>The text of the last field of a number; empty where there is none.</summary>
    public static string Text(List<ProtobufField> fields, int number) => Text(fields.LastOrDefault(f => f.Number == number).Bytes);

    /// <summary>The last field of a number; 0 where there is none.</summary>
    public static ulong Number(List<ProtobufField> fields, int number) => fields.LastOrDefault(f => f.Number == number).Value;

    private static ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> message, ref int at, int length)
    {
        if (length > message.Length - at)
            throw new DocumentException("unexpected EOF");
        var taken = message.Slice(at, length);
        at += length;
        return taken;
    }

    private static ulong Varint(ReadOnlySpan<byte> message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (at >= message.Length)
                throw new DocumentException("unexpected EOF");
            var part = message[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }

        throw new DocumentException("proto: integer overflow");
    }
}
