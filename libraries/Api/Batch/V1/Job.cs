using Platform.Api.Meta.V1;

namespace Platform.Api.Batch.V1;

/// <summary>Runs pods until so many of them have succeeded.</summary>
[Resource("batch", "v1", "jobs", "Job", Categories = ["all"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record Job : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public JobSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public JobStatus? Status { get; set; }
}

/// <summary>A fact about a job: Complete, Failed, Suspended, SuccessCriteriaMet or FailureTarget.</summary>
public sealed partial record JobCondition
{
    /// <summary>Name of the condition in CamelCase.</summary>
    [Proto(1), Required]
    public string? Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Proto(2), Required]
    public string? Status { get; set; }

    /// <summary>When the condition was last checked.</summary>
    [Proto(3)]
    public DateTimeOffset? LastProbeTime { get; set; }

    /// <summary>When the status last changed from one value to another.</summary>
    [Proto(4)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    /// <summary>Machine-readable word in CamelCase for why it is so.</summary>
    [Proto(5)]
    public string? Reason { get; set; }

    /// <summary>Explanation for people.</summary>
    [Proto(6)]
    public string? Message { get; set; }
}

/// <summary>How a job is doing.</summary>
public sealed partial record JobStatus
{
    /// <summary>What is presently true of the object, one entry per type.</summary>
    [Proto(1), ListType("atomic"), PatchStrategy("merge", "type")]
    public IReadOnlyList<JobCondition>? Conditions { get; set; }

    /// <summary>When the job was first taken up; reset when it is resumed.</summary>
    [Proto(2)]
    public DateTimeOffset? StartTime { get; set; }

    /// <summary>When it completed; not set for failed jobs.</summary>
    [Proto(3)]
    public DateTimeOffset? CompletionTime { get; set; }

    /// <summary>Pods that are pending or running.</summary>
    [Proto(4)]
    public int? Active { get; set; }

    /// <summary>Pods that succeeded.</summary>
    [Proto(5)]
    public int? Succeeded { get; set; }

    /// <summary>Pods that failed.</summary>
    [Proto(6)]
    public int? Failed { get; set; }

    /// <summary>For indexed jobs, the indexes that have succeeded, such as 1,3-5.</summary>
    [Proto(7)]
    public string? CompletedIndexes { get; set; }

    /// <summary>Pods that have ended but are not in the counts yet.</summary>
    [Proto(8)]
    public UncountedTerminatedPods? UncountedTerminatedPods { get; set; }

    /// <summary>Pods that are ready.</summary>
    [Proto(9)]
    public int? Ready { get; set; }

    /// <summary>For jobs with backoffLimitPerIndex, the indexes that have failed, such as 1,3-5.</summary>
    [Proto(10)]
    public string? FailedIndexes { get; set; }

    /// <summary>Pods that are being deleted.</summary>
    [Proto(11)]
    public int? Terminating { get; set; }
}

/// <summary>Ended pods between being seen and being counted, so that none is counted twice.</summary>
public sealed partial record UncountedTerminatedPods
{
    /// <summary>UIDs of pods that succeeded.</summary>
    [Proto(1), ListType("set")]
    public IReadOnlyList<string>? Succeeded { get; set; }

    /// <summary>UIDs of pods that failed.</summary>
    [Proto(2), ListType("set")]
    public IReadOnlyList<string>? Failed { get; set; }
}
