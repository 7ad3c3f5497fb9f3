using System.Text.RegularExpressions;
using Platform.Api.Batch.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;
using Platform.ApiServer.Registry.Rules.Core.Pods;

namespace Platform.ApiServer.Registry.Rules.Batch;

/// <summary>Cron jobs.</summary>
internal sealed partial class CronJobRules : ResourceRules<CronJob>
{
    /// <summary>Its jobs are named after it with a dash and ten digits, and must fit into a label.</summary>
    private const int LongestName = NameFormats.LongestLabel - 11;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Schedule", Description: "When jobs are made, in cron's notation."),
        new("Timezone", Description: "Time zone of the schedule."),
        new("Suspend", "boolean", Description: "Whether no further jobs are made."),
        new("Active", "integer", Description: "Jobs that are running."),
        new("Last Schedule", Description: "When a job was made last."),
        Cells.Age,
        new("Containers", Description: "Names of the template's containers.", Priority: 1),
        new("Images", Description: "Images of the template's containers.", Priority: 1),
        new("Selector", Description: "Labels of the jobs' pods.", Priority: 1),
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(CronJob value)
    {
        var spec = value.Spec ??= new();
        spec.ConcurrencyPolicy = string.IsNullOrEmpty(spec.ConcurrencyPolicy) ? "Allow" : spec.ConcurrencyPolicy;
        spec.Suspend ??= false;
        spec.SuccessfulJobsHistoryLimit ??= 3;
        spec.FailedJobsHistoryLimit ??= 1;
        JobRules.FillTemplate((spec.JobTemplate ??= new()).Spec ??= new());
    }

    protected override void PrepareForCreate(CronJob value)
    {
        value.Status = new();
        value.Metadata.Generation = 1;
    }

    protected override bool PrepareForUpdate(CronJob value, CronJob old)
    {
        value.Status = old.Status;
        return !SemanticEquality.Same(value.Spec, old.Spec);
    }

    protected override void PrepareForStatusUpdate(CronJob value, CronJob old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> ValidateCreate(CronJob value)
    {
        foreach (var error in Schedule(value.Spec!, hadZone: false).Concat(TimeZone(value.Spec!.TimeZone)))
            yield return error;
        if (value.Metadata.Name?.Length > LongestName)
            yield return FieldError.Invalid("metadata.name", value.Metadata.Name, $"must be no more than {LongestName} characters");
    }

    protected override IEnumerable<FieldError> Validate(CronJob value)
    {
        var spec = value.Spec!;
        const string template = "spec.jobTemplate.spec";
        var job = spec.JobTemplate!.Spec!;
        return
        [
            .. TemplateValidation.Count(spec.StartingDeadlineSeconds, "spec.startingDeadlineSeconds"),
            .. spec.ConcurrencyPolicy is "Allow" or "Forbid" or "Replace" ? (FieldError[])[]
                : [FieldError.NotSupported("spec.concurrencyPolicy", spec.ConcurrencyPolicy, ["Allow", "Forbid", "Replace"])],
            .. JobValidation.Spec(job, template),
            .. job.Selector is null ? (FieldError[])[] : [FieldError.Invalid($"{template}.selector", job.Selector, "`selector` will be auto-generated")],
            .. job.ManualSelector == true ? [FieldError.NotSupported($"{template}.manualSelector", true, ["nil", "false"])] : (FieldError[])[],
            .. TemplateValidation.Count(spec.SuccessfulJobsHistoryLimit, "spec.successfulJobsHistoryLimit"),
            .. TemplateValidation.Count(spec.FailedJobsHistoryLimit, "spec.failedJobsHistoryLimit"),
        ];
    }

    protected override IEnumerable<FieldError> ValidateUpdate(CronJob value, CronJob old)
    {
        foreach (var error in Schedule(value.Spec!, old.Spec?.Schedule?.Contains("TZ", StringComparison.Ordinal) == true))
            yield return error;
        if (value.Spec!.TimeZone == old.Spec?.TimeZone)
            yield break;
        foreach (var error in TimeZone(value.Spec.TimeZone))
            yield return error;
    }

    protected override IEnumerable<string> Warnings(CronJob value)
    {
        if (value.Metadata.Name is { } name && NameFormats.DnsLabel(name).FirstOrDefault() is { } wrong)
            yield return $"metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [{wrong}]";
        foreach (var warning in JobRules.SpecWarnings(value.Spec?.JobTemplate?.Spec, "spec.jobTemplate.spec"))
            yield return warning;
        if (value.Spec?.Schedule?.Contains("TZ", StringComparison.Ordinal) == true)
            yield return "spec.schedule: CRON_TZ or TZ used in schedule is not officially supported, "
                + "see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details";
    }

    protected override object?[] Row(CronJob value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        value.Spec?.Schedule,
        Cells.Or(value.Spec?.TimeZone),
        value.Spec?.Suspend is { } suspend ? suspend ? "True" : "False" : "<unset>",
        value.Status?.Active?.Count ?? 0,
        value.Status?.LastScheduleTime is { } last ? Cells.Since(last, now) : Cells.None,
        Cells.Since(value.Metadata.CreationTimestamp, now),
        Cells.ContainerNames(value.Spec?.JobTemplate?.Spec?.Template?.Spec),
        Cells.Images(value.Spec?.JobTemplate?.Spec?.Template?.Spec),
        Cells.OptionalSelector(value.Spec?.JobTemplate?.Spec?.Selector),
    ];

    private static IEnumerable<FieldError> Schedule(CronJobSpec spec, bool hadZone)
    {
        if (string.IsNullOrEmpty(spec.Schedule))
        {
            yield return FieldError.Required("spec.schedule");
            yield break;
        }

        if (CronSchedule.Error(spec.Schedule) is { } wrong)
            yield return FieldError.Invalid("spec.schedule", spec.Schedule, wrong);
        if (!spec.Schedule.Contains("TZ", StringComparison.Ordinal))
            yield break;
        if (!hadZone)
            yield return FieldError.Invalid("spec.schedule", spec.Schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        else if (spec.TimeZone is not null)
            yield return FieldError.Invalid("spec.schedule", spec.Schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
    }

    private static IEnumerable<FieldError> TimeZone(string? zone)
    {
        const string path = "spec.timeZone";
        if (zone is null)
            yield break;
        if (zone.Length == 0)
        {
            yield return FieldError.Invalid(path, zone, "timeZone must be nil or non-empty string");
            yield break;
        }

        if (zone.Split('/').Any(part => part is "." or ".." || part.StartsWith('-') || !ZonePart().IsMatch(part)))
        {
            yield return FieldError.Invalid(path, zone, $"unknown time zone {zone}");
            yield break;
        }

        if (string.Equals(zone, "Local", StringComparison.OrdinalIgnoreCase))
            yield return FieldError.Invalid(path, zone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        else if (!CronSchedule.KnowsZone(zone))
            yield return FieldError.Invalid(path, zone, $"unknown time zone {zone}");
    }

    [GeneratedRegex(@"^[A-Za-z.\-_0-9+]{1,14}\z")]
    private static partial Regex ZonePart();
}
