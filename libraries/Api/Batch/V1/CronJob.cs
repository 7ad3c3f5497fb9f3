using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Batch.V1;

/// <summary>Starts jobs at set times.</summary>
[Resource("batch", "v1", "cronjobs", "CronJob", ShortNames = ["cj"], Categories = ["all"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial record CronJob : KubernetesObject
{
    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public CronJobSpec? Spec { get; set; }

    /// <summary>What was last found.</summary>
    [Proto(3)]
    public CronJobStatus? Status { get; set; }
}

/// <summary>When which jobs are started.</summary>
public sealed partial record CronJobSpec
{
    /// <summary>Times in cron's form: minute, hour, day of month, month, day of week; or @hourly, @daily and so on.</summary>
    [Proto(1), Required]
    public string? Schedule { get; set; }

    /// <summary>Seconds after its time within which a missed job is still started. No limit where empty.</summary>
    [Proto(2)]
    public long? StartingDeadlineSeconds { get; set; }

    /// <summary>While the job before still runs: Allow (default) starts another, Forbid skips, Replace ends the old one.</summary>
    [Proto(3), Enum("Allow", "Forbid", "Replace")]
    public string? ConcurrencyPolicy { get; set; }

    /// <summary>Whether no further jobs are started. Those that run go on.</summary>
    [Proto(4)]
    public bool? Suspend { get; set; }

    /// <summary>The job.</summary>
    [Proto(5), Required]
    public JobTemplateSpec? JobTemplate { get; set; }

    /// <summary>How many completed jobs are kept. Default 3.</summary>
    [Proto(6)]
    public int? SuccessfulJobsHistoryLimit { get; set; }

    /// <summary>How many failed jobs are kept. Default 1.</summary>
    [Proto(7)]
    public int? FailedJobsHistoryLimit { get; set; }

    /// <summary>Time zone of the schedule, such as Europe/Berlin; that of the controller manager where empty.</summary>
    [Proto(8)]
    public string? TimeZone { get; set; }
}

/// <summary>What a cron job last did.</summary>
public sealed partial record CronJobStatus
{
    /// <summary>Its jobs that run.</summary>
    [Proto(1), ListType("atomic")]
    public IReadOnlyList<ObjectReference>? Active { get; set; }

    /// <summary>Latest time at which a job was due and started.</summary>
    [Proto(4)]
    public DateTimeOffset? LastScheduleTime { get; set; }

    /// <summary>When one of its jobs last completed.</summary>
    [Proto(5)]
    public DateTimeOffset? LastSuccessfulTime { get; set; }
}

/// <summary>A job that is to be made.</summary>
public sealed partial record JobTemplateSpec
{
    /// <summary>Labels and annotations of the job.</summary>
    [Proto(1)]
    public ObjectMeta? Metadata { get; set; }

    /// <summary>What is wanted.</summary>
    [Proto(2)]
    public JobSpec? Spec { get; set; }
}
