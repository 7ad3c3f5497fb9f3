using System.Text.Json.Serialization;

namespace Platform.Api.Core.V1;

/// <summary>Container.</summary>
public sealed partial record Container
{
    /// <summary>name.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>image.</summary>
    [Proto(2)]
    public string? Image { get; set; }

    /// <summary>command.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<string>? Command { get; set; }

    /// <summary>args.</summary>
    [Proto(4), ListType("atomic")]
    public IReadOnlyList<string>? Args { get; set; }

    /// <summary>workingDir.</summary>
    [Proto(5)]
    public string? WorkingDir { get; set; }

    /// <summary>ports.</summary>
    [Proto(6), ListType("map", "containerPort", "protocol"), PatchStrategy("merge", "containerPort")]
    public IReadOnlyList<ContainerPort>? Ports { get; set; }

    /// <summary>env.</summary>
    [Proto(7), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<EnvVar>? Env { get; set; }

    /// <summary>resources.</summary>
    [Proto(8)]
    public ResourceRequirements? Resources { get; set; }

    /// <summary>volumeMounts.</summary>
    [Proto(9), ListType("map", "mountPath"), PatchStrategy("merge", "mountPath")]
    public IReadOnlyList<VolumeMount>? VolumeMounts { get; set; }

    /// <summary>livenessProbe.</summary>
    [Proto(10)]
    public Probe? LivenessProbe { get; set; }

    /// <summary>readinessProbe.</summary>
    [Proto(11)]
    public Probe? ReadinessProbe { get; set; }

    /// <summary>lifecycle.</summary>
    [Proto(12)]
    public Lifecycle? Lifecycle { get; set; }

    /// <summary>terminationMessagePath.</summary>
    [Proto(13)]
    public string? TerminationMessagePath { get; set; }

    /// <summary>imagePullPolicy.</summary>
    [Proto(14)]
    public string? ImagePullPolicy { get; set; }

    /// <summary>securityContext.</summary>
    [Proto(15)]
    public SecurityContext? SecurityContext { get; set; }

    /// <summary>stdin.</summary>
    [Proto(16)]
    public bool? Stdin { get; set; }

    /// <summary>stdinOnce.</summary>
    [Proto(17)]
    public bool? StdinOnce { get; set; }

    /// <summary>tty.</summary>
    [Proto(18)]
    public bool? Tty { get; set; }

    /// <summary>envFrom.</summary>
    [Proto(19), ListType("atomic")]
    public IReadOnlyList<EnvFromSource>? EnvFrom { get; set; }

    /// <summary>terminationMessagePolicy.</summary>
    [Proto(20)]
    public string? TerminationMessagePolicy { get; set; }

    /// <summary>volumeDevices.</summary>
    [Proto(21), ListType("map", "devicePath"), PatchStrategy("merge", "devicePath")]
    public IReadOnlyList<VolumeDevice>? VolumeDevices { get; set; }

    /// <summary>startupProbe.</summary>
    [Proto(22)]
    public Probe? StartupProbe { get; set; }

    /// <summary>resizePolicy.</summary>
    [Proto(23), ListType("atomic")]
    public IReadOnlyList<ContainerResizePolicy>? ResizePolicy { get; set; }

    /// <summary>restartPolicy.</summary>
    [Proto(24)]
    public string? RestartPolicy { get; set; }
}

/// <summary>ContainerImage.</summary>
public sealed partial record ContainerImage
{
    /// <summary>names.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<string>? Names { get; set; }

    /// <summary>sizeBytes.</summary>
    [Proto(2)]
    public long? SizeBytes { get; set; }
}

/// <summary>ContainerPort.</summary>
public sealed partial record ContainerPort
{
    /// <summary>name.</summary>
    [Proto(1)]
    public string? Name { get; set; }

    /// <summary>hostPort.</summary>
    [Proto(2)]
    public int? HostPort { get; set; }

    /// <summary>containerPort.</summary>
    [Proto(3), Required, JsonPropertyName("containerPort")]
    public int? ContainerPortValue { get; set; }

    /// <summary>protocol.</summary>
    [Proto(4), Default("TCP")]
    public string? Protocol { get; set; }

    /// <summary>hostIP.</summary>
    [Proto(5)]
    public string? HostIP { get; set; }
}

/// <summary>ContainerResizePolicy.</summary>
public sealed partial record ContainerResizePolicy
{
    /// <summary>resourceName.</summary>
    [Proto(1), Required]
    public string? ResourceName { get; set; }

    /// <summary>restartPolicy.</summary>
    [Proto(2), Required]
    public string? RestartPolicy { get; set; }
}

/// <summary>EphemeralContainer.</summary>
public sealed partial record EphemeralContainer
{
    /// <summary>targetContainerName.</summary>
    [Proto(2)]
    public string? TargetContainerName { get; set; }

    /// <summary>args.</summary>
    [ListType("atomic")]
    public IReadOnlyList<string>? Args { get; set; }

    /// <summary>command.</summary>
    [ListType("atomic")]
    public IReadOnlyList<string>? Command { get; set; }

    /// <summary>env.</summary>
    [ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<EnvVar>? Env { get; set; }

    /// <summary>envFrom.</summary>
    [ListType("atomic")]
    public IReadOnlyList<EnvFromSource>? EnvFrom { get; set; }

    /// <summary>image.</summary>
    public string? Image { get; set; }

    /// <summary>imagePullPolicy.</summary>
    public string? ImagePullPolicy { get; set; }

    /// <summary>lifecycle.</summary>
    public Lifecycle? Lifecycle { get; set; }

    /// <summary>livenessProbe.</summary>
    public Probe? LivenessProbe { get; set; }

    /// <summary>name.</summary>
    [Required]
    public string? Name { get; set; }

    /// <summary>ports.</summary>
    [ListType("map", "containerPort", "protocol"), PatchStrategy("merge", "containerPort")]
    public IReadOnlyList<ContainerPort>? Ports { get; set; }

    /// <summary>readinessProbe.</summary>
    public Probe? ReadinessProbe { get; set; }

    /// <summary>resizePolicy.</summary>
    [ListType("atomic")]
    public IReadOnlyList<ContainerResizePolicy>? ResizePolicy { get; set; }

    /// <summary>resources.</summary>
    public ResourceRequirements? Resources { get; set; }

    /// <summary>restartPolicy.</summary>
    public string? RestartPolicy { get; set; }

    /// <summary>securityContext.</summary>
    public SecurityContext? SecurityContext { get; set; }

    /// <summary>startupProbe.</summary>
    public Probe? StartupProbe { get; set; }

    /// <summary>stdin.</summary>
    public bool? Stdin { get; set; }

    /// <summary>stdinOnce.</summary>
    public bool? StdinOnce { get; set; }

    /// <summary>terminationMessagePath.</summary>
    public string? TerminationMessagePath { get; set; }

    /// <summary>terminationMessagePolicy.</summary>
    public string? TerminationMessagePolicy { get; set; }

    /// <summary>tty.</summary>
    public bool? Tty { get; set; }

    /// <summary>volumeDevices.</summary>
    [ListType("map", "devicePath"), PatchStrategy("merge", "devicePath")]
    public IReadOnlyList<VolumeDevice>? VolumeDevices { get; set; }

    /// <summary>volumeMounts.</summary>
    [ListType("map", "mountPath"), PatchStrategy("merge", "mountPath")]
    public IReadOnlyList<VolumeMount>? VolumeMounts { get; set; }

    /// <summary>workingDir.</summary>
    public string? WorkingDir { get; set; }
}

/// <summary>ResourceClaim.</summary>
public sealed partial record ResourceClaim
{
    /// <summary>name.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>request.</summary>
    [Proto(2)]
    public string? Request { get; set; }
}

/// <summary>ResourceRequirements.</summary>
public sealed partial record ResourceRequirements
{
    /// <summary>limits.</summary>
    [Proto(1)]
    public IReadOnlyDictionary<string, Quantity>? Limits { get; set; }

    /// <summary>requests.</summary>
    [Proto(2)]
    public IReadOnlyDictionary<string, Quantity>? Requests { get; set; }

    /// <summary>claims.</summary>
    [Proto(3), ListType("map", "name")]
    public IReadOnlyList<ResourceClaim>? Claims { get; set; }
}

/// <summary>VolumeDevice.</summary>
public sealed partial record VolumeDevice
{
    /// <summary>name.</summary>
    [Proto(1), Required]
    public string? Name { get; set; }

    /// <summary>devicePath.</summary>
    [Proto(2), Required]
    public string? DevicePath { get; set; }
}
