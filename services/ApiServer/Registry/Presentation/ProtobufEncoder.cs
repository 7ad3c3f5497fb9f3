using System.Buffers;
using Platform.Api.Errors;
using Platform.Api.Protobuf;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>
/// Protobuf, which upstream's own components ask for. A list says its length before its items, and each item says its own, so a large list is gone
/// through twice: once to measure, once to send. That costs time and spares memory, which a few clients that list everything at once would fill.
/// </summary>
internal sealed class ProtobufEncoder : AnswerEncoder
{
    public static readonly ProtobufEncoder Instance = new();

    /// <summary>JSON bytes up to which a list is made in memory.</summary>
    private const int SmallListBytes = 256 * 1024;

    public override string ContentType => ProtobufJson.MediaType;

    public override void WriteObject(IBufferWriter<byte> output, ReadOnlySpan<byte> json)
    {
        var buffer = new ProtobufBuffer();
        if (!JsonProtobuf.TryWrite(json, buffer))
            throw ApiErrors.NotAcceptable([ObjectResponse.Json, YamlEncoder.MediaType]);
        output.Write(buffer.Written);
    }

    public override async Task WriteListAsync(AnswerBody body, ListAnswer list)
    {
        var head = new ProtobufBuffer();
        JsonProtobuf.WriteListMeta(list.Metadata, head);
        var (items, measured) = Measure(list, list.JsonLength is <= SmallListBytes);
        long length = head.Length;
        foreach (var item in items)
            length += 1 + ProtobufBuffer.VarintBytes((ulong)item) + item;

        var envelope = new ProtobufBuffer();
        JsonProtobuf.EnvelopeHead(envelope, list.ApiVersion, list.Kind);
        envelope.Head(2, length);
        var rest = envelope.Length;
        JsonProtobuf.EnvelopeEnd(envelope);
        await body.BeginAsync(envelope.Length + length);
        body.Write(envelope.Written[..rest]);
        body.Write(head.Written);
        var buffer = new ProtobufBuffer();
        var at = 0;
        for (var i = 0; i < items.Length; i++)
        {
            buffer.Reset();
            buffer.Head(2, items[i]);
            if (measured is null)
                JsonProtobuf.WriteItem(list.Item(i).Span, list.ItemApiVersion, list.ItemKind, buffer);
            else
                buffer.Raw(measured.Written.Slice(at, items[i]));
            at += items[i];
            body.Write(buffer.Written);
            if (!await body.StepAsync())
                return;
        }
        body.Write(envelope.Written[rest..]);
        await body.EndAsync();
    }

    /// <summary>The items' lengths, and the items themselves where they are kept.</summary>
    private static (int[] Lengths, ProtobufBuffer? Items) Measure(ListAnswer list, bool keep)
    {
        var lengths = new int[list.Count];
        var buffer = new ProtobufBuffer();
        for (var i = 0; i < lengths.Length; i++)
        {
            if (!keep)
                buffer.Reset();
            var before = buffer.Length;
            JsonProtobuf.WriteItem(list.Item(i).Span, list.ItemApiVersion, list.ItemKind, buffer);
            lengths[i] = buffer.Length - before;
        }
        return (lengths, keep ? buffer : null);
    }
}
