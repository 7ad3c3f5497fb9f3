namespace Platform.Streaming.RemoteCommand;

/// <summary>Names of the protocols' versions and of the streams.</summary>
internal static class RemoteCommandProtocol
{
    public const string V5 = "v5.channel.k8s.io";
    public const string V4 = "v4.channel.k8s.io";
    public const string V4Base64 = "v4.base64.channel.k8s.io";
    public const string Channel = "channel.k8s.io";
    public const string Base64 = "base64.channel.k8s.io";

    /// <summary>Header of a SPDY stream that says what it is for.</summary>
    public const string StreamType = "streamType";

    public const string Error = "error";
    public const string Stdin = "stdin";
    public const string Stdout = "stdout";
    public const string Stderr = "stderr";
    public const string Resize = "resize";

    /// <summary>Bytes of a status.</summary>
    public const int MaxStatus = 64 * 1024;

    /// <summary>What SPDY clients may ask for, as the kubelet answers. Before v4 the error stream carries text, before v3 there is no resizing.</summary>
    public static readonly IReadOnlyList<string> OverSpdy = [V5, V4, "v3.channel.k8s.io", "v2.channel.k8s.io", Channel];

    /// <summary>What WebSocket clients may ask for.</summary>
    public static readonly IReadOnlyList<string> OverWebSocket = [V5, V4, V4Base64, Channel, Base64];

    /// <summary>What to ask a container runtime for; containerd has no v5, and over SPDY it would be the same as v4.</summary>
    public static readonly IReadOnlyList<string> OfRuntime = [V4];

    public static bool HasJsonStatus(string protocol) => protocol is V5 or V4 or V4Base64;

    public static bool HasResize(string protocol) => protocol is not "v2.channel.k8s.io" and not Channel;

    /// <summary>What to write on the error stream; null for nothing.</summary>
    public static byte[]? EncodeStatus(string protocol, RemoteCommandStatus status) =>
        HasJsonStatus(protocol) ? status.ToJson()
        : status.IsSuccess ? null
        : System.Text.Encoding.UTF8.GetBytes(status.Message);
}
