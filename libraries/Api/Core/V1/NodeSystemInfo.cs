namespace Platform.Api.Core.V1;

/// <summary>NodeSystemInfo.</summary>
public sealed partial record NodeSystemInfo
{
    /// <summary>machineID.</summary>
    [Proto(1), Required]
    public string? MachineID { get; set; }

    /// <summary>systemUUID.</summary>
    [Proto(2), Required]
    public string? SystemUUID { get; set; }

    /// <summary>bootID.</summary>
    [Proto(3), Required]
    public string? BootID { get; set; }

    /// <summary>kernelVersion.</summary>
    [Proto(4), Required]
    public string? KernelVersion { get; set; }

    /// <summary>osImage.</summary>
    [Proto(5), Required]
    public string? OsImage { get; set; }

    /// <summary>containerRuntimeVersion.</summary>
    [Proto(6), Required]
    public string? ContainerRuntimeVersion { get; set; }

    /// <summary>kubeletVersion.</summary>
    [Proto(7), Required]
    public string? KubeletVersion { get; set; }

    /// <summary>kubeProxyVersion.</summary>
    [Proto(8), Required]
    public string? KubeProxyVersion { get; set; }

    /// <summary>operatingSystem.</summary>
    [Proto(9), Required]
    public string? OperatingSystem { get; set; }

    /// <summary>architecture.</summary>
    [Proto(10), Required]
    public string? Architecture { get; set; }
}

/// <summary>Taint.</summary>
public sealed partial record Taint
{
    /// <summary>key.</summary>
    [Proto(1), Required]
    public string? Key { get; set; }

    /// <summary>value.</summary>
    [Proto(2)]
    public string? Value { get; set; }

    /// <summary>effect.</summary>
    [Proto(3), Required]
    public string? Effect { get; set; }

    /// <summary>timeAdded.</summary>
    [Proto(4)]
    public DateTimeOffset? TimeAdded { get; set; }
}
