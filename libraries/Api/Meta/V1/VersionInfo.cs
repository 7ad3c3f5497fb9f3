namespace Platform.Api.Meta.V1;

/// <summary>VersionInfo.</summary>
public sealed partial record VersionInfo
{
    /// <summary>buildDate.</summary>
    [Required]
    public string? BuildDate { get; set; }

    /// <summary>compiler.</summary>
    [Required]
    public string? Compiler { get; set; }

    /// <summary>gitCommit.</summary>
    [Required]
    public string? GitCommit { get; set; }

    /// <summary>gitTreeState.</summary>
    [Required]
    public string? GitTreeState { get; set; }

    /// <summary>gitVersion.</summary>
    [Required]
    public string? GitVersion { get; set; }

    /// <summary>goVersion.</summary>
    [Required]
    public string? GoVersion { get; set; }

    /// <summary>major.</summary>
    [Required]
    public string? Major { get; set; }

    /// <summary>minor.</summary>
    [Required]
    public string? Minor { get; set; }

    /// <summary>platform.</summary>
    [Required]
    public string? Platform { get; set; }
}
