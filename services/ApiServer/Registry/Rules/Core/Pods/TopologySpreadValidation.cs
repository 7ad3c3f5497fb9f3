using Platform.Api.Core.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>The rules of how pods are spread over the parts of a cluster.</summary>
internal static class TopologySpreadValidation
{
    private const string DoNotSchedule = "DoNotSchedule";

    private static readonly string[] Actions = [DoNotSchedule, "ScheduleAnyway"];
    private static readonly string[] InclusionPolicies = ["Honor", "Ignore"];

    public static IEnumerable<FieldError> Validate(IReadOnlyList<TopologySpreadConstraint> constraints, string path)
    {
        var seen = new HashSet<(string?, string?)>();
        foreach (var (constraint, at) in constraints.At(path))
        {
            if (constraint.MaxSkew is not > 0)
                yield return FieldError.Invalid($"{at}.maxSkew", constraint.MaxSkew ?? 0, "must be greater than zero");
            if (string.IsNullOrEmpty(constraint.TopologyKey))
                yield return FieldError.Required($"{at}.topologyKey", "can not be empty");
            var action = constraint.WhenUnsatisfiable ?? "";
            if (!Actions.Contains(action))
                yield return FieldError.NotSupported($"{at}.whenUnsatisfiable", action, Actions);
            if (!seen.Add((constraint.TopologyKey, constraint.WhenUnsatisfiable)))
                yield return FieldError.Duplicate($"{at}.{{topologyKey, whenUnsatisfiable}}", $"{{{constraint.TopologyKey}, {constraint.WhenUnsatisfiable}}}");
            if (constraint.MinDomains <= 0)
                yield return FieldError.Invalid($"{at}.minDomains", constraint.MinDomains, "must be greater than zero");
            if (constraint.MinDomains is { } domains && action != DoNotSchedule)
                yield return FieldError.Invalid($"{at}.minDomains", domains, $"can only use minDomains if whenUnsatisfiable={DoNotSchedule}, not {action}");
            foreach (var error in Findings.OneOf(constraint.NodeAffinityPolicy, $"{at}.nodeAffinityPolicy", InclusionPolicies))
                yield return error;
            foreach (var error in Findings.OneOf(constraint.NodeTaintsPolicy, $"{at}.nodeTaintsPolicy", InclusionPolicies))
                yield return error;
            foreach (var error in LabelKeyValidation.Validate(constraint, $"{at}.matchLabelKeys"))
                yield return error;
            foreach (var error in LabelSelectorValidation.Validate(constraint.LabelSelector, $"{at}.labelSelector"))
                yield return error;
        }
    }
}
