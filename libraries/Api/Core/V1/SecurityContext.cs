namespace Platform.Api.Core.V1;

/// <summary>AppArmorProfile.</summary>
public sealed partial record AppArmorProfile
{
    /// <summary>type.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>Profile file on the node, for the Localhost type.</summary>
    [Proto(2)]
    public string? LocalhostProfile { get; set; }
}

/// <summary>Capabilities.</summary>
public sealed partial record Capabilities
{
    /// <summary>add.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? Add { get; set; }

    /// <summary>drop.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? Drop { get; set; }
}

/// <summary>PodSecurityContext.</summary>
public sealed partial record PodSecurityContext
{
    /// <summary>SELinux context the process runs with.</summary>
    [Proto(1)]
    public SELinuxOptions? SeLinuxOptions { get; set; }

    /// <summary>User ID the process runs as; the image's when unset.</summary>
    [Proto(2)]
    public long? RunAsUser { get; set; }

    /// <summary>Whether a container that would run as user 0 is refused.</summary>
    [Proto(3)]
    public bool? RunAsNonRoot { get; set; }

    /// <summary>supplementalGroups.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<long>? SupplementalGroups { get; set; }

    /// <summary>fsGroup.</summary>
    [Proto(5)]
    public long? FsGroup { get; set; }

    /// <summary>Primary group ID the process runs as.</summary>
    [Proto(6)]
    public long? RunAsGroup { get; set; }

    /// <summary>sysctls.</summary>
    [Proto(7), ListType("atomic")]
    public IReadOnlyList<Sysctl>? Sysctls { get; set; }

    /// <summary>Settings that only Windows containers have.</summary>
    [Proto(8)]
    public WindowsSecurityContextOptions? WindowsOptions { get; set; }

    /// <summary>fsGroupChangePolicy.</summary>
    [Proto(9)]
    public string? FsGroupChangePolicy { get; set; }

    /// <summary>Filter for system calls.</summary>
    [Proto(10)]
    public SeccompProfile? SeccompProfile { get; set; }

    /// <summary>AppArmor profile the process runs under.</summary>
    [Proto(11)]
    public AppArmorProfile? AppArmorProfile { get; set; }

    /// <summary>supplementalGroupsPolicy.</summary>
    [Proto(12)]
    public string? SupplementalGroupsPolicy { get; set; }

    /// <summary>seLinuxChangePolicy.</summary>
    [Proto(13)]
    public string? SeLinuxChangePolicy { get; set; }
}

/// <summary>SELinuxOptions.</summary>
public sealed partial record SELinuxOptions
{
    /// <summary>SELinux user of the context.</summary>
    [Proto(1)]
    public string? User { get; set; }

    /// <summary>role.</summary>
    [Proto(2)]
    public string? Role { get; set; }

    /// <summary>type.</summary>
    [Proto(3)]
    public string? Type { get; set; }

    /// <summary>level.</summary>
    [Proto(4)]
    public string? Level { get; set; }
}

/// <summary>SeccompProfile.</summary>
public sealed partial record SeccompProfile
{
    /// <summary>type.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>Profile file on the node, for the Localhost type.</summary>
    [Proto(2)]
    public string? LocalhostProfile { get; set; }
}

/// <summary>SecurityContext.</summary>
public sealed partial record SecurityContext
{
    /// <summary>capabilities.</summary>
    [Proto(1)]
    public Capabilities? Capabilities { get; set; }

    /// <summary>privileged.</summary>
    [Proto(2)]
    public bool? Privileged { get; set; }

    /// <summary>SELinux context the process runs with.</summary>
    [Proto(3)]
    public SELinuxOptions? SeLinuxOptions { get; set; }

    /// <summary>User ID the process runs as; the image's when unset.</summary>
    [Proto(4)]
    public long? RunAsUser { get; set; }

    /// <summary>Whether a container that would run as user 0 is refused.</summary>
    [Proto(5)]
    public bool? RunAsNonRoot { get; set; }

    /// <summary>readOnlyRootFilesystem.</summary>
    [Proto(6)]
    public bool? ReadOnlyRootFilesystem { get; set; }

    /// <summary>allowPrivilegeEscalation.</summary>
    [Proto(7)]
    public bool? AllowPrivilegeEscalation { get; set; }

    /// <summary>Primary group ID the process runs as.</summary>
    [Proto(8)]
    public long? RunAsGroup { get; set; }

    /// <summary>procMount.</summary>
    [Proto(9)]
    public string? ProcMount { get; set; }

    /// <summary>Settings that only Windows containers have.</summary>
    [Proto(10)]
    public WindowsSecurityContextOptions? WindowsOptions { get; set; }

    /// <summary>Filter for system calls.</summary>
    [Proto(11)]
    public SeccompProfile? SeccompProfile { get; set; }

    /// <summary>AppArmor profile the process runs under.</summary>
    [Proto(12)]
    public AppArmorProfile? AppArmorProfile { get; set; }
}

/// <summary>Sysctl.</summary>
public sealed partial record Sysctl
{
    /// <summary>name.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>value.</summary>
    [Proto(2), Required]
    public string? Value { get; set; }
}

/// <summary>WindowsSecurityContextOptions.</summary>
public sealed partial record WindowsSecurityContextOptions
{
    /// <summary>gmsaCredentialSpecName.</summary>
    [Proto(1)]
    public string? GmsaCredentialSpecName { get; set; }

    /// <summary>gmsaCredentialSpec.</summary>
    [Proto(2)]
    public string? GmsaCredentialSpec { get; set; }

    /// <summary>runAsUserName.</summary>
    [Proto(3)]
    public string? RunAsUserName { get; set; }

    /// <summary>hostProcess.</summary>
    [Proto(4)]
    public bool? HostProcess { get; set; }
}
