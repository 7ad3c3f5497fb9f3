namespace Platform.Api.Meta.V1;

public sealed partial record VersionInfo
{
    [Required]
    public string? BuildDate { get; set; }

    [Required]
    public string? Compiler { get; set; }

    [Required]
    public string? GitCommit { get; set; }

    [Required]
    public string? GitTreeState { get; set; }

    [Required]
    public string? GitVersion { get; set; }

    [Required]
    public string? GoVersion { get; set; }

    [Required]
    public string? Major { get; set; }

    [Required]
    public string? Minor { get; set; }

    [Required]
    public string? Platform { get; set; }
}
