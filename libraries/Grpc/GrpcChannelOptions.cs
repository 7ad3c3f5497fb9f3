using System.Net.Security;

namespace Platform.Grpc;

/// <summary>How a channel connects, and its limits.</summary>
public sealed record GrpcChannelOptions
{
    /// <summary>Trust and client certificates for an <c>https</c> address; null for the machine's trust and no certificate.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>A larger message from the server fails the call with ResourceExhausted. Bytes.</summary>
    public int MaxReceiveMessageSize { get; init; } = 16 * 1024 * 1024;

    /// <summary>A larger message is refused before it is sent, with ResourceExhausted. Bytes.</summary>
    public int MaxSendMessageSize { get; init; } = 16 * 1024 * 1024;

    /// <summary>A connection that takes longer fails the calls that wait for it with Unavailable.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Deadline of unary calls that name none; null for none.</summary>
    public TimeSpan? UnaryTimeout { get; init; }

    /// <summary>A connection with calls that has been silent so long is asked for a sign of life. Servers may punish much shorter times.</summary>
    public TimeSpan KeepAliveDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection that gives no sign of life for so long is closed; its calls fail with Unavailable.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Clock of the deadlines.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
