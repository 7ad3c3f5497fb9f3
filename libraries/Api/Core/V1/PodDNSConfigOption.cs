namespace Platform.Api.Core.V1;

public sealed partial record PodDNSConfigOption
{
    [Proto(1)]
    public string? Name { get; set; }

    [Proto(2)]
    public string? Value { get; set; }
}
