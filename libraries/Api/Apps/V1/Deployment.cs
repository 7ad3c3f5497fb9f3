using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Apps.V1;

/// <summary>Keeps a number of identical pods running, and replaces them step by step when their template changes.</summary>
[Resource("apps", "v1", "deployments", "Deployment", ShortNames = ["deploy"], Categories = ["all"])]
[Subresource("scale", Kind = "Scale", Group = "autoscaling", Version = "v1", Verbs = ["get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record Deployment : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public DeploymentSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public DeploymentStatus? Status { get; set; }
}

/// <summary>A fact about a deployment: Available, Progressing or ReplicaFailure.</summary>
public sealed partial record DeploymentCondition
{
    /// <summary>Name of the condition in CamelCase.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Proto(2), Required]
    public string? Status { get; set; }

    /// <summary>Machine-readable word in CamelCase for why it is so.</summary>
    [Proto(4)]
    public string? Reason { get; set; }

    /// <summary>Explanation for people.</summary>
    [Proto(5)]
    public string? Message { get; set; }

    /// <summary>When this condition was last written.</summary>
    [Proto(6)]
    public DateTimeOffset? LastUpdateTime { get; set; }

    /// <summary>When the status last changed from one value to another.</summary>
    [Proto(7)]
    public DateTimeOffset? LastTransitionTime { get; set; }
}

/// <summary>What a deployment wants.</summary>
public sealed partial record DeploymentSpec
{
    /// <summary>Number of pods.</summary>
    [Proto(1)]
    public int? Replicas { get; set; }

    /// <summary>Labels of the deployment's pods; cannot be changed.</summary>
    [Proto(2), Required]
    public LabelSelector? Selector { get; set; }

    /// <summary>What the pods are made from.</summary>
    [Proto(3), Required]
    public PodTemplateSpec? Template { get; set; }

    /// <summary>How pods are replaced.</summary>
    [Proto(4), PatchStrategy("retainKeys")]
    public DeploymentStrategy? Strategy { get; set; }

    /// <summary>How long a pod must be ready before it counts as available, in seconds.</summary>
    [Proto(5)]
    public int? MinReadySeconds { get; set; }

    /// <summary>How many old replica sets are kept for going back.</summary>
    [Proto(6)]
    public int? RevisionHistoryLimit { get; set; }

    /// <summary>Whether changes of the template are not rolled out.</summary>
    [Proto(7)]
    public bool? Paused { get; set; }

    /// <summary>How long a rollout may stand still before it counts as failed, in seconds.</summary>
    [Proto(9)]
    public int? ProgressDeadlineSeconds { get; set; }
}

/// <summary>What was found of a deployment.</summary>
public sealed partial record DeploymentStatus
{
    /// <summary>Generation that the status was found for.</summary>
    [Proto(1)]
    public long? ObservedGeneration { get; set; }

    /// <summary>Pods that there are.</summary>
    [Proto(2)]
    public int? Replicas { get; set; }

    /// <summary>Pods made from the present template.</summary>
    [Proto(3)]
    public int? UpdatedReplicas { get; set; }

    /// <summary>Pods that have been ready long enough.</summary>
    [Proto(4)]
    public int? AvailableReplicas { get; set; }

    /// <summary>Pods that are still missing.</summary>
    [Proto(5)]
    public int? UnavailableReplicas { get; set; }

    /// <summary>Aspects of the rollout.</summary>
    [Proto(6), ListType("map", "type"), PatchStrategy("merge", "type")]
    public IReadOnlyList<DeploymentCondition>? Conditions { get; set; }

    /// <summary>Pods that are ready.</summary>
    [Proto(7)]
    public int? ReadyReplicas { get; set; }

    /// <summary>Counts collisions of replica set names.</summary>
    [Proto(8)]
    public int? CollisionCount { get; set; }
}

/// <summary>How pods are replaced.</summary>
public sealed partial record DeploymentStrategy
{
    /// <summary>RollingUpdate or Recreate.</summary>
    [Proto(1), Enum("Recreate", "RollingUpdate")]
    public string? Type { get; set; }

    /// <summary>Limits of a rolling update.</summary>
    [Proto(2)]
    public RollingUpdateDeployment? RollingUpdate { get; set; }
}

/// <summary>Limits of a rolling update.</summary>
public sealed partial record RollingUpdateDeployment
{
    /// <summary>Most pods that may be missing, as number or percentage.</summary>
    [Proto(1)]
    public IntOrString? MaxUnavailable { get; set; }

    /// <summary>Most pods that may be there in excess, as number or percentage.</summary>
    [Proto(2)]
    public IntOrString? MaxSurge { get; set; }
}
