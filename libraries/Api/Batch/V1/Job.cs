using Platform.Api.Meta.V1;

namespace Platform.Api.Batch.V1;

[Resource("batch", "v1", "jobs", "Job", Categories = ["all"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record Job : KubernetesObject
{
    [Proto(2)]
    public JobSpec? Spec { get; set; }

    [Proto(3)]
    public JobStatus? Status { get; set; }
}

public sealed partial record JobCondition
{
    [Proto(1), Required]
    public string? Type { get; set; }

    [Proto(2), Required]
    public string? Status { get; set; }

    [Proto(3)]
    public DateTimeOffset? LastProbeTime { get; set; }

    [Proto(4)]
    public DateTimeOffset? LastTransitionTime { get; set; }

    [Proto(5)]
    public string? Reason { get; set; }

    [Proto(6)]
    public string? Message { get; set; }
}

public sealed partial record JobStatus
{
    [Proto(1), ListType("atomic"), PatchStrategy("merge", "type")]
    public IReadOnlyList<JobCondition>? Conditions { get; set; }

    [Proto(2)]
    public DateTimeOffset? StartTime { get; set; }

    [Proto(3)]
    public DateTimeOffset? CompletionTime { get; set; }

    [Proto(4)]
    public int? Active { get; set; }

    [Proto(5)]
    public int? Succeeded { get; set; }

    [Proto(6)]
    public int? Failed { get; set; }

    [Proto(7)]
    public string? CompletedIndexes { get; set; }

    [Proto(8)]
    public UncountedTerminatedPods? UncountedTerminatedPods { get; set; }

    [Proto(9)]
    public int? Ready { get; set; }

    [Proto(10)]
    public string? FailedIndexes { get; set; }

    [Proto(11)]
    public int? Terminating { get; set; }
}

public sealed partial record UncountedTerminatedPods
{
    [Proto(1), ListType("set")]
    public IReadOnlyList<string>? Succeeded { get; set; }

    [Proto(2), ListType("set")]
    public IReadOnlyList<string>? Failed { get; set; }
}
