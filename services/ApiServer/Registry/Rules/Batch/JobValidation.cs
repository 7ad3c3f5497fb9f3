using Platform.Api.Batch.V1;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Registry.Rules.Core.Pods;

namespace Platform.ApiServer.Registry.Rules.Batch;

/// <summary>The rules of a job's spec, in jobs and in cron jobs' templates, and of its updates.</summary>
internal static class JobValidation
{
    private const int MostParallelIndexes = 100_000;
    private const int MostFailedIndexes = 100_000;
    private const int ManyCompletions = 100_000;
    private const int MostParallelOfMany = 10_000;
    private const int MostFailedOfMany = 10_000;
    private const int LongestManager = 63;

    public static IEnumerable<FieldError> Spec(JobSpec spec, string path)
    {
        (long? Count, string Field)[] counts =
        [
            (spec.Parallelism, "parallelism"), (spec.Completions, "completions"), (spec.ActiveDeadlineSeconds, "activeDeadlineSeconds"),
            (spec.BackoffLimit, "backoffLimit"), (spec.TtlSecondsAfterFinished, "ttlSecondsAfterFinished"),
            (spec.BackoffLimitPerIndex, "backoffLimitPerIndex"), (spec.MaxFailedIndexes, "maxFailedIndexes"),
        ];
        return
        [
            .. counts.SelectMany(c => TemplateValidation.Count(c.Count, $"{path}.{c.Field}")),
            .. Manager(spec.ManagedBy, $"{path}.managedBy"),
            .. spec.CompletionMode == "Indexed" ? Indexed(spec, path) : NotIndexed(spec, path),
            .. JobPolicyValidation.Failure(spec, $"{path}.podFailurePolicy"),
            .. JobPolicyValidation.Success(spec, $"{path}.successPolicy"),
            .. Replacement(spec, $"{path}.podReplacementPolicy"),
            .. TemplateValidation.Pods(spec.Template, $"{path}.template"),
            .. Restart(spec, $"{path}.template.spec.restartPolicy"),
        ];
    }

    /// <summary>What of a job may change. Until it has started, a suspended job may still be told where its pods run.</summary>
    public static IEnumerable<FieldError> Update(JobSpec spec, JobSpec before, Job old)
    {
        foreach (var error in Completions(spec, before))
            yield return error;
        if (!SemanticEquality.Same(spec.Selector, before.Selector))
            yield return FieldError.Invalid("spec.selector", spec.Selector, "field is immutable");
        var schedulable = before.Suspend == true && old.Status?.StartTime is null;
        if (!SemanticEquality.Same(spec.Template, schedulable ? Redirected(before.Template, spec.Template) : before.Template))
            yield return FieldError.Invalid("spec.template", spec.Template, "field is immutable");
        (bool Same, object? Value, string Field)[] settled =
        [
            (spec.CompletionMode == before.CompletionMode, spec.CompletionMode, "completionMode"),
            (SemanticEquality.Same(spec.PodFailurePolicy, before.PodFailurePolicy), spec.PodFailurePolicy, "podFailurePolicy"),
            (spec.BackoffLimitPerIndex == before.BackoffLimitPerIndex, spec.BackoffLimitPerIndex, "backoffLimitPerIndex"),
            (spec.ManagedBy == before.ManagedBy, spec.ManagedBy, "managedBy"),
            (SemanticEquality.Same(spec.SuccessPolicy, before.SuccessPolicy), spec.SuccessPolicy, "successPolicy"),
        ];
        foreach (var (_, value, field) in settled.Where(s => !s.Same))
            yield return FieldError.Invalid($"spec.{field}", value, "field is immutable");
    }

    private static IEnumerable<FieldError> Completions(JobSpec spec, JobSpec before)
    {
        if (spec.Completions == before.Completions)
            yield break;
        if (spec.CompletionMode != "Indexed")
            yield return FieldError.Invalid("spec.completions", spec.Completions, "field is immutable");
        else if (spec.Completions is { } wanted && wanted != spec.Parallelism)
            yield return FieldError.Invalid("spec.completions", wanted, "can only be modified in tandem with spec.parallelism");
    }

    /// <summary>The old template with the new one's scheduling directives: what then still differs may not.</summary>
    private static PodTemplateSpec? Redirected(PodTemplateSpec? before, PodTemplateSpec? now)
    {
        if (before?.Spec is not { } spec || now?.Spec is not { } wanted)
            return before;
        var affinity = spec.Affinity is null && wanted.Affinity is null ? null
            : (spec.Affinity ?? new()) with { NodeAffinity = wanted.Affinity?.NodeAffinity };
        return before with
        {
            Metadata = (before.Metadata ?? new()) with { Labels = now.Metadata?.Labels, Annotations = now.Metadata?.Annotations },
            Spec = spec with
            {
                Affinity = affinity,
                NodeSelector = wanted.NodeSelector,
                Tolerations = wanted.Tolerations,
                SchedulingGates = wanted.SchedulingGates,
            },
        };
    }

    private static IEnumerable<FieldError> Manager(string? manager, string path)
    {
        if (manager is null)
            yield break;
        var slash = manager.IndexOf('/', StringComparison.Ordinal);
        if (manager.Length == 0)
            yield return FieldError.Required(path);
        else if (slash <= 0 || slash == manager.Length - 1)
            yield return FieldError.Invalid(path, manager, "must be a domain-prefixed path (such as \"acme.io/foo\")");
        else
        {
            foreach (var error in Platform.Api.Validation.NameFormats.DnsSubdomain(manager[..slash]))
                yield return FieldError.Invalid(path, manager[..slash], error);
        }

        if (manager.Length > LongestManager)
            yield return FieldError.TooLong(path, LongestManager);
    }

    private static IEnumerable<FieldError> Indexed(JobSpec spec, string path)
    {
        if (spec.MaxFailedIndexes is not null && spec.BackoffLimitPerIndex is null)
            yield return FieldError.Required($"{path}.backoffLimitPerIndex", "when maxFailedIndexes is specified");
        if (spec.Completions is null)
            yield return FieldError.Required($"{path}.completions", "when completion mode is Indexed");
        if (spec.Parallelism > MostParallelIndexes)
            yield return FieldError.Invalid($"{path}.parallelism", spec.Parallelism, $"must be less than or equal to {MostParallelIndexes} when completion mode is Indexed");
        if (spec.MaxFailedIndexes > spec.Completions)
            yield return FieldError.Invalid($"{path}.maxFailedIndexes", spec.MaxFailedIndexes, "must be less than or equal to completions");
        if (spec.MaxFailedIndexes > MostFailedIndexes)
            yield return FieldError.Invalid($"{path}.maxFailedIndexes", spec.MaxFailedIndexes, $"must be less than or equal to {MostFailedIndexes}");
        if (spec.Completions is null or <= ManyCompletions || spec.BackoffLimitPerIndex is null)
            yield break;
        var when = $"when completions are above {ManyCompletions} and used with backoff limit per index";
        if (spec.MaxFailedIndexes is null)
            yield return FieldError.Required($"{path}.maxFailedIndexes", $"must be specified when completions is above {ManyCompletions}");
        if (spec.Parallelism > MostParallelOfMany)
            yield return FieldError.Invalid($"{path}.parallelism", spec.Parallelism, $"must be less than or equal to {MostParallelOfMany} {when}");
        if (spec.MaxFailedIndexes > MostFailedOfMany)
            yield return FieldError.Invalid($"{path}.maxFailedIndexes", spec.MaxFailedIndexes, $"must be less than or equal to {MostFailedOfMany} {when}");
    }

    private static IEnumerable<FieldError> NotIndexed(JobSpec spec, string path)
    {
        if (spec.MaxFailedIndexes is not null && spec.BackoffLimitPerIndex is null)
            yield return FieldError.Required($"{path}.backoffLimitPerIndex", "when maxFailedIndexes is specified");
        if (spec.CompletionMode is not (null or "NonIndexed"))
        {
            yield return FieldError.NotSupported($"{path}.completionMode", spec.CompletionMode, ["Indexed", "NonIndexed"]);
            yield break;
        }

        if (spec.BackoffLimitPerIndex is not null)
            yield return FieldError.Invalid($"{path}.backoffLimitPerIndex", spec.BackoffLimitPerIndex, "requires indexed completion mode");
        if (spec.MaxFailedIndexes is not null)
            yield return FieldError.Invalid($"{path}.maxFailedIndexes", spec.MaxFailedIndexes, "requires indexed completion mode");
    }

    private static IEnumerable<FieldError> Replacement(JobSpec spec, string path)
    {
        if (spec.PodReplacementPolicy is not { } policy)
            yield break;
        string[] supported = spec.PodFailurePolicy is null ? ["Failed", "TerminatingOrFailed"] : ["Failed"];
        if (!supported.Contains(policy))
            yield return FieldError.NotSupported(path, policy, supported);
    }

    private static IEnumerable<FieldError> Restart(JobSpec spec, string path)
    {
        switch (spec.Template?.Spec?.RestartPolicy)
        {
            case null or "" or "Always":
                yield return FieldError.Required(path, "valid values: \"OnFailure\", \"Never\"");
                break;
            case "Never":
                break;
            case "OnFailure":
                if (spec.PodFailurePolicy is not null)
                    yield return FieldError.Invalid(path, "OnFailure", "only \"Never\" is supported when podFailurePolicy is specified");
                break;
            case var other:
                yield return FieldError.NotSupported(path, other, ["Never", "OnFailure"]);
                break;
        }
    }
}
