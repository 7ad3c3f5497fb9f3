using System.Globalization;
using Platform.Api.Core.V1;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler.Plugins;

/// <summary>Compiles a term of node affinity: all its requirements, on labels and on the node's name, must hold; an empty one matches nothing.</summary>
internal static class NodeTerms
{
    public static Func<NodeInfo, bool> Compile(NodeSelectorTerm? term)
    {
        var expressions = (term?.MatchExpressions ?? []).ToArray();
        var fields = (term?.MatchFields ?? []).ToArray();
        if (expressions.Length + fields.Length == 0)
            return static _ => false;
        return node =>
        {
            foreach (var expression in expressions)
            {
                if (!Holds(expression, node.Labels.TryGetValue(expression.Key ?? "", out var value) ? value : null))
                    return false;
            }
            foreach (var field in fields)
            {
                if (!Holds(field, field.Key == "metadata.name" ? node.Name : null))
                    return false;
            }
            return true;
        };
    }

    private static bool Holds(NodeSelectorRequirement requirement, string? value) => requirement.Operator switch
    {
        "In" => value is not null && Contains(requirement, value),
        "NotIn" => value is null || !Contains(requirement, value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        "Gt" => Compare(requirement, value) > 0,
        "Lt" => Compare(requirement, value) < 0,
        _ => false,
    };

    private static bool Contains(NodeSelectorRequirement requirement, string value) => requirement.Values?.Contains(value) == true;

    /// <summary>Sign of value minus bound; 0, which neither operator accepts, where one is not a number.</summary>
    private static int Compare(NodeSelectorRequirement requirement, string? value) =>
        requirement.Values is { Count: 1 } bounds
        && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && long.TryParse(bounds[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bound)
            ? number.CompareTo(bound)
            : 0;
}
