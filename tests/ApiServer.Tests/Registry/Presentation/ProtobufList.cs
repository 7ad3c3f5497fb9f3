using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Api.Protobuf;

namespace Platform.ApiServer.Tests.Registry.Presentation;

/// <summary>Takes lists and watch streams in protobuf apart; their items become JSON through the decoder of request bodies.</summary>
internal static class ProtobufList
{
    private static readonly byte[] Magic = "k8s\0"u8.ToArray();

    public static (string Kind, string Version, List<JsonNode> Items) Read(byte[] body)
    {
        body.AsSpan(0, 4).SequenceEqual(Magic).ShouldBeTrue();
        var envelope = Fields(body.AsMemory(4));
        var meta = Fields(envelope.Single(f => f.Number == 1).Content);
        var (apiVersion, kind) = (Text(meta, 1), Text(meta, 2));
        var list = Fields(envelope.Single(f => f.Number == 2).Content);
        var version = Text(Fields(list.Single(f => f.Number == 1).Content), 2);
        return (kind, version, [.. list.Where(f => f.Number == 2).Select(f => Item(apiVersion, kind[..^"List".Length], f.Content))]);
    }

    public static List<(string Type, JsonNode Object)> ReadEvents(byte[] stream)
    {
        var events = new List<(string, JsonNode)>();
        for (var at = 0; at < stream.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(stream.AsSpan(at));
            var item = Fields(stream.AsMemory(at + 4, length));
            var raw = Fields(item.Single(f => f.Number == 2).Content).Single(f => f.Number == 1).Content;
            events.Add((Text(item, 1), JsonNode.Parse(ProtobufJson.ToJson(raw))!));
            at += 4 + length;
        }

        return events;
    }

    private static JsonNode Item(string apiVersion, string kind, ReadOnlyMemory<byte> message)
    {
        var envelope = new ProtobufBuffer();
        JsonProtobuf.EnvelopeHead(envelope, apiVersion, kind);
        envelope.Bytes(2, message.Span);
        var item = JsonNode.Parse(ProtobufJson.ToJson(envelope.Written.ToArray()))!;
        return item;
    }

    private static string Text(List<(int Number, ReadOnlyMemory<byte> Content)> fields, int number) =>
        Encoding.UTF8.GetString(fields.LastOrDefault(f => f.Number == number).Content.Span);

    // Only fields with a length occur on this level.
    private static List<(int Number, ReadOnlyMemory<byte> Content)> Fields(ReadOnlyMemory<byte> message)
    {
        var fields = new List<(int, ReadOnlyMemory<byte>)>();
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message.Span, ref at);
            (tag & 7).ShouldBe(2);
            var length = Varint(message.Span, ref at);
            fields.Add((tag >> 3, message.Slice(at, length)));
            at += length;
        }

        return fields;
    }

    private static int Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[at++];
            value |= (part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }
    }
}
