using System.Text.Json;

namespace Platform.Api.Protobuf;

/// <summary>One field of a message as it is on the wire.</summary>
/// <param name="Number">Field number.</param>
/// <param name="Value">Value of a varint or fixed-width field.</param>
/// <param name="Bytes">Content of a field with a length: text, bytes, or a message.</param>
internal readonly record struct ProtobufField(int Number, ulong Value, ReadOnlyMemory<byte> Bytes);

/// <summary>Takes a protobuf message apart into its fields, without knowing its type.</summary>
internal static class ProtobufMessage
{
    public static List<ProtobufField> Parse(ReadOnlyMemory<byte> message)
    {
        var fields = new List<ProtobufField>();
        var at = 0;
        while (at < message.Length)
        {
            var tag = Varint(message.Span, ref at);
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
                        throw new JsonException("protobuf: a field is longer than its message");
                    fields.Add(new(number, 0, Take(message, ref at, (int)length)));
                    break;
                case 5:
                    fields.Add(new(number, BitConverter.ToUInt32(Take(message, ref at, 4).Span), default));
                    break;
                default:
                    throw new JsonException("protobuf: unknown wire type");
            }
        }

        return fields;
    }

    private static ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> message, ref int at, int length)
    {
        if (length > message.Length - at)
            throw new JsonException("protobuf: the message ends within a field");
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
                throw new JsonException("protobuf: the message ends within a number");
            var part = message[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }

        throw new JsonException("protobuf: a number is too long");
    }
}
