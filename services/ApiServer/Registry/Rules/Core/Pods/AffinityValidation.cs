using System.Globalization;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>The rules of affinity to nodes and to other pods.</summary>
internal static class AffinityValidation
{
    public static IEnumerable<FieldError> Validate(Affinity? affinity, string path)
    {
        if (affinity is null)
            return [];
        var errors = new List<FieldError>();
        if (affinity.NodeAffinity is { } node)
            errors.AddRange(Node(node, $"{path}.nodeAffinity"));
        var (near, far) = (affinity.PodAffinity, affinity.PodAntiAffinity);
        errors.AddRange(Pods(near?.RequiredDuringSchedulingIgnoredDuringExecution, near?.PreferredDuringSchedulingIgnoredDuringExecution, $"{path}.podAffinity"));
        errors.AddRange(Pods(far?.RequiredDuringSchedulingIgnoredDuringExecution, far?.PreferredDuringSchedulingIgnoredDuringExecution, $"{path}.podAntiAffinity"));
        return errors;
    }

    private static IEnumerable<FieldError> Node(NodeAffinity affinity, string path)
    {
        const string required = "requiredDuringSchedulingIgnoredDuringExecution";
        if (affinity.RequiredDuringSchedulingIgnoredDuringExecution is { } hard)
        {
            if (hard.NodeSelectorTerms is not { Count: > 0 })
                yield return FieldError.Required($"{path}.{required}.nodeSelectorTerms", "must have at least one node selector term");
            foreach (var error in (hard.NodeSelectorTerms ?? []).SelectMany((t, i) => Term(t, $"{path}.{required}.nodeSelectorTerms[{i}]")))
                yield return error;
        }

        foreach (var (term, i) in (affinity.PreferredDuringSchedulingIgnoredDuringExecution ?? []).Select((t, i) => (t, i)))
        {
            var at = $"{path}.preferredDuringSchedulingIgnoredDuringExecution[{i}]";
            if (term.Weight is not (>= 1 and <= 100))
                yield return FieldError.Invalid($"{at}.weight", term.Weight ?? 0, "must be in the range 1-100");
            foreach (var error in Term(term.Preference ?? new(), $"{at}.preference"))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> Term(NodeSelectorTerm term, string path) =>
    [
        .. (term.MatchExpressions ?? []).SelectMany((r, i) => Requirement(r, $"{path}.matchExpressions[{i}]")),
        .. (term.MatchFields ?? []).SelectMany((r, i) => Field(r, $"{path}.matchFields[{i}]")),
    ];

    private static IEnumerable<FieldError> Requirement(NodeSelectorRequirement requirement, string path)
    {
        var values = requirement.Values ?? [];
        switch (requirement.Operator)
        {
            case "In" or "NotIn" when values.Count == 0:
                yield return FieldError.Required($"{path}.values", "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist" when values.Count > 0:
                yield return FieldError.Forbidden($"{path}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            case "Gt" or "Lt" when values.Count != 1:
                yield return FieldError.Required($"{path}.values", "must be specified single value when `operator` is 'Lt' or 'Gt'");
                break;
            case "Gt" or "Lt" when !long.TryParse(values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _):
                yield return FieldError.Invalid($"{path}.values[0]", values[0], "for 'Gt', 'Lt' operators, the value must be an integer");
                break;
            case "In" or "NotIn" or "Exists" or "DoesNotExist" or "Gt" or "Lt":
                break;
            default:
                yield return FieldError.Invalid($"{path}.operator", requirement.Operator ?? "", "not a valid selector operator");
                break;
        }

        foreach (var error in NameFormats.QualifiedName(requirement.Key ?? ""))
            yield return FieldError.Invalid($"{path}.key", requirement.Key ?? "", error);
    }

    private static IEnumerable<FieldError> Field(NodeSelectorRequirement requirement, string path)
    {
        if (requirement.Operator is not ("In" or "NotIn"))
            yield return FieldError.Invalid($"{path}.operator", requirement.Operator ?? "", "not a valid selector operator");
        else if (requirement.Values is not { Count: 1 })
            yield return FieldError.Required($"{path}.values", "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        if (requirement.Key != "metadata.name")
            yield return FieldError.Invalid($"{path}.key", requirement.Key ?? "", "not a valid field selector key");
    }

    private static IEnumerable<FieldError> Pods(IReadOnlyList<PodAffinityTerm>? required, IReadOnlyList<WeightedPodAffinityTerm>? preferred, string path)
    {
        foreach (var error in (required ?? []).SelectMany((t, i) => PodTerm(t, $"{path}.requiredDuringSchedulingIgnoredDuringExecution[{i}]")))
            yield return error;
        foreach (var (term, i) in (preferred ?? []).Select((t, i) => (t, i)))
        {
            var at = $"{path}.preferredDuringSchedulingIgnoredDuringExecution[{i}]";
            if (term.Weight is not (>= 1 and <= 100))
                yield return FieldError.Invalid($"{at}.weight", term.Weight ?? 0, "must be in the range 1-100");
            foreach (var error in PodTerm(term.PodAffinityTerm ?? new(), $"{at}.podAffinityTerm"))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> PodTerm(PodAffinityTerm term, string path)
    {
        // Upstream names this field without its last letter and without an index.
        foreach (var error in (term.Namespaces ?? []).SelectMany(n => Findings.Of(NameFormats.DnsLabel(n), $"{path}.namespace", n)))
            yield return error;
        foreach (var error in LabelKeyValidation.Validate(term, path))
            yield return error;
        if (string.IsNullOrEmpty(term.TopologyKey))
            yield return FieldError.Required($"{path}.topologyKey", "can not be empty");
        else
        {
            foreach (var error in NameFormats.QualifiedName(term.TopologyKey))
                yield return FieldError.Invalid($"{path}.topologyKey", term.TopologyKey, error);
        }

        foreach (var error in LabelSelectorValidation.Validate(term.LabelSelector, $"{path}.labelSelector"))
            yield return error;
        foreach (var error in LabelSelectorValidation.Validate(term.NamespaceSelector, $"{path}.namespaceSelector"))
            yield return error;
    }
}
