namespace Platform.Api.Core.V1;

/// <summary>An option of the resolver.</summary>
public sealed partial record PodDNSConfigOption
{
    /// <summary>Name, such as ndots.</summary>
    [Proto(1)]
    public string? Name { get; set; }

    /// <summary>Value, for options that have one.</summary>
    [Proto(2)]
    public string? Value { get; set; }
}
