using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Batch.V1;

public sealed partial record JobSpec
{
    [Proto(1)]
    public int? Parallelism { get; set; }

    [Proto(2)]
    public int? Completions { get; set; }

    [Proto(3)]
    public long? ActiveDeadlineSeconds { get; set; }

    [Proto(4)]
    public LabelSelector? Selector { get; set; }

    [Proto(5)]
    public bool? ManualSelector { get; set; }

    [Proto(6), Required]
    public PodTemplateSpec? Template { get; set; }

    [Proto(7)]
    public int? BackoffLimit { get; set; }

    [Proto(8)]
    public int? TtlSecondsAfterFinished { get; set; }

    [Proto(9)]
    public string? CompletionMode { get; set; }

    [Proto(10)]
    public bool? Suspend { get; set; }

    [Proto(11)]
    public PodFailurePolicy? PodFailurePolicy { get; set; }

    [Proto(12)]
    public int? BackoffLimitPerIndex { get; set; }

    [Proto(13)]
    public int? MaxFailedIndexes { get; set; }

    [Proto(14)]
    public string? PodReplacementPolicy { get; set; }

    [Proto(15)]
    public string? ManagedBy { get; set; }

    [Proto(16)]
    public SuccessPolicy? SuccessPolicy { get; set; }
}
