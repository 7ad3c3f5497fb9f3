namespace Platform.Api.Core.V1;

public sealed partial record AppArmorProfile
{
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>Profile file on the node, for the Localhost type.</summary>
    [Proto(2)]
    public string? LocalhostProfile { get; set; }
}

public sealed partial record Capabilities
{
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? Add { get; set; }

    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? Drop { get; set; }
}

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

    [Proto(4), ListType("atomic")]
    public IReadOnlyList<long>? SupplementalGroups { get; set; }

    [Proto(5)]
    public long? FsGroup { get; set; }

    /// <summary>Primary group ID the process runs as.</summary>
    [Proto(6)]
    public long? RunAsGroup { get; set; }

    [Proto(7), ListType("atomic")]
    public IReadOnlyList<Sysctl>? Sysctls { get; set; }

    /// <summary>Settings that only Windows containers have.</summary>
    [Proto(8)]
    public WindowsSecurityContextOptions? WindowsOptions { get; set; }

    [Proto(9)]
    public string? FsGroupChangePolicy { get; set; }

    /// <summary>Filter for system calls.</summary>
    [Proto(10)]
    public SeccompProfile? SeccompProfile { get; set; }

    /// <summary>AppArmor profile the process runs under.</summary>
    [Proto(11)]
    public AppArmorProfile? AppArmorProfile { get; set; }

    [Proto(12)]
    public string? SupplementalGroupsPolicy { get; set; }

    [Proto(13)]
    public string? SeLinuxChangePolicy { get; set; }
}

public sealed partial record SELinuxOptions
{
    /// <summary>SELinux user of the context.</summary>
    [Proto(1)]
    public string? User { get; set; }

    [Proto(2)]
    public string? Role { get; set; }

    [Proto(3)]
    public string? Type { get; set; }

    [Proto(4)]
    public string? Level { get; set; }
}

public sealed partial record SeccompProfile
{
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>Profile file on the node, for the Localhost type.</summary>
    [Proto(2)]
    public string? LocalhostProfile { get; set; }
}

public sealed partial record SecurityContext
{
    [Proto(1)]
    public Capabilities? Capabilities { get; set; }

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

    [Proto(6)]
    public bool? ReadOnlyRootFilesystem { get; set; }

    [Proto(7)]
    public bool? AllowPrivilegeEscalation { get; set; }

    /// <summary>Primary group ID the process runs as.</summary>
    [Proto(8)]
    public long? RunAsGroup { get; set; }

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

public sealed partial record Sysctl
{
    [Proto(1), Required]
    public string? Name { get; set; }

    [Proto(2), Required]
    public string? Value { get; set; }
}

public sealed partial record WindowsSecurityContextOptions
{
    [Proto(1)]
    public string? GmsaCredentialSpecName { get; set; }

    [Proto(2)]
    public string? GmsaCredentialSpec { get; set; }

    [Proto(3)]
    public string? RunAsUserName { get; set; }

    [Proto(4)]
    public bool? HostProcess { get; set; }
}
