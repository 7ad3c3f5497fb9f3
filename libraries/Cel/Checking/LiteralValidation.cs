using Platform.Cel.Functions;
using Platform.Cel.Parsing;
using Platform.Cel.Values;

namespace Platform.Cel.Checking;

/// <summary>
/// Constants that can only fail are refused when compiled, as Kubernetes has done since 1.29: patterns, moments and spans of time.
/// </summary>
internal static class LiteralValidation
{
    public static void Check(Expr node, IssueList issues)
    {
        switch (node)
        {
            case CallExpr call:
                if (Wrong(call) is { } argument)
                    issues.Add(argument.Position, $"invalid {call.Function} argument");
                if (call.Target is not null)
                    Check(call.Target, issues);
                Check(call.Arguments, issues);
                break;
            case SelectExpr { Resolved: null } select:
                Check(select.Operand, issues);
                break;
            case ListExpr list:
                Check(list.Elements, issues);
                break;
            case MapExpr map:
                Check(map.Entries.SelectMany(e => new[] { e.Key, e.Value }), issues);
                break;
            case ComprehensionExpr comprehension:
                Check([comprehension.Range, comprehension.Initial, comprehension.Step, comprehension.Result], issues);
                break;
        }
    }

    private static void Check(IEnumerable<Expr> nodes, IssueList issues)
    {
        foreach (var node in nodes)
            Check(node, issues);
    }

    private static LiteralExpr? Wrong(CallExpr call)
    {
        if (call.Arguments is not [.., LiteralExpr { Value: CelString text } literal])
            return null;
        var valid = (call.Function, call.Arguments.Count, call.Target) switch
        {
            ("matches", 1, not null) or ("matches", 2, null) => Patterns.Compile(text.Value, out _) is not null,
            ("timestamp", 1, null) => CelTimestamp.Parse(text.Value) is not null,
            ("duration", 1, null) => CelDuration.Parse(text.Value) is not null,
            _ => true,
        };
        return valid ? null : literal;
    }
}
