using Platform.Api.Batch.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Registry.Rules.Core.Pods;

namespace Platform.ApiServer.Registry.Rules.Batch;

/// <summary>
/// The rules of a job's status. They bind the job controller, and any other that manages jobs in its stead: counters only rise, a finished job stays
/// finished, and a job that completes has first been marked as meeting its criteria.
/// </summary>
internal static class JobStatusValidation
{
    /// <summary>Whether a condition of the job is true.</summary>
    public static bool Holds(Job value, string type) => value.Status?.Conditions?.Any(c => c.Type == type && c.Status == "True") == true;

    public static IEnumerable<FieldError> Validate(Job value, Job old)
    {
        var status = value.Status ?? new();
        (long? Count, string Field)[] counts =
        [
            (status.Active, "active"), (status.Succeeded, "succeeded"), (status.Failed, "failed"), (status.Ready, "ready"), (status.Terminating, "terminating"),
        ];
        return
        [
            .. counts.SelectMany(c => TemplateValidation.Count(c.Count, $"status.{c.Field}")),
            .. Uncounted(status.UncountedTerminatedPods),
            .. Conditions(value),
            .. Times(value, old),
            .. Finished(value),
            .. Indexes(value),
            .. Transitions(value, old),
        ];
    }

    private static IEnumerable<FieldError> Uncounted(UncountedTerminatedPods? pods)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (list, field) in new[] { (pods?.Succeeded, "succeeded"), (pods?.Failed, "failed") })
        {
            for (var i = 0; i < (list?.Count ?? 0); i++)
            {
                var path = $"status.uncountedTerminatedPods.{field}[{i}]";
                if (string.IsNullOrEmpty(list![i]))
                    yield return FieldError.Invalid(path, "", "must not be empty");
                else if (!seen.Add(list[i]))
                    yield return FieldError.Duplicate(path, list[i]);
            }
        }
    }

    private static IEnumerable<FieldError> Conditions(Job value)
    {
        var (complete, failed) = (Holds(value, "Complete"), Holds(value, "Failed"));
        var (target, met) = (Holds(value, "FailureTarget"), Holds(value, "SuccessCriteriaMet"));
        if (complete && failed)
            yield return Part("cannot set Complete=True and Failed=true conditions");
        if (complete && target)
            yield return Part("cannot set Complete=True and FailureTarget=true conditions");
        if (failed && !target)
            yield return Part("cannot set Failed=True condition without the FailureTarget=true condition");
        if (complete && !met)
            yield return Part("cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
        if (met && failed)
            yield return Part("cannot set SuccessCriteriaMet=True and Failed=true conditions");
        if (met && target)
            yield return Part("cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
    }

    private static FieldError Part(string detail) => FieldError.InvalidPart("status.conditions", detail);

    private static IEnumerable<FieldError> Times(Job value, Job old)
    {
        var (status, before) = (value.Status ?? new(), old.Status ?? new());
        var complete = Holds(value, "Complete");
        if (status.CompletionTime is not null && !complete)
            yield return FieldError.Invalid("status.completionTime", status.CompletionTime, "cannot set completionTime when there is no Complete=True condition");
        if (status.CompletionTime is null && complete)
            yield return FieldError.Required("status.completionTime", "completionTime is required for Complete jobs");
        if (status.CompletionTime < status.StartTime)
            yield return FieldError.Invalid("status.completionTime", status.CompletionTime, "completionTime cannot be set before startTime");
        if (status.CompletionTime is not null && before.CompletionTime is not null && status.CompletionTime != before.CompletionTime)
            yield return FieldError.Invalid("status.completionTime", status.CompletionTime, "completionTime cannot be mutated");
        if (before.StartTime is not null && status.StartTime != before.StartTime && value.Spec?.Suspend != true)
            yield return FieldError.Required("status.startTime", "startTime cannot be removed for unsuspended job");
    }

    private static IEnumerable<FieldError> Finished(Job value)
    {
        var status = value.Status ?? new();
        if (status.Ready > (status.Active ?? 0))
            yield return FieldError.Invalid("status.ready", status.Ready, "cannot set more ready pods than active");
        if (!Holds(value, "Complete") && !Holds(value, "Failed"))
            yield break;
        if (status.Active > 0)
            yield return FieldError.Invalid("status.active", status.Active, "active>0 is invalid for finished job");
        if (status.StartTime is null)
            yield return FieldError.Required("status.startTime", "startTime is required for finished job");
        if (status.UncountedTerminatedPods is { } pods && (pods.Failed?.Count ?? 0) + (pods.Succeeded?.Count ?? 0) > 0)
            yield return FieldError.Invalid("status.uncountedTerminatedPods", pods, "uncountedTerminatedPods needs to be empty for finished job");
        if (status.Terminating > 0)
            yield return FieldError.Invalid("status.terminating", status.Terminating, "terminating>0 is invalid for finished job");
    }

    private static IEnumerable<FieldError> Indexes(Job value)
    {
        var (spec, status) = (value.Spec ?? new(), value.Status ?? new());
        var (completed, failed) = (status.CompletedIndexes ?? "", status.FailedIndexes);
        if (spec.Completions is { } completions)
        {
            if (JobIndexes.Parse(completed, completions).Error is { } wrong)
                yield return FieldError.Invalid("status.completedIndexes", completed, $"error parsing completedIndexes: {wrong}");
            if (failed is not null && spec.BackoffLimitPerIndex is not null && JobIndexes.Parse(failed, completions).Error is { } alsoWrong)
                yield return FieldError.Invalid("status.failedIndexes", failed, $"error parsing failedIndexes: {alsoWrong}");
            if (failed is not null && JobIndexes.Overlap(completed, failed, completions) is { } shared)
                yield return FieldError.Invalid("status.failedIndexes", failed, $"failedIndexes and completedIndexes overlap at index: {shared}");
        }

        if (completed.Length > 0 && spec.CompletionMode != "Indexed")
            yield return FieldError.Invalid("status.completedIndexes", completed, "cannot set non-empty completedIndexes when non-indexed completion mode");
        if (failed is not null && spec.BackoffLimitPerIndex is null)
            yield return FieldError.Invalid("status.failedIndexes", failed, "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
    }

    private static IEnumerable<FieldError> Transitions(Job value, Job old)
    {
        foreach (var type in new[] { "Failed", "Complete", "FailureTarget" }.Where(t => Holds(old, t) && !Holds(value, t)))
            yield return Part($"cannot disable the terminal {type}=True condition");
        if ((value.Status?.Failed ?? 0) < (old.Status?.Failed ?? 0))
            yield return FieldError.Invalid("status.failed", value.Status?.Failed ?? 0, "cannot decrease the failed counter");
        if ((value.Status?.Succeeded ?? 0) < (old.Status?.Succeeded ?? 0))
            yield return FieldError.Invalid("status.succeeded", value.Status?.Succeeded ?? 0, "cannot decrease the succeeded counter");
        if (Holds(old, "SuccessCriteriaMet") && !Holds(value, "SuccessCriteriaMet"))
            yield return Part("cannot disable the SuccessCriteriaMet=True condition");
        if (Holds(old, "Complete") && !Holds(old, "SuccessCriteriaMet") && Holds(value, "SuccessCriteriaMet"))
            yield return Part("cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions");
    }
}
