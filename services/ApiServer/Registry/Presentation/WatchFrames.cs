using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Platform.Api.Protobuf;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>How the events of a watch are framed: one JSON document per line, or protobuf messages behind their lengths.</summary>
internal abstract class WatchFrames
{
    public abstract string ContentType { get; }

    /// <summary>Writes an event about a cached object as it is.</summary>
    public abstract void Write(IBufferWriter<byte> output, WatchItem item, bool withCause);

    /// <summary>Writes an event about an object that is given as JSON.</summary>
    public abstract void Write(IBufferWriter<byte> output, string type, ReadOnlySpan<byte> json);

    public static WatchFrames Of(AnswerFormat format, RecentFrames recent) => format == AnswerFormat.Protobuf ? new ProtobufFrames(recent) : JsonFrames.Instance;

    private sealed class JsonFrames : WatchFrames
    {
        public static readonly JsonFrames Instance = new();

        public override string ContentType => ObjectResponse.Json;

        // The object's bytes carry the end of the frame with them.
        public override void Write(IBufferWriter<byte> output, WatchItem item, bool withCause)
        {
            if (withCause && item.TraceParent is not null)
                output.Write(item.PrefixWithCause());
            else
                output.Write(item.Prefix);
            output.Write(item.Object.Framed.Span);
        }

        public override void Write(IBufferWriter<byte> output, string type, ReadOnlySpan<byte> json)
        {
            output.Write(Encoding.UTF8.GetBytes($"{{\"type\":\"{type}\",\"object\":"));
            output.Write(json);
            output.Write(Stamp.FrameEnd);
        }
    }

    /// <summary>
    /// Each frame is the length of a <c>WatchEvent</c> in four bytes, the most significant first, and the event, which holds the object in an envelope
    /// of its own. The cause of an event is a thing of Platform's own clients, which read JSON.
    /// </summary>
    private sealed class ProtobufFrames(RecentFrames recent) : WatchFrames
    {
        private readonly ProtobufBuffer _buffer = new();

        public override string ContentType => ProtobufJson.MediaType + ";stream=watch";

        public override void Write(IBufferWriter<byte> output, WatchItem item, bool withCause)
        {
            if (recent.Find(item.Object, item.Type) is { } known)
            {
                output.Write(known);
                return;
            }
            Fill(WatchItem.NameOf(item.Type), item.Object.Bytes.Span);
            var frame = new byte[sizeof(uint) + _buffer.Length];
            BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)_buffer.Length);
            _buffer.Written.CopyTo(frame.AsSpan(sizeof(uint)));
            recent.Keep(item.Object, item.Type, frame);
            output.Write(frame);
        }

        public override void Write(IBufferWriter<byte> output, string type, ReadOnlySpan<byte> json)
        {
            Fill(type, json);
            BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(sizeof(uint)), (uint)_buffer.Length);
            output.Advance(sizeof(uint));
            output.Write(_buffer.Written);
        }

        private void Fill(string type, ReadOnlySpan<byte> json)
        {
            _buffer.Reset();
            _buffer.Bytes(1, Encoding.UTF8.GetBytes(type));
            var extension = _buffer.Begin(2);
            var raw = _buffer.Begin(1);
            if (!JsonProtobuf.TryWrite(json, _buffer))
                throw new InvalidOperationException("a watch of a kind without a protobuf form was not refused");
            _buffer.End(raw);
            _buffer.End(extension);
        }
    }
}
