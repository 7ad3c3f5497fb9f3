namespace Platform.Api.Core.V1;

/// <summary>A secret in any namespace.</summary>
[MapType("atomic")]
public sealed partial record SecretReference
{
    /// <summary>Its name.</summary>
    [Proto(1)]
    public string? Name { get; set; }

    /// <summary>Its namespace.</summary>
    [Proto(2)]
    public string? Namespace { get; set; }
}
