using Platform.Api.Meta.V1;

namespace Platform.ControllerManager.Ownership;

/// <summary>Whether labels satisfy a selector. A null selector matches nothing and an empty one everything, as the API conventions say.</summary>
internal static class LabelSelectorMatch
{
    public static bool Matches(LabelSelector? selector, IReadOnlyDictionary<string, string>? labels)
    {
        if (selector is null)
            return false;
        foreach (var (key, value) in selector.MatchLabels ?? Empty)
        {
            if (labels is null || !labels.TryGetValue(key, out var actual) || actual != value)
                return false;
        }
        return (selector.MatchExpressions ?? []).All(r => Matches(r, labels ?? Empty));
    }

    /// <summary>A service's selector: a map of equalities, where null or empty selects nothing.</summary>
    public static bool Matches(IReadOnlyDictionary<string, string>? selector, IReadOnlyDictionary<string, string>? labels) =>
        selector is { Count: > 0 } && selector.All(s => labels is not null && labels.TryGetValue(s.Key, out var actual) && actual == s.Value);

    public static bool IsEmpty(LabelSelector? selector) => selector is not null && selector is { MatchLabels: null or { Count: 0 }, MatchExpressions: null or { Count: 0 } };

    private static readonly Dictionary<string, string> Empty = [];

    private static bool Matches(LabelSelectorRequirement requirement, IReadOnlyDictionary<string, string> labels)
    {
        var found = labels.TryGetValue(requirement.Key ?? "", out var value);
        return requirement.Operator switch
        {
            "In" => found && (requirement.Values ?? []).Contains(value),
            "NotIn" => !found || !(requirement.Values ?? []).Contains(value),
            "Exists" => found,
            "DoesNotExist" => !found,
            // Validation lets nothing else through; an operator of a later version must not select too much.
            _ => false,
        };
    }
}
