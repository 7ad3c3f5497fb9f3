using Google.Protobuf.Collections;
using Platform.Cri;
using Wire = Platform.Cri;

namespace Platform.NodeAgent.Runtime.Cri;

/// <summary>Translates between the agent's declarations and CRI's messages.</summary>
internal static class CriTranslation
{
    public static PodSandboxConfig Sandbox(SandboxConfig config)
    {
        var namespaces = Namespaces(config.HostNetwork, config.HostPid, config.HostIpc, config.SharePid);
        var security = new LinuxSandboxSecurityContext
        {
            NamespaceOptions = namespaces,
            Privileged = config.Privileged,
            Seccomp = Seccomp(config.Seccomp),
        };
        security.SupplementalGroups.AddRange(config.SupplementalGroups);
        var result = new PodSandboxConfig
        {
            Metadata = new() { Name = config.Pod.Name, Namespace = config.Pod.Namespace, Uid = config.Pod.Uid, Attempt = (uint)config.Attempt },
            Hostname = config.Hostname,
            LogDirectory = config.LogDirectory,
            DnsConfig = new(),
            Linux = new() { CgroupParent = config.CgroupParent, SecurityContext = security },
        };
        result.DnsConfig.Servers.AddRange(config.Dns.Servers);
        result.DnsConfig.Searches.AddRange(config.Dns.Searches);
        result.DnsConfig.Options.AddRange(config.Dns.Options);
        foreach (var port in config.PortMappings)
        {
            result.PortMappings.Add(new Wire.PortMapping
            {
                Protocol = port.Protocol switch { "UDP" => Protocol.Udp, "SCTP" => Protocol.Sctp, _ => Protocol.Tcp },
                ContainerPort = port.ContainerPort,
                HostPort = port.HostPort,
                HostIp = port.HostIp,
            });
        }

        Add(result.Labels, config.Labels);
        Add(result.Annotations, config.Annotations);
        Add(result.Linux.Sysctls, config.Sysctls);
        return result;
    }

    public static Wire.ContainerConfig Container(ContainerConfig config)
    {
        var result = new Wire.ContainerConfig
        {
            Metadata = new() { Name = config.Name, Attempt = (uint)config.Attempt },
            Image = new() { Image = config.Image },
            WorkingDir = config.WorkingDir,
            LogPath = config.LogPath,
            Stdin = config.Stdin,
            StdinOnce = config.StdinOnce,
            Tty = config.Tty,
            Linux = new() { Resources = Resources(config.Resources), SecurityContext = Security(config.Security) },
        };
        result.Command.AddRange(config.Command);
        result.Args.AddRange(config.Args);
        result.Envs.AddRange(config.Env.Select(e => new KeyValue { Key = e.Key, Value = e.Value }));
        result.Mounts.AddRange(config.Mounts.Select(m => new Mount
        {
            HostPath = m.HostPath,
            ContainerPath = m.ContainerPath,
            Readonly = m.ReadOnly,
            Propagation = (Wire.MountPropagation)m.Propagation,
        }));
        Add(result.Labels, config.Labels);
        Add(result.Annotations, config.Annotations);
        return result;
    }

    public static SandboxState Sandbox(PodSandboxStatus status)
    {
        var ips = new List<string>();
        if (status.Network is { Ip.Length: > 0 } network)
            ips.AddRange([network.Ip, .. network.AdditionalIps.Select(ip => ip.Ip)]);
        return new()
        {
            Id = status.Id,
            Pod = new(status.Metadata.Namespace, status.Metadata.Name, status.Metadata.Uid),
            Attempt = (int)status.Metadata.Attempt,
            Ready = status.State == PodSandboxState.SandboxReady,
            CreatedAt = Time(status.CreatedAt),
            Ips = ips,
        };
    }

    public static RuntimeContainer Container(ContainerStatus status, string sandboxId, string runtime) => new()
    {
        Id = status.Id,
        SandboxId = sandboxId,
        Runtime = runtime,
        Name = status.Metadata.Name,
        Pod = new(
            status.Labels.GetValueOrDefault(RuntimeLabels.PodNamespace, ""),
            status.Labels.GetValueOrDefault(RuntimeLabels.PodName, ""),
            status.Labels.GetValueOrDefault(RuntimeLabels.PodUid, "")),
        Attempt = (int)status.Metadata.Attempt,
        Phase = status.State switch
        {
            Wire.ContainerState.ContainerCreated => ContainerPhase.Created,
            Wire.ContainerState.ContainerRunning => ContainerPhase.Running,
            Wire.ContainerState.ContainerExited => ContainerPhase.Exited,
            _ => ContainerPhase.Unknown,
        },
        CreatedAt = Time(status.CreatedAt),
        StartedAt = Time(status.StartedAt),
        FinishedAt = Time(status.FinishedAt),
        ExitCode = status.ExitCode,
        Reason = status.Reason,
        Message = status.Message,
        Image = status.Image?.Image ?? "",
        ImageRef = status.ImageRef,
        LogPath = status.LogPath,
        Annotations = status.Annotations.ToDictionary(a => a.Key, a => a.Value),
    };

    public static NodeImage Image(Image image) =>
        new(image.Id, [.. image.RepoTags], [.. image.RepoDigests], (long)image.Size, image.Uid?.Value, image.Username);

    private static LinuxContainerResources Resources(ContainerResources resources) => new()
    {
        CpuShares = resources.CpuShares,
        CpuQuota = resources.CpuQuota,
        CpuPeriod = resources.CpuPeriod,
        MemoryLimitInBytes = resources.MemoryLimitBytes,
        OomScoreAdj = resources.OomScoreAdjust,
    };

    private static LinuxContainerSecurityContext Security(ContainerSecurity security)
    {
        var result = new LinuxContainerSecurityContext
        {
            Privileged = security.Privileged,
            ReadonlyRootfs = security.ReadOnlyRoot,
            NoNewPrivs = security.NoNewPrivileges,
            NamespaceOptions = Namespaces(security.HostNetwork, security.HostPid, security.HostIpc, security.SharePid, security.TargetContainer),
            Capabilities = new(),
            Seccomp = Seccomp(security.Seccomp),
        };
        if (security.RunAsUser is { } user)
            result.RunAsUser = new() { Value = user };
        if (security.RunAsGroup is { } group)
            result.RunAsGroup = new() { Value = group };
        result.SupplementalGroups.AddRange(security.SupplementalGroups);
        result.Capabilities.AddCapabilities.AddRange(security.AddCapabilities);
        result.Capabilities.DropCapabilities.AddRange(security.DropCapabilities);
        if (!security.UnmaskedProc && !security.Privileged)
        {
            result.MaskedPaths.AddRange(MaskedPaths);
            result.ReadonlyPaths.AddRange(ReadOnlyPaths);
        }

        return result;
    }

    /// <summary>Parts of /proc and /sys that tell about or change the whole machine.</summary>
    private static readonly string[] MaskedPaths =
    [
        "/proc/asound", "/proc/acpi", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats",
        "/proc/sched_debug", "/proc/scsi", "/sys/firmware", "/sys/devices/virtual/powercap",
    ];

    private static readonly string[] ReadOnlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    private static NamespaceOption Namespaces(bool hostNetwork, bool hostPid, bool hostIpc, bool sharePid, string target = "") => new()
    {
        Network = hostNetwork ? NamespaceMode.Node : NamespaceMode.Pod,
        Ipc = hostIpc ? NamespaceMode.Node : NamespaceMode.Pod,
        Pid = target.Length > 0 ? NamespaceMode.Target : hostPid ? NamespaceMode.Node : sharePid ? NamespaceMode.Pod : NamespaceMode.Container,
        TargetId = target,
    };

    private static SecurityProfile Seccomp(SeccompConfig config) => new()
    {
        ProfileType = config.Type switch
        {
            "RuntimeDefault" => SecurityProfile.Types.ProfileType.RuntimeDefault,
            "Localhost" => SecurityProfile.Types.ProfileType.Localhost,
            _ => SecurityProfile.Types.ProfileType.Unconfined,
        },
        LocalhostRef = config.LocalhostRef,
    };

    private static void Add(MapField<string, string> target, IReadOnlyDictionary<string, string> source)
    {
        foreach (var (key, value) in source)
            target[key] = value;
    }

    private static DateTimeOffset Time(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100);
}
