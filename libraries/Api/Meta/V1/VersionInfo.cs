namespace Platform.Api.Meta.V1;

/// <summary>Version of the server.</summary>
public sealed partial record VersionInfo
{
    /// <summary>When it was built.</summary>
    [Required]
    public string? BuildDate { get; set; }

    /// <summary>What compiled it.</summary>
    [Required]
    public string? Compiler { get; set; }

    /// <summary>Commit.</summary>
    [Required]
    public string? GitCommit { get; set; }

    /// <summary>Whether the sources were as committed.</summary>
    [Required]
    public string? GitTreeState { get; set; }

    /// <summary>Version, such as v1.32.0.</summary>
    [Required]
    public string? GitVersion { get; set; }

    /// <summary>Version of the runtime; named so for upstream's sake.</summary>
    [Required]
    public string? GoVersion { get; set; }

    /// <summary>Major version.</summary>
    [Required]
    public string? Major { get; set; }

    /// <summary>Minor version.</summary>
    [Required]
    public string? Minor { get; set; }

    /// <summary>Operating system and architecture, such as linux/amd64.</summary>
    [Required]
    public string? Platform { get; set; }
}
