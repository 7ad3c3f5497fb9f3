namespace Platform.Api.Core.V1;

public sealed partial record NodeSystemInfo
{
    [Proto(1), Required]
    public string? MachineID { get; set; }

    [Proto(2), Required]
    public string? SystemUUID { get; set; }

    [Proto(3), Required]
    public string? BootID { get; set; }

    [Proto(4), Required]
    public string? KernelVersion { get; set; }

    [Proto(5), Required]
    public string? OsImage { get; set; }

    [Proto(6), Required]
    public string? ContainerRuntimeVersion { get; set; }

    [Proto(7), Required]
    public string? KubeletVersion { get; set; }

    [Proto(8), Required]
    public string? KubeProxyVersion { get; set; }

    [Proto(9), Required]
    public string? OperatingSystem { get; set; }

    [Proto(10), Required]
    public string? Architecture { get; set; }
}

public sealed partial record Taint
{
    [Proto(1), Required]
    public string? Key { get; set; }

    [Proto(2)]
    public string? Value { get; set; }

    [Proto(3), Required]
    public string? Effect { get; set; }

    [Proto(4)]
    public DateTimeOffset? TimeAdded { get; set; }
}
