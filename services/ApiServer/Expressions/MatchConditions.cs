using Platform.Api.AdmissionRegistration.V1;
using Platform.Cel;
using Platform.Cel.Values;

namespace Platform.ApiServer.Expressions;

/// <summary>
/// Match conditions of webhooks and policies: a request that does not meet all of them is none of theirs. One that is false decides, whatever the others do; where
/// none is false and some fail, the failures are for the failure policy.
/// </summary>
internal sealed class MatchConditions
{
    private readonly IReadOnlyList<Expression> _conditions;

    private MatchConditions(IReadOnlyList<Expression> conditions) => _conditions = conditions;

    public static MatchConditions Compile(IReadOnlyList<MatchCondition>? conditions, CelEnvironment environment) =>
        new([.. (conditions ?? []).Select(c => Expression.Compile(c.Expression, environment, CelType.Bool))]);

    /// <summary>Whether the request meets them; or why that cannot be said.</summary>
    public (bool Matches, string? Error) Evaluate(Func<string, CelValue?> variables, CancellationToken cancellationToken)
    {
        if (_conditions.Count == 0)
            return (true, null);
        var budget = new CostBudget(CelLimits.MatchConditionsBudget);
        var failures = new List<string>();
        foreach (var condition in _conditions)
        {
            var (value, error) = condition.Evaluate(variables, budget, cancellationToken);
            if (value is CelBool { Value: false })
                return (false, null);
            if (error is not null)
                failures.Add(error);
        }
        return failures.Count switch
        {
            0 => (true, null),
            1 => (false, failures[0]),
            _ => (false, $"[{string.Join(", ", failures)}]"),
        };
    }
}
