using Platform.Api.Core.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>
/// A running pod is hardly changeable: images, a shorter deadline and more tolerations. While scheduling gates hold it back, where it may
/// run can be narrowed, and gates can be removed but not added.
/// </summary>
internal static class PodUpdateValidation
{
    private const string Allowed =
        "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`," +
        "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    public static IEnumerable<FieldError> Validate(Pod value, Pod old)
    {
        if (value.Spec is not { } spec || old.Spec is not { } before)
            yield break;
        var counts = false;
        foreach (var (now, then, field) in new[] { (spec.Containers, before.Containers, "containers"), (spec.InitContainers, before.InitContainers, "initContainers") })
        {
            if ((now?.Count ?? 0) == (then?.Count ?? 0))
                continue;
            counts = true;
            yield return FieldError.Forbidden($"spec.{field}", "pod updates may not add or remove containers");
        }

        if (counts)
            yield break;
        if (before.ActiveDeadlineSeconds is { } deadline)
        {
            if (spec.ActiveDeadlineSeconds is null)
                yield return FieldError.Invalid("spec.activeDeadlineSeconds", null, "must not update from a positive integer to nil value");
            else if (spec.ActiveDeadlineSeconds > deadline)
                yield return FieldError.Invalid("spec.activeDeadlineSeconds", spec.ActiveDeadlineSeconds, "must be less than or equal to previous value");
        }

        foreach (var error in Tolerations(spec.Tolerations ?? [], before.Tolerations ?? []))
            yield return error;
        var gated = before.SchedulingGates is { Count: > 0 };
        foreach (var gate in (spec.SchedulingGates ?? []).Where(g => before.SchedulingGates?.Any(b => b.Name == g.Name) != true))
            yield return FieldError.Forbidden("spec.schedulingGates", $"only deletion is allowed, but found new scheduling gate '{gate.Name}'");
        if (!SemanticEquality.Same(Settled(spec, before, gated), before))
            yield return FieldError.Forbidden("spec", Allowed);
    }

    /// <summary>The new spec with everything that may change put back as it was: what then still differs may not.</summary>
    private static PodSpec Settled(PodSpec spec, PodSpec before, bool gated)
    {
        var settled = spec with
        {
            Containers = Images(spec.Containers, before.Containers),
            InitContainers = Images(spec.InitContainers, before.InitContainers),
            ActiveDeadlineSeconds = before.ActiveDeadlineSeconds,
            Tolerations = before.Tolerations,
            SchedulingGates = before.SchedulingGates,
        };
        if (before.TerminationGracePeriodSeconds < 0 && spec.TerminationGracePeriodSeconds == 1)
            settled.TerminationGracePeriodSeconds = before.TerminationGracePeriodSeconds;
        if (gated && (before.NodeSelector ?? new Dictionary<string, string>()).All(s => spec.NodeSelector?.GetValueOrDefault(s.Key) == s.Value))
            settled.NodeSelector = before.NodeSelector;
        if (gated && before.Affinity?.NodeAffinity is null && settled.Affinity is { } affinity)
            settled.Affinity = affinity with { NodeAffinity = null };

        return settled;
    }

    private static List<Container>? Images(IReadOnlyList<Container>? now, IReadOnlyList<Container>? before) =>
        now is null || before is null ? null : [.. now.Select((c, i) => c with { Image = before[i].Image })];

    private static IEnumerable<FieldError> Tolerations(IReadOnlyList<Toleration> now, IReadOnlyList<Toleration> before)
    {
        var kept = before.All(b => now.Any(n => SemanticEquality.Same(n with { TolerationSeconds = null }, b with { TolerationSeconds = null })));
        if (!kept)
            yield return FieldError.Forbidden("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds");
    }
}
