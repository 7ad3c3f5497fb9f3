using Platform.ApiServer.Expressions;
using Platform.Cel;
using Platform.Cel.Values;

namespace Platform.ApiServer.Admission.Policies;

/// <summary>
/// The value of <c>variables</c> in one evaluation of a policy: each variable is computed when an expression first reads it, with the budget of the
/// policy. A variable can only read those before it, so that there is no way round.
/// </summary>
internal sealed class PolicyVariables(
    CelType type, IReadOnlyDictionary<string, Expression> expressions, Func<string, CelValue?> variables, CostBudget budget, CancellationToken cancellationToken) : CelMap
{
    private readonly Dictionary<string, CelValue> _computed = new(StringComparer.Ordinal);

    public override CelType Type => type;

    public override int Count => expressions.Count;

    public override IEnumerable<CelValue> Keys => expressions.Keys.Select(From);

    public override CelValue? Find(CelValue key) => key is CelString name ? Find(name.Value) : null;

    public override CelValue? Find(string key)
    {
        if (_computed.TryGetValue(key, out var known) || !expressions.TryGetValue(key, out var expression))
            return known;
        var (value, error) = expression.Evaluate(name => name == "variables" ? this : variables(name), budget, cancellationToken);
        return _computed[key] = value ?? new CelError($"composited variable \"{key}\" fails to evaluate: {error}");
    }
}
