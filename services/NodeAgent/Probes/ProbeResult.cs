namespace Platform.NodeAgent.Probes;

/// <summary>What one probe of a container found.</summary>
internal readonly record struct ProbeResult(bool Success, string Message)
{
    public static readonly ProbeResult Ok = new(true, "");

    public static ProbeResult Failed(string message) => new(false, message);
}
