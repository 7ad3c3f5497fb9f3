namespace Platform.Api.Core.V1;

/// <summary>AppArmor profile of processes.</summary>
public sealed partial record AppArmorProfile
{
    /// <summary>Localhost, RuntimeDefault or Unconfined.</summary>
    [Proto(1), Required, Enum("Localhost", "RuntimeDefault", "Unconfined")]
    public string? Type { get; set; }

    /// <summary>Profile file on the node, for the Localhost type.</summary>
    [Proto(2)]
    public string? LocalhostProfile { get; set; }
}

/// <summary>Linux capabilities beyond or below the runtime's default.</summary>
public sealed partial record Capabilities
{
    /// <summary>Capabilities to add, such as NET_ADMIN.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? Add { get; set; }

    /// <summary>Capabilities to take away; ALL for all.</summary>
    [Proto(2), ListType("atomic")]
    public IReadOnlyList<string>? Drop { get; set; }
}

/// <summary>Privileges of all containers of a pod.</summary>
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

    /// <summary>Further groups of the processes.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<long>? SupplementalGroups { get; set; }

    /// <summary>Group that owns the volumes; new files get it too.</summary>
    [Proto(5)]
    public long? FsGroup { get; set; }

    /// <summary>Primary group ID the process runs as.</summary>
    [Proto(6)]
    public long? RunAsGroup { get; set; }

    /// <summary>Kernel settings of the pod's namespaces.</summary>
    [Proto(7), ListType("atomic")]
    public IReadOnlyList<Sysctl>? Sysctls { get; set; }

    /// <summary>Settings that only Windows containers have.</summary>
    [Proto(8)]
    public WindowsSecurityContextOptions? WindowsOptions { get; set; }

    /// <summary>When volumes are given to the group: Always (default) or OnRootMismatch.</summary>
    [Proto(9), Enum("Always", "OnRootMismatch")]
    public string? FsGroupChangePolicy { get; set; }

    /// <summary>Filter for system calls.</summary>
    [Proto(10)]
    public SeccompProfile? SeccompProfile { get; set; }

    /// <summary>AppArmor profile the process runs under.</summary>
    [Proto(11)]
    public AppArmorProfile? AppArmorProfile { get; set; }

    /// <summary>Whether groups from the image count: Merge (default) or Strict.</summary>
    [Proto(12), Enum("Merge", "Strict")]
    public string? SupplementalGroupsPolicy { get; set; }

    /// <summary>How volumes get their SELinux label: MountOption or Recursive.</summary>
    [Proto(13)]
    public string? SeLinuxChangePolicy { get; set; }
}

/// <summary>SELinux label.</summary>
public sealed partial record SELinuxOptions
{
    /// <summary>SELinux user of the context.</summary>
    [Proto(1)]
    public string? User { get; set; }

    /// <summary>Role part of the label.</summary>
    [Proto(2)]
    public string? Role { get; set; }

    /// <summary>Type part of the label.</summary>
    [Proto(3)]
    public string? Type { get; set; }

    /// <summary>Level part of the label, such as s0:c1,c2.</summary>
    [Proto(4)]
    public string? Level { get; set; }
}

/// <summary>Seccomp profile of processes.</summary>
public sealed partial record SeccompProfile
{
    /// <summary>Localhost, RuntimeDefault or Unconfined.</summary>
    [Proto(1), Required, Enum("Localhost", "RuntimeDefault", "Unconfined")]
    public string? Type { get; set; }

    /// <summary>Profile file on the node, for the Localhost type.</summary>
    [Proto(2)]
    public string? LocalhostProfile { get; set; }
}

/// <summary>Privileges of a container; goes before the pod's.</summary>
public sealed partial record SecurityContext
{
    /// <summary>Linux capabilities.</summary>
    [Proto(1)]
    public Capabilities? Capabilities { get; set; }

    /// <summary>Whether its processes have nearly all rights on the node.</summary>
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

    /// <summary>Whether the root file system cannot be written.</summary>
    [Proto(6)]
    public bool? ReadOnlyRootFilesystem { get; set; }

    /// <summary>Whether a process can gain more rights than its parent.</summary>
    [Proto(7)]
    public bool? AllowPrivilegeEscalation { get; set; }

    /// <summary>Primary group ID the process runs as.</summary>
    [Proto(8)]
    public long? RunAsGroup { get; set; }

    /// <summary>How /proc is mounted: Default or Unmasked.</summary>
    [Proto(9), Enum("Default", "Unmasked")]
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

/// <summary>A kernel setting.</summary>
public sealed partial record Sysctl
{
    /// <summary>Name, such as net.core.somaxconn.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Value to set.</summary>
    [Proto(2), Required]
    public string? Value { get; set; }
}

/// <summary>Privileges of a container on Windows.</summary>
public sealed partial record WindowsSecurityContextOptions
{
    /// <summary>Name of the GMSA credential.</summary>
    [Proto(1)]
    public string? GmsaCredentialSpecName { get; set; }

    /// <summary>The GMSA credential itself.</summary>
    [Proto(2)]
    public string? GmsaCredentialSpec { get; set; }

    /// <summary>User of the first process.</summary>
    [Proto(3)]
    public string? RunAsUserName { get; set; }

    /// <summary>Whether it runs in the host's namespaces.</summary>
    [Proto(4)]
    public bool? HostProcess { get; set; }
}
