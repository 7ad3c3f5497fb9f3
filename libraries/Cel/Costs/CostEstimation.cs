using Platform.Cel.Parsing;
using Platform.Cel.Values;

namespace Platform.Cel.Costs;

/// <summary>
/// What an expression can cost at most, before anything is evaluated: each node's cost as cel-go counts it, with the largest sizes that the types allow. A schema whose
/// rules could cost too much is refused with this figure, so that it must not be far from upstream's.
/// </summary>
internal sealed class CostEstimation
{
    private static readonly Estimate Nothing = Estimate.Fixed(0);
    private static readonly Estimate One = Estimate.Fixed(1);

    private readonly Dictionary<Expr, Estimate> _sizes = [];

    public CelCost Of(Expr root)
    {
        var cost = Cost(root);
        return new(cost.Min, cost.Max);
    }

    private Estimate Cost(Expr node) => node switch
    {
        IdentExpr => One,
        SelectExpr { Resolved: not null } => One,
        SelectExpr select => Cost(select.Operand) + (select.TestOnly || select.Operand.Type.Kind is not (CelKind.Map or CelKind.Object) ? Nothing : One),
        CallExpr call => Call(call),
        ListExpr list => list.Elements.Aggregate(Estimate.Fixed(CostModel.ListBase), (sum, e) => sum + Cost(e)),
        MapExpr map => map.Entries.Aggregate(Estimate.Fixed(CostModel.MapBase), (sum, e) => sum + Cost(e.Key) + Cost(e.Value)),
        ComprehensionExpr comprehension => Comprehension(comprehension),
        _ => Nothing,
    };

    private Estimate Comprehension(ComprehensionExpr node)
    {
        var cost = Cost(node.Range) + Cost(node.Initial);
        if (node.IsBinding)
        {
            cost += Cost(node.Result);
            if (Known(node.Result) is { } bound)
                _sizes[node] = bound;
            return cost;
        }
        var round = Cost(node.Condition) + Cost(node.Step);
        var rounds = Size(node.Range);
        if (node.Initial is ListExpr)
            _sizes[node] = new(0, rounds.Max);
        return cost + Cost(node.Result) + (rounds * round);
    }

    private Estimate Call(CallExpr call)
    {
        var arguments = call.Arguments.Select(Cost).ToArray();
        var target = call.Target is null ? Nothing : Cost(call.Target);
        if (call.Function is Operators.And or Operators.Or)
            return new(arguments[0].Min, (arguments[0] + arguments[1]).Max);
        if (call.Function == Operators.Conditional)
        {
            _sizes[call] = Size(call.Arguments[1]).Union(Size(call.Arguments[2]));
            return arguments[0] + arguments[1].Union(arguments[2]);
        }
        var sum = arguments.Aggregate(target, (total, a) => total + a);
        if (call.Overloads.Count == 0)
            return sum + One;
        Estimate? cost = null;
        Estimate? size = null;
        foreach (var overload in call.Overloads)
        {
            var operands = call.Target is null ? call.Arguments : [call.Target, .. call.Arguments];
            var (own, result) = CallEstimates.Of(overload, operands.Select(Size).ToArray(), operands);
            cost = cost?.Union(own) ?? own;
            size = result is null ? size : size?.Union(result.Value) ?? result;
        }
        if (size is { } known)
            _sizes[call] = known;
        return sum + cost!.Value;
    }

    private Estimate Size(Expr node) => Known(node) ?? Estimate.Unknown;

    private Estimate? Known(Expr node)
    {
        if (_sizes.TryGetValue(node, out var known))
            return known;
        switch (node)
        {
            case LiteralExpr literal:
                return Estimate.Fixed(literal.Value.CostSize);
            case ListExpr list:
                return Estimate.Fixed((ulong)list.Elements.Count);
            case MapExpr map:
                return Estimate.Fixed((ulong)map.Entries.Count);
        }
        if (IsScalar(node.Type))
            return One;
        // Only what lies in the documents has the size that its schema gives it: variables, fields and items.
        return node is IdentExpr or SelectExpr or CallExpr { Function: Operators.Index } ? Declared(node.Type) : null;
    }

    /// <summary>Objects have no size of their own, as upstream counts: to compare two of them costs nothing. The name of a type is as small.</summary>
    private static Estimate? Declared(CelType type) => type.Kind switch
    {
        CelKind.Object or CelKind.Type => Nothing,
        CelKind.Optional => Declared(type.Item),
        _ => type.MaxElements is { } most ? new(0, most) : null,
    };

    private static bool IsScalar(CelType type) => type.Kind switch
    {
        CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.Double or CelKind.Duration or CelKind.Timestamp => true,
        CelKind.Optional => IsScalar(type.Item),
        _ => false,
    };
}
