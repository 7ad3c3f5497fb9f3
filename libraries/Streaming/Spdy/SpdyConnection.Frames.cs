using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Threading.Channels;

namespace Platform.Streaming.Spdy;

/// <summary>What each control frame of the peer does.</summary>
public sealed partial class SpdyConnection
{
    private void Handle(ControlFrame type, byte flags, byte[] payload)
    {
        var fixedSize = type switch
        {
            ControlFrame.SynStream => 10,
            ControlFrame.RstStream or ControlFrame.WindowUpdate => 8,
            ControlFrame.GoAway or ControlFrame.SynReply or ControlFrame.Headers or ControlFrame.Ping or ControlFrame.Settings => 4,
            _ => 0,
        };
        if (payload.Length < fixedSize)
            throw new SpdyException($"the {type} frame is too short");
        var first = fixedSize > 0 ? BinaryPrimitives.ReadUInt32BigEndian(payload) & 0x7FFFFFFF : 0;
        switch (type)
        {
            case ControlFrame.SynStream:
                OnSynStream(first, flags, HeaderBlock.Decode(_inflater.Inflate(payload.AsMemory(fixedSize))));
                break;
            case ControlFrame.SynReply or ControlFrame.Headers:
                _inflater.Inflate(payload.AsMemory(fixedSize)); // keeps the decompression in step; nobody needs what they say
                if (!_streams.TryGetValue(first, out var replied))
                    break;
                if (type == ControlFrame.SynReply)
                    replied.OnReply();
                if ((flags & SpdyProtocol.FinFlag) != 0)
                    replied.OnFinished();
                break;
            case ControlFrame.RstStream:
                if (_streams.TryGetValue(first, out var reset))
                    reset.OnReset();
                break;
            case ControlFrame.WindowUpdate:
                _peerHasWindows = true;
                if (_streams.TryGetValue(first, out var opened))
                    opened.Window.Open(BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(4)) & 0x7FFFFFFF);
                break;
            case ControlFrame.Ping:
                if ((first & 1) != (_isClient ? 1u : 0u))
                    Writer.Answer(ControlFrame.Ping, first);
                else if (_pings.TryGetValue(first, out var ping))
                    ping.TrySetResult();
                break;
            case ControlFrame.Settings:
                OnSettings(payload);
                break;
            case ControlFrame.GoAway:
                _peerLeaves = true;
                break;
        }
    }

    private void OnSynStream(uint id, byte flags, Dictionary<string, string> headers)
    {
        if (id <= _lastAccepted || (id & 1) != (_isClient ? 0u : 1u))
            throw new SpdyException($"stream {id} is out of order");
        _lastAccepted = id;
        var stream = new SpdyStream(this, id, headers, NewWindow());
        _streams[id] = stream;
        if (_streams.Count > SpdyProtocol.MaxStreams || _accepted.Reader.Count == SpdyProtocol.MaxStreams)
        {
            Remove(stream);
            Writer.Answer(ControlFrame.RstStream, id, (uint)ResetStatus.RefusedStream);
            return;
        }

        // The reply is queued before anybody can have the stream, so that it goes out before whatever is done with it.
        Writer.Reply(stream);
        _accepted.Writer.TryWrite(stream); // there is room, unless the connection has just ended
        if ((flags & SpdyProtocol.FinFlag) != 0)
            stream.OnFinished();
    }

    private SendWindow NewWindow() => new(Volatile.Read(ref _initialWindow), _peerHasWindows);

    private void OnSettings(byte[] payload)
    {
        const int EntrySize = 8;
        var count = BinaryPrimitives.ReadUInt32BigEndian(payload);
        for (var at = sizeof(uint); count > 0 && at + EntrySize <= payload.Length; count--, at += EntrySize)
        {
            var setting = BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(at)) & 0xFFFFFF; // the high byte has flags
            if (setting != SpdyProtocol.InitialWindowSetting)
                continue;
            long window = BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(at + 4)) & 0x7FFFFFFF;
            var change = window - Interlocked.Exchange(ref _initialWindow, window);
            _peerHasWindows = true;
            foreach (var stream in _streams.Values)
                stream.Window.Open(change);
        }
    }
}
