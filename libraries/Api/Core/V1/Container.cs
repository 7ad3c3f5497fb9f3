using System.Text.Json.Serialization;

namespace Platform.Api.Core.V1;

/// <summary>One container of a pod.</summary>
public sealed partial record Container
{
    /// <summary>Name of the container, unique in the pod.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Image that is run.</summary>
    [Proto(2)]
    public string? Image { get; set; }

    /// <summary>Replaces the image's entry point.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? Command { get; set; }

    /// <summary>Arguments of the entry point.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<string>? Args { get; set; }

    /// <summary>Working directory; the image's unless set.</summary>
    [Proto(5)]
    public string? WorkingDir { get; set; }

    /// <summary>Ports that the container listens on, for information and host ports.</summary>
    [Proto(6), ListType("map", "containerPort", "protocol"), PatchStrategy("merge", "containerPort")]
    public IReadOnlyList<ContainerPort>? Ports { get; set; }

    /// <summary>Variables of the environment.</summary>
    [Proto(7), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<EnvVar>? Env { get; set; }

    /// <summary>What the container requests and may use at most.</summary>
    [Proto(8)]
    public ResourceRequirements? Resources { get; set; }

    /// <summary>Volumes that are mounted, and where.</summary>
    [Proto(9), ListType("map", "mountPath"), PatchStrategy("merge", "mountPath")]
    public IReadOnlyList<VolumeMount>? VolumeMounts { get; set; }

    /// <summary>Check whose failure restarts the container.</summary>
    [Proto(10)]
    public Probe? LivenessProbe { get; set; }

    /// <summary>Check whose failure takes the pod out of its services.</summary>
    [Proto(11)]
    public Probe? ReadinessProbe { get; set; }

    /// <summary>Actions after start and before stop.</summary>
    [Proto(12)]
    public Lifecycle? Lifecycle { get; set; }

    /// <summary>File from which the container's last words are read.</summary>
    [Proto(13)]
    public string? TerminationMessagePath { get; set; }

    /// <summary>When the image is pulled: Always, IfNotPresent or Never.</summary>
    [Proto(14), Enum("Always", "IfNotPresent", "Never")]
    public string? ImagePullPolicy { get; set; }

    /// <summary>Security settings of the container; they win over those of the pod.</summary>
    [Proto(15)]
    public SecurityContext? SecurityContext { get; set; }

    /// <summary>Whether standard input stays open.</summary>
    [Proto(16)]
    public bool? Stdin { get; set; }

    /// <summary>Whether standard input closes after the first client.</summary>
    [Proto(17)]
    public bool? StdinOnce { get; set; }

    /// <summary>Whether the container gets a terminal.</summary>
    [Proto(18)]
    public bool? Tty { get; set; }

    /// <summary>Config maps and secrets whose keys become variables.</summary>
    [Proto(19), ListType("atomic")]
    public IReadOnlyList<EnvFromSource>? EnvFrom { get; set; }

    /// <summary>Where the last words come from: File or FallbackToLogsOnError.</summary>
    [Proto(20), Enum("FallbackToLogsOnError", "File")]
    public string? TerminationMessagePolicy { get; set; }

    /// <summary>Block devices that the container uses.</summary>
    [Proto(21), ListType("map", "devicePath"), PatchStrategy("merge", "devicePath")]
    public IReadOnlyList<VolumeDevice>? VolumeDevices { get; set; }

    /// <summary>Check that must succeed before the other probes begin.</summary>
    [Proto(22)]
    public Probe? StartupProbe { get; set; }

    /// <summary>What happens when resources change.</summary>
    [Proto(23), ListType("atomic")]
    public IReadOnlyList<ContainerResizePolicy>? ResizePolicy { get; set; }

    /// <summary>Always, for an init container that keeps running beside the others.</summary>
    [Proto(24)]
    public string? RestartPolicy { get; set; }
}

/// <summary>An image on a node.</summary>
public sealed partial record ContainerImage
{
    /// <summary>Names by which it is known, with tags or digests.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? Names { get; set; }

    /// <summary>Size in bytes.</summary>
    [Proto(2)]
    public long? SizeBytes { get; set; }
}

/// <summary>A port of a container.</summary>
public sealed partial record ContainerPort
{
    /// <summary>Name by which services can refer to the port.</summary>
    [Proto(1)]
    public string? Name { get; set; }

    /// <summary>Port on the node that leads to the container's.</summary>
    [Proto(2)]
    public int? HostPort { get; set; }

    /// <summary>Port in the pod's network.</summary>
    [Proto(3), Required, JsonPropertyName("containerPort")]
    public int? ContainerPortValue { get; set; }

    /// <summary>TCP, UDP or SCTP.</summary>
    [Proto(4), Default("TCP"), Enum("SCTP", "TCP", "UDP")]
    public string? Protocol { get; set; }

    /// <summary>Address of the node to which the host port is bound.</summary>
    [Proto(5)]
    public string? HostIP { get; set; }
}

/// <summary>What a change of a resource means for the running container.</summary>
public sealed partial record ContainerResizePolicy
{
    /// <summary>cpu or memory.</summary>
    [Proto(1), Required]
    public string? ResourceName { get; set; }

    /// <summary>NotRequired (default), or RestartContainer.</summary>
    [Proto(2), Required]
    public string? RestartPolicy { get; set; }
}

/// <summary>A container that is added to a running pod to look into it. It is never restarted.</summary>
public sealed partial record EphemeralContainer
{
    /// <summary>Container whose process namespace it joins; that of the pod where empty.</summary>
    [Proto(2)]
    public string? TargetContainerName { get; set; }

    /// <summary>Arguments to the command; the image's when empty.</summary>
    [ListType("atomic")]
    public IReadOnlyList<string>? Args { get; set; }

    /// <summary>Command that is run, without a shell; the image's when empty.</summary>
    [ListType("atomic")]
    public IReadOnlyList<string>? Command { get; set; }

    /// <summary>Environment variables set in the container.</summary>
    [ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<EnvVar>? Env { get; set; }

    /// <summary>Sources whose every key becomes an environment variable.</summary>
    [ListType("atomic")]
    public IReadOnlyList<EnvFromSource>? EnvFrom { get; set; }

    /// <summary>Image reference.</summary>
    public string? Image { get; set; }

    /// <summary>When the image is pulled: Always, IfNotPresent or Never.</summary>
    [Enum("Always", "IfNotPresent", "Never")]
    public string? ImagePullPolicy { get; set; }

    /// <summary>Not allowed for ephemeral containers.</summary>
    public Lifecycle? Lifecycle { get; set; }

    /// <summary>Probe whose failure restarts the container.</summary>
    public Probe? LivenessProbe { get; set; }

    /// <summary>Name, different from all other containers of the pod.</summary>
    [Required]
    public string? Name { get; set; }

    /// <summary>Not allowed for ephemeral containers.</summary>
    [ListType("map", "containerPort", "protocol"), PatchStrategy("merge", "containerPort")]
    public IReadOnlyList<ContainerPort>? Ports { get; set; }

    /// <summary>Probe whose failure takes the pod out of its services.</summary>
    public Probe? ReadinessProbe { get; set; }

    /// <summary>Not allowed for ephemeral containers.</summary>
    [ListType("atomic")]
    public IReadOnlyList<ContainerResizePolicy>? ResizePolicy { get; set; }

    /// <summary>Resources that the rule covers, or amounts requested.</summary>
    public ResourceRequirements? Resources { get; set; }

    /// <summary>Not allowed for ephemeral containers.</summary>
    public string? RestartPolicy { get; set; }

    /// <summary>Privileges of its processes.</summary>
    public SecurityContext? SecurityContext { get; set; }

    /// <summary>Probe that holds the other probes back until it succeeds.</summary>
    public Probe? StartupProbe { get; set; }

    /// <summary>Whether the container keeps an open standard input.</summary>
    public bool? Stdin { get; set; }

    /// <summary>Whether standard input is closed after the first client has gone.</summary>
    public bool? StdinOnce { get; set; }

    /// <summary>File whose content becomes the termination message. Default /dev/termination-log.</summary>
    public string? TerminationMessagePath { get; set; }

    /// <summary>File (default), or FallbackToLogsOnError: the end of the log where the file is empty and the container failed.</summary>
    [Enum("FallbackToLogsOnError", "File")]
    public string? TerminationMessagePolicy { get; set; }

    /// <summary>Whether the container gets a terminal.</summary>
    public bool? Tty { get; set; }

    /// <summary>Block devices of the container.</summary>
    [ListType("map", "devicePath"), PatchStrategy("merge", "devicePath")]
    public IReadOnlyList<VolumeDevice>? VolumeDevices { get; set; }

    /// <summary>Volumes that are mounted; without subPath.</summary>
    [ListType("map", "mountPath"), PatchStrategy("merge", "mountPath")]
    public IReadOnlyList<VolumeMount>? VolumeMounts { get; set; }

    /// <summary>Working folder of the process; the image's when empty.</summary>
    public string? WorkingDir { get; set; }
}

/// <summary>A claim of the pod that a container uses.</summary>
public sealed partial record ResourceClaim
{
    /// <summary>Name in the pod's resourceClaims.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>The one request of the claim that the container sees; all where empty.</summary>
    [Proto(2)]
    public string? Request { get; set; }
}

/// <summary>What is requested and what is the limit, by resource.</summary>
public sealed partial record ResourceRequirements
{
    /// <summary>Most that may be used.</summary>
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity>? Limits { get; set; }

    /// <summary>Least that must be there; the limits unless set.</summary>
    [Proto(2)]
    public IReadOnlyDictionary<string, Quantity>? Requests { get; set; }

    /// <summary>Devices that are used.</summary>
    [Proto(3), ListType("map", "name")]
    public IReadOnlyList<ResourceClaim>? Claims { get; set; }
}

/// <summary>A volume that a container sees as a block device.</summary>
public sealed partial record VolumeDevice
{
    /// <summary>Name of a claim's volume in the pod.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>Path of the device in the container.</summary>
    [Proto(2), Required]
    public string? DevicePath { get; set; }
}
