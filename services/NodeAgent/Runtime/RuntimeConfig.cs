namespace Platform.NodeAgent.Runtime;

/// <summary>What the runtime needs to know to run a pod's sandbox.</summary>
internal sealed record SandboxConfig
{
    public required PodIdentity Pod { get; init; }

    public int Attempt { get; init; }

    public string Hostname { get; init; } = "";

    public required string LogDirectory { get; init; }

    public DnsConfig Dns { get; init; } = new([], [], []);

    public IReadOnlyList<PortMapping> PortMappings { get; init; } = [];

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    public string CgroupParent { get; init; } = "";

    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>();

    public bool HostNetwork { get; init; }

    public bool HostPid { get; init; }

    public bool HostIpc { get; init; }

    public bool SharePid { get; init; }

    public bool Privileged { get; init; }

    public IReadOnlyList<long> SupplementalGroups { get; init; } = [];

    public SeccompConfig Seccomp { get; init; } = SeccompConfig.RuntimeDefault;
}

/// <summary>Content of the pod's resolv.conf.</summary>
internal sealed record DnsConfig(IReadOnlyList<string> Servers, IReadOnlyList<string> Searches, IReadOnlyList<string> Options);

/// <summary>A port of the host that leads to a port of the pod.</summary>
internal sealed record PortMapping(string Protocol, int ContainerPort, int HostPort, string HostIp);

/// <summary>A system-call filter: the runtime's own, none, or a file on the node.</summary>
internal sealed record SeccompConfig(string Type, string LocalhostRef = "")
{
    public static readonly SeccompConfig RuntimeDefault = new("RuntimeDefault");
    public static readonly SeccompConfig Unconfined = new("Unconfined");
}

/// <summary>What the runtime needs to know to make a container.</summary>
internal sealed record ContainerConfig
{
    public required string Name { get; init; }

    public int Attempt { get; init; }

    public required string Image { get; init; }

    public IReadOnlyList<string> Command { get; init; } = [];

    public IReadOnlyList<string> Args { get; init; } = [];

    public string WorkingDir { get; init; } = "";

    public IReadOnlyList<KeyValuePair<string, string>> Env { get; init; } = [];

    public IReadOnlyList<ContainerMount> Mounts { get; init; } = [];

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Relative to the sandbox's log directory.</summary>
    public required string LogPath { get; init; }

    public bool Stdin { get; init; }

    public bool StdinOnce { get; init; }

    public bool Tty { get; init; }

    public ContainerResources Resources { get; init; } = new();

    public ContainerSecurity Security { get; init; } = new();
}

/// <summary>A folder or file of the host inside a container.</summary>
internal sealed record ContainerMount(string HostPath, string ContainerPath, bool ReadOnly, MountPropagation Propagation = MountPropagation.Private);

/// <summary>Whether mounts below a mount are seen by the other side.</summary>
internal enum MountPropagation
{
    Private = 0,
    HostToContainer = 1,
    Bidirectional = 2,
}

/// <summary>Limits that end up in the container's cgroup. Zero means: not limited.</summary>
internal sealed record ContainerResources
{
    public long CpuShares { get; init; }

    /// <summary>Microseconds of processor time per period.</summary>
    public long CpuQuota { get; init; }

    /// <summary>Microseconds.</summary>
    public long CpuPeriod { get; init; }

    public long MemoryLimitBytes { get; init; }

    public int OomScoreAdjust { get; init; }
}

/// <summary>Who a container runs as and what it may do.</summary>
internal sealed record ContainerSecurity
{
    public long? RunAsUser { get; init; }

    public long? RunAsGroup { get; init; }

    public IReadOnlyList<long> SupplementalGroups { get; init; } = [];

    public IReadOnlyList<string> AddCapabilities { get; init; } = [];

    public IReadOnlyList<string> DropCapabilities { get; init; } = [];

    public bool Privileged { get; init; }

    public bool ReadOnlyRoot { get; init; }

    public bool NoNewPrivileges { get; init; }

    public bool UnmaskedProc { get; init; }

    public bool HostNetwork { get; init; }

    public bool HostPid { get; init; }

    public bool HostIpc { get; init; }

    public bool SharePid { get; init; }

    /// <summary>Id of the container whose processes this one sees; empty for none.</summary>
    public string TargetContainer { get; init; } = "";

    public SeccompConfig Seccomp { get; init; } = SeccompConfig.Unconfined;
}
