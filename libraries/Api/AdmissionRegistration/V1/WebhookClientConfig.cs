namespace Platform.Api.AdmissionRegistration.V1;

public sealed partial record ServiceReference
{
    [Proto(1), Required]
    public string? Namespace { get; set; }

    [Proto(2), Required]
    public string? Name { get; set; }

    [Proto(3)]
    public string? Path { get; set; }

    [Proto(4)]
    public int? Port { get; set; }
}

public sealed partial record WebhookClientConfig
{
    [Proto(1)]
    public ServiceReference? Service { get; set; }

    [Proto(2)]
    public byte[]? CaBundle { get; set; }

    [Proto(3)]
    public string? Url { get; set; }
}
