namespace Platform.Api.AdmissionRegistration.V1;

/// <summary>A service in the cluster that answers HTTPS.</summary>
public sealed partial record ServiceReference
{
    /// <summary>Namespace of the service.</summary>
    [Proto(1), Required]
    public string? Namespace { get; set; }

    /// <summary>Name of the service.</summary>
    [Proto(2), Required]
    public string? Name { get; set; }

    /// <summary>Path of the URL.</summary>
    [Proto(3)]
    public string? Path { get; set; }

    /// <summary>Port of the service. Default 443.</summary>
    [Proto(4)]
    public int? Port { get; set; }
}

/// <summary>How a webhook is reached: by service or by URL.</summary>
public sealed partial record WebhookClientConfig
{
    /// <summary>A service in the cluster.</summary>
    [Proto(1)]
    public ServiceReference? Service { get; set; }

    /// <summary>PEM certificates, one of which must have signed the webhook's. The machine's where empty.</summary>
    [Proto(2)]
    public byte[]? CaBundle { get; set; }

    /// <summary>Address such as https://hook.example.com/path; without user, query or fragment.</summary>
    [Proto(3)]
    public string? Url { get; set; }
}
