namespace Platform.Api.Core.V1;

/// <summary>System and versions of a node.</summary>
public sealed partial record NodeSystemInfo
{
    /// <summary>Content of /etc/machine-id.</summary>
    [Proto(1), Required]
    public string? MachineID { get; set; }

    /// <summary>UUID of the machine.</summary>
    [Proto(2), Required]
    public string? SystemUUID { get; set; }

    /// <summary>Changes at each start of the machine.</summary>
    [Proto(3), Required]
    public string? BootID { get; set; }

    /// <summary>Version of the kernel.</summary>
    [Proto(4), Required]
    public string? KernelVersion { get; set; }

    /// <summary>Name of the operating system, such as Debian GNU/Linux 12.</summary>
    [Proto(5), Required]
    public string? OsImage { get; set; }

    /// <summary>Runtime and version, such as containerd://1.6.20.</summary>
    [Proto(6), Required]
    public string? ContainerRuntimeVersion { get; set; }

    /// <summary>Version of the node agent.</summary>
    [Proto(7), Required]
    public string? KubeletVersion { get; set; }

    /// <summary>Deprecated: version of the service proxy.</summary>
    [Proto(8), Required]
    public string? KubeProxyVersion { get; set; }

    /// <summary>Operating system, such as linux.</summary>
    [Proto(9), Required]
    public string? OperatingSystem { get; set; }

    /// <summary>Architecture, such as amd64.</summary>
    [Proto(10), Required]
    public string? Architecture { get; set; }
}

/// <summary>Keeps pods that do not tolerate it from a node.</summary>
public sealed partial record Taint
{
    /// <summary>Key of the taint, such as node.kubernetes.io/unreachable.</summary>
    [Proto(1), Required]
    public string? Key { get; set; }

    /// <summary>Value of the taint; may be empty.</summary>
    [Proto(2)]
    public string? Value { get; set; }

    /// <summary>NoSchedule, PreferNoSchedule or NoExecute.</summary>
    [Proto(3), Required, Enum("NoExecute", "NoSchedule", "PreferNoSchedule")]
    public string? Effect { get; set; }

    /// <summary>When it was put on; for NoExecute only.</summary>
    [Proto(4)]
    public DateTimeOffset? TimeAdded { get; set; }
}
