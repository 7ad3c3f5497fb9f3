using System.Globalization;
using Platform.Api.Batch.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;
using Platform.ApiServer.Registry.Rules.Core.Pods;

namespace Platform.ApiServer.Registry.Rules.Batch;

/// <summary>The rules of a job's policies: which failures of pods count, and when enough indexes have succeeded.</summary>
internal static class JobPolicyValidation
{
    private const int MostRules = 20;
    private const int MostPatterns = 20;
    private const int MostExitCodes = 255;
    private const int LongestIndexes = 64 * 1024;

    public static IEnumerable<FieldError> Failure(JobSpec spec, string path)
    {
        if (spec.PodFailurePolicy is not { } policy)
            yield break;
        var rules = policy.Rules ?? [];
        if (rules.Count > MostRules)
            yield return FieldError.TooMany($"{path}.rules", rules.Count, MostRules);
        var pod = spec.Template?.Spec;
        var containers = (pod?.Containers ?? []).Concat(pod?.InitContainers ?? []).Select(c => c.Name ?? "").ToHashSet(StringComparer.Ordinal);
        foreach (var error in rules.SelectMany((r, i) => Rule(spec, r, containers, $"{path}.rules[{i}]")))
            yield return error;
    }

    public static IEnumerable<FieldError> Success(JobSpec spec, string path)
    {
        if (spec.SuccessPolicy is not { } policy)
            yield break;
        if (spec.CompletionMode != "Indexed")
        {
            yield return FieldError.Invalid(path, policy, "requires indexed completion mode");
            yield break;
        }

        var rules = policy.Rules ?? [];
        if (rules.Count == 0)
            yield return FieldError.Required($"{path}.rules", "at least one rules must be specified when the successPolicy is specified");
        if (rules.Count > MostRules)
            yield return FieldError.TooMany($"{path}.rules", rules.Count, MostRules);
        foreach (var error in rules.SelectMany((r, i) => Rule(r, spec.Completions ?? 0, $"{path}.rules[{i}]")))
            yield return error;
    }

    private static IEnumerable<FieldError> Rule(SuccessPolicyRule rule, int completions, string path)
    {
        if (rule.SucceededCount is null && rule.SucceededIndexes is null)
            yield return FieldError.Required(path, "at least one of succeededCount or succeededIndexes must be specified");
        var total = 0;
        if (rule.SucceededIndexes is { } indexes)
        {
            if (indexes.Length > LongestIndexes)
                yield return FieldError.TooLong($"{path}.succeededIndexes", LongestIndexes);
            var parsed = JobIndexes.Parse(indexes, completions);
            total = parsed.Total;
            if (parsed.Error is { } wrong)
                yield return FieldError.Invalid($"{path}.succeededIndexes", indexes, $"error parsing succeededIndexes: {wrong}");
        }

        if (rule.SucceededCount is not { } count)
            yield break;
        var at = $"{path}.succeededCount";
        foreach (var error in TemplateValidation.Count(count, at))
            yield return error;
        if (count > completions)
            yield return FieldError.Invalid(at, count, Number($"must be less than or equal to {completions} (the number of specified completions)"));
        if (rule.SucceededIndexes is not null && count > total)
            yield return FieldError.Invalid(at, count, Number($"must be less than or equal to {total} (the number of indexes in the specified succeededIndexes field)"));
    }

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<FieldError> Rule(JobSpec spec, PodFailurePolicyRule rule, HashSet<string> containers, string path)
    {
        string[] actions = ["Count", "FailIndex", "FailJob", "Ignore"];
        if (string.IsNullOrEmpty(rule.Action))
            yield return FieldError.Required($"{path}.action", "valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]");
        else if (rule.Action == "FailIndex" && spec.BackoffLimitPerIndex is null)
            yield return FieldError.Invalid($"{path}.action", rule.Action, "requires the backoffLimitPerIndex to be set");
        else if (!actions.Contains(rule.Action))
            yield return FieldError.NotSupported($"{path}.action", rule.Action, actions);
        if (rule.OnExitCodes is { } codes)
        {
            foreach (var error in ExitCodes(codes, containers, $"{path}.onExitCodes"))
                yield return error;
        }

        var patterns = rule.OnPodConditions ?? [];
        if (patterns.Count > MostPatterns)
            yield return FieldError.TooMany($"{path}.onPodConditions", patterns.Count, MostPatterns);
        foreach (var error in patterns.SelectMany((p, i) => Pattern(p, $"{path}.onPodConditions[{i}]")))
            yield return error;
        if (rule.OnExitCodes is not null && patterns.Count > 0)
            yield return FieldError.InvalidPart(path, "specifying both OnExitCodes and OnPodConditions is not supported");
        if (rule.OnExitCodes is null && patterns.Count == 0)
            yield return FieldError.InvalidPart(path, "specifying one of OnExitCodes and OnPodConditions is required");
    }

    private static IEnumerable<FieldError> Pattern(PodFailurePolicyOnPodConditionsPattern pattern, string path)
    {
        foreach (var error in NameFormats.QualifiedName(pattern.Type ?? ""))
            yield return FieldError.Invalid($"{path}.type", pattern.Type ?? "", error);
        if (pattern.Status is not ("True" or "False" or "Unknown"))
            yield return FieldError.NotSupported($"{path}.status", pattern.Status, ["False", "True", "Unknown"]);
    }

    private static IEnumerable<FieldError> ExitCodes(PodFailurePolicyOnExitCodesRequirement codes, HashSet<string> containers, string path)
    {
        if (string.IsNullOrEmpty(codes.Operator))
            yield return FieldError.Required($"{path}.operator", "valid values: [\"In\" \"NotIn\"]");
        else if (codes.Operator is not ("In" or "NotIn"))
            yield return FieldError.NotSupported($"{path}.operator", codes.Operator, ["In", "NotIn"]);
        if (codes.ContainerName is { } name && !containers.Contains(name))
            yield return FieldError.Invalid($"{path}.containerName", name, "must be one of the container or initContainer names in the pod template");
        var values = codes.Values ?? [];
        if (values.Count == 0)
            yield return FieldError.Invalid($"{path}.values", Show(values), "at least one value is required");
        else if (values.Count > MostExitCodes)
            yield return FieldError.TooMany($"{path}.values", values.Count, MostExitCodes);
        var seen = new HashSet<int>();
        var ordered = true;
        for (var i = 0; i < values.Count; i++)
        {
            if (codes.Operator == "In" && values[i] == 0)
                yield return FieldError.Invalid($"{path}.values[{i}]", 0, "must not be 0 for the In operator");
            if (!seen.Add(values[i]))
                yield return FieldError.Duplicate($"{path}.values[{i}]", values[i]);
            ordered &= i == 0 || values[i - 1] <= values[i];
        }

        if (!ordered)
            yield return FieldError.Invalid($"{path}.values", Show(values), "must be ordered");
    }

    private static GoIntegers Show(IReadOnlyList<int> values) => new(values);

    /// <summary>A list of numbers as Go prints it.</summary>
    private sealed record GoIntegers(IReadOnlyList<int> Values) : IFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider) => $"[]int32{{{string.Join(", ", Values)}}}";
    }
}
