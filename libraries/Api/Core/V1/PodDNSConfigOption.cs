namespace Platform.Api.Core.V1;

/// <summary>PodDNSConfigOption.</summary>
public sealed partial record PodDNSConfigOption
{
    /// <summary>name.</summary>
    [Proto(1)]
    public string? Name { get; set; }

    /// <summary>value.</summary>
    [Proto(2)]
    public string? Value { get; set; }
}
