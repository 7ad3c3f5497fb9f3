namespace Platform.NodeAgent.Volumes;

/// <summary>A volume cannot be set up now; the message becomes that of the <c>FailedMount</c> event.</summary>
internal sealed class VolumeException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Name of the volume, once known.</summary>
    public string Volume { get; init; } = "";
}
