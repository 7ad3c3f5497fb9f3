using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Batch.V1;

[Resource("batch", "v1", "cronjobs", "CronJob", ShortNames = ["cj"], Categories = ["all"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record CronJob : KubernetesObject
{
    [Proto(2)]
    public CronJobSpec? Spec { get; set; }

    [Proto(3)]
    public CronJobStatus? Status { get; set; }
}

public sealed partial record CronJobSpec
{
    [Proto(1), Required]
    public string? Schedule { get; set; }

    [Proto(2)]
    public long? StartingDeadlineSeconds { get; set; }

    [Proto(3)]
    public string? ConcurrencyPolicy { get; set; }

    [Proto(4)]
    public bool? Suspend { get; set; }

    [Proto(5), Required]
    public JobTemplateSpec? JobTemplate { get; set; }

    [Proto(6)]
    public int? SuccessfulJobsHistoryLimit { get; set; }

    [Proto(7)]
    public int? FailedJobsHistoryLimit { get; set; }

    [Proto(8)]
    public string? TimeZone { get; set; }
}

public sealed partial record CronJobStatus
{
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<ObjectReference>? Active { get; set; }

    [Proto(4)]
    public DateTimeOffset? LastScheduleTime { get; set; }

    [Proto(5)]
    public DateTimeOffset? LastSuccessfulTime { get; set; }
}

public sealed partial record JobTemplateSpec
{
    [Proto(1)]
    public ObjectMeta? Metadata { get; set; }

    [Proto(2)]
    public JobSpec? Spec { get; set; }
}
