namespace Platform.Streaming.PortForward;

/// <summary>Names of the protocol and of its streams' headers.</summary>
internal static class PortForwardProtocol
{
    public const string Name = "portforward.k8s.io";

    /// <summary>The WebSocket subprotocol that carries SPDY.</summary>
    public const string TunnelName = "SPDY/3.1+portforward.k8s.io";

    public const string StreamType = "streamType";
    public const string Port = "port";
    public const string RequestId = "requestID";
    public const string Data = "data";
    public const string Error = "error";
}
