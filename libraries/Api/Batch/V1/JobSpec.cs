using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Batch.V1;

/// <summary>What a job runs and when it is done.</summary>
public sealed partial record JobSpec
{
    /// <summary>How many pods run at once. Default 1.</summary>
    [Proto(1)]
    public int? Parallelism { get; set; }

    /// <summary>How many pods must succeed. Empty: one success of any pod completes the job.</summary>
    [Proto(2)]
    public int? Completions { get; set; }

    /// <summary>Seconds after its start at which the job is ended as failed.</summary>
    [Proto(3)]
    public long? ActiveDeadlineSeconds { get; set; }

    /// <summary>Labels of its pods. Set by the server unless manualSelector.</summary>
    [Proto(4)]
    public LabelSelector? Selector { get; set; }

    /// <summary>Whether the selector is the client's own. Leave it out unless you know why.</summary>
    [Proto(5)]
    public bool? ManualSelector { get; set; }

    /// <summary>The pod. Its restartPolicy is Never or OnFailure.</summary>
    [Proto(6), Required]
    public PodTemplateSpec? Template { get; set; }

    /// <summary>Failed pods after which the job fails. Default 6; unlimited with backoffLimitPerIndex.</summary>
    [Proto(7)]
    public int? BackoffLimit { get; set; }

    /// <summary>Seconds after its end at which the job is deleted. Kept where empty.</summary>
    [Proto(8)]
    public int? TtlSecondsAfterFinished { get; set; }

    /// <summary>NonIndexed (default): pods are alike. Indexed: each has a number from 0 to completions - 1.</summary>
    [Proto(9), Enum("Indexed", "NonIndexed")]
    public string? CompletionMode { get; set; }

    /// <summary>Whether no pods are to run. Those that run are ended.</summary>
    [Proto(10)]
    public bool? Suspend { get; set; }

    /// <summary>Which failures count how. Needs restartPolicy Never.</summary>
    [Proto(11)]
    public PodFailurePolicy? PodFailurePolicy { get; set; }

    /// <summary>For indexed jobs: failed pods after which one index fails.</summary>
    [Proto(12)]
    public int? BackoffLimitPerIndex { get; set; }

    /// <summary>For indexed jobs: failed indexes after which the job fails.</summary>
    [Proto(13)]
    public int? MaxFailedIndexes { get; set; }

    /// <summary>When a pod is replaced: TerminatingOrFailed (default), or Failed: only once it has ended.</summary>
    [Proto(14), Enum("Failed", "TerminatingOrFailed")]
    public string? PodReplacementPolicy { get; set; }

    /// <summary>Controller that looks after the job; kubernetes.io/job-controller where empty. Cannot be changed.</summary>
    [Proto(15)]
    public string? ManagedBy { get; set; }

    /// <summary>For indexed jobs: when the job is done before all indexes have succeeded.</summary>
    [Proto(16)]
    public SuccessPolicy? SuccessPolicy { get; set; }
}
