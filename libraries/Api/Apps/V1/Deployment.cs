using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Apps.V1;

/// <summary>Deployment.</summary>
[Resource("apps", "v1", "deployments", "Deployment", ShortNames = ["deploy"], Categories = ["all"])]
[Subresource("scale", Kind = "Scale", Group = "autoscaling", Version = "v1", Verbs = ["get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record Deployment : KubernetesObject
{
    /// <summary>spec.</summary>
    [Proto(2)]
    public DeploymentSpec? Spec { get; set; }

    /// <summary>status.</summary>
    [Proto(3)]
    public DeploymentStatus? Status { get; set; }
}

/// <summary>DeploymentCondition.</summary>
public sealed partial record DeploymentCondition
{
    /// <summary>type.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>status.</summary>
    [Proto(2), Required]
    public string? Status { get; set; }

    /// <summary>reason.</summary>
    [Proto(4)]
    public string? Reason { get; set; }

    /// <summary>message.</summary>
    [Proto(5)]
    public string? Message { get; set; }

    /// <summary>lastUpdateTime.</summary>
    [Proto(6)]
    public DateTimeOffset? LastUpdateTime { get; set; }

    /// <summary>lastTransitionTime.</summary>
    [Proto(7)]
    public DateTimeOffset? LastTransitionTime { get; set; }
}

/// <summary>DeploymentSpec.</summary>
public sealed partial record DeploymentSpec
{
    /// <summary>replicas.</summary>
    [Proto(1)]
    public int? Replicas { get; set; }

    /// <summary>selector.</summary>
    [Proto(2), Required]
    public LabelSelector? Selector { get; set; }

    /// <summary>template.</summary>
    [Proto(3), Required]
    public PodTemplateSpec? Template { get; set; }

    /// <summary>strategy.</summary>
    [Proto(4), PatchStrategy("retainKeys")]
    public DeploymentStrategy? Strategy { get; set; }

    /// <summary>minReadySeconds.</summary>
    [Proto(5)]
    public int? MinReadySeconds { get; set; }

    /// <summary>revisionHistoryLimit.</summary>
    [Proto(6)]
    public int? RevisionHistoryLimit { get; set; }

    /// <summary>paused.</summary>
    [Proto(7)]
    public bool? Paused { get; set; }

    /// <summary>progressDeadlineSeconds.</summary>
    [Proto(9)]
    public int? ProgressDeadlineSeconds { get; set; }
}

/// <summary>DeploymentStatus.</summary>
public sealed partial record DeploymentStatus
{
    /// <summary>observedGeneration.</summary>
    [Proto(1)]
    public long? ObservedGeneration { get; set; }

    /// <summary>replicas.</summary>
    [Proto(2)]
    public int? Replicas { get; set; }

    /// <summary>updatedReplicas.</summary>
    [Proto(3)]
    public int? UpdatedReplicas { get; set; }

    /// <summary>availableReplicas.</summary>
    [Proto(4)]
    public int? AvailableReplicas { get; set; }

    /// <summary>unavailableReplicas.</summary>
    [Proto(5)]
    public int? UnavailableReplicas { get; set; }

    /// <summary>conditions.</summary>
    [Proto(6), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<DeploymentCondition>? Conditions { get; set; }

    /// <summary>readyReplicas.</summary>
    [Proto(7)]
    public int? ReadyReplicas { get; set; }

    /// <summary>collisionCount.</summary>
    [Proto(8)]
    public int? CollisionCount { get; set; }
}

/// <summary>DeploymentStrategy.</summary>
public sealed partial record DeploymentStrategy
{
    /// <summary>type.</summary>
    [Proto(1)]
    public string? Type { get; set; }

    /// <summary>rollingUpdate.</summary>
    [Proto(2)]
    public RollingUpdateDeployment? RollingUpdate { get; set; }
}

/// <summary>RollingUpdateDeployment.</summary>
public sealed partial record RollingUpdateDeployment
{
    /// <summary>maxUnavailable.</summary>
    [Proto(1)]
    public IntOrString? MaxUnavailable { get; set; }

    /// <summary>maxSurge.</summary>
    [Proto(2)]
    public IntOrString? MaxSurge { get; set; }
}
