using System.Text;
using Google.Protobuf;

namespace Platform.Api.Tests.Protobuf;

/// <summary>
/// A message as text, its fields in the order of their numbers: the order on the wire means nothing, except among fields of one number. Read by
/// Google's decoder. What looks like a message is taken for one, on both sides of a comparison alike.
/// </summary>
internal static class ProtobufTree
{
    public static string Of(ReadOnlySpan<byte> message) => Read(message.ToArray()) ?? throw new InvalidDataException("not a message");

    private static string? Read(byte[] message)
    {
        var fields = new List<(int Number, string Text)>();
        try
        {
            using var input = new CodedInputStream(message);
            while (input.ReadTag() is var tag and not 0)
            {
                var number = WireFormat.GetTagFieldNumber(tag);
                fields.Add((number, WireFormat.GetTagWireType(tag) switch
                {
                    WireFormat.WireType.Varint => input.ReadInt64().ToString(System.Globalization.CultureInfo.InvariantCulture),
                    WireFormat.WireType.Fixed64 => input.ReadDouble().ToString(System.Globalization.CultureInfo.InvariantCulture),
                    WireFormat.WireType.LengthDelimited => Content(input.ReadBytes().ToByteArray()),
                    var other => throw new InvalidDataException($"wire type {other}"),
                }));
            }
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException)
        {
            return null;
        }

        return string.Join('\n', fields.OrderBy(f => f.Number).Select(f => $"{f.Number}: {f.Text}"));
    }

    private static string Content(byte[] bytes) =>
        bytes.Length == 0 ? "empty" : Read(bytes) is { } message ? "{\n" + message + "\n}" : '"' + Encoding.UTF8.GetString(bytes) + '"';
}
