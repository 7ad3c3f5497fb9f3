namespace Platform.Streaming.Spdy;

/// <summary>Types of SPDY/3.1's control frames.</summary>
internal enum ControlFrame : ushort
{
    SynStream = 1,
    SynReply = 2,
    RstStream = 3,
    Settings = 4,
    Ping = 6,
    GoAway = 7,
    Headers = 8,
    WindowUpdate = 9,
}

/// <summary>Why a stream is reset.</summary>
public enum ResetStatus : uint
{
    ProtocolError = 1,
    InvalidStream = 2,
    RefusedStream = 3,
    UnsupportedVersion = 4,
    Cancel = 5,
    InternalError = 6,
    FlowControlError = 7,
}

/// <summary>Numbers of the protocol, and this implementation's bounds.</summary>
internal static class SpdyProtocol
{
    public const int Version = 3;
    public const int HeaderSize = 8;
    public const byte FinFlag = 1;
    public const int InitialWindow = 64 * 1024; // bytes
    public const int InitialWindowSetting = 7;

    /// <summary>Bytes of one data frame that is sent; larger ones are taken.</summary>
    public const int MaxDataFrame = 16 * 1024;

    /// <summary>Bytes of a control frame; remote commands need a few hundred.</summary>
    public const int MaxControlFrame = 64 * 1024;

    /// <summary>Bytes of a decompressed header block.</summary>
    public const int MaxHeaderBlock = 64 * 1024;

    /// <summary>Bytes held for a stream that nobody reads; then the connection is not read either. More than a window, for peers without windows.</summary>
    public const int MaxBuffered = 256 * 1024;

    /// <summary>Streams open at once on a connection.</summary>
    public const int MaxStreams = 1024;

    /// <summary>Answers (pings, window updates, replies) waiting to be sent; a peer that makes more and reads none is cut off.</summary>
    public const int MaxQueuedAnswers = 4096;
}

/// <summary>The peer broke the protocol; the connection is over.</summary>
public sealed class SpdyException(string message, Exception? inner = null) : IOException(message, inner);
