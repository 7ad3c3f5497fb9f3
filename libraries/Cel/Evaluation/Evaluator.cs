using Platform.Cel.Costs;
using Platform.Cel.Parsing;
using Platform.Cel.Values;

namespace Platform.Cel.Evaluation;

/// <summary>
/// One evaluation: walks the checked tree, counts what it costs as cel-go does, and ends when that is too much. Failures are values; the logical operators absorb
/// them where the other side decides (CEL specification, "Logical Operators").
/// </summary>
internal sealed partial class Evaluator(Func<string, CelValue?> variables, int slots, ulong limit, CancellationToken cancellation)
{
    /// <summary>Rounds of a comprehension between two looks at the cancellation.</summary>
    private const int CheckFrequency = 100;

    private readonly CelValue[] _slots = slots == 0 ? [] : new CelValue[slots];
    private readonly Dictionary<string, CelValue> _variables = new(StringComparer.Ordinal);
    private ulong _cost;
    private int _rounds;

    public CelResult Run(Expr root)
    {
        try
        {
            var value = Evaluate(root);
            return value is CelError error ? new(null, error.Message, _cost) : new(value, null, _cost);
        }
        catch (CostExceededException)
        {
            return new(null, CelLimits.ExceededMessage, _cost, true);
        }
    }

    private CelValue Evaluate(Expr node) => node switch
    {
        LiteralExpr literal => literal.Value,
        IdentExpr ident => Ident(ident),
        SelectExpr select => Select(select),
        CallExpr call => Call(call),
        ListExpr list => List(list),
        MapExpr map => Map(map),
        ComprehensionExpr comprehension => Comprehension(comprehension),
        _ => CelError.NoOverload,
    };

    private CelValue Ident(IdentExpr ident)
    {
        Spend(1);
        if (ident.Slot >= 0)
            return _slots[ident.Slot];
        if (ident.TypeValue is { } type)
            return new CelTypeValue(type);
        var name = ident.Name.StartsWith('.') ? ident.Name[1..] : ident.Name;
        if (!_variables.TryGetValue(name, out var value))
            _variables[name] = value = variables(name) ?? new CelError($"no such attribute(s): {name}");
        return value;
    }

    private CelValue Select(SelectExpr select)
    {
        if (select.Resolved is { } resolved)
            return Ident(resolved);
        var operand = Evaluate(select.Operand);
        if (!select.TestOnly)
            Spend(1);
        switch (operand)
        {
            case CelError:
                return operand;
            case CelMap map:
                var value = map.Find(select.Field);
                return select.TestOnly ? CelBool.Of(value is not null) : value ?? CelError.NoKey(select.Field);
            case CelOptional optional:
                var found = optional.Value is CelMap inner ? inner.Find(select.Field) : null;
                if (optional.Value is not null and not CelMap)
                    return CelError.NoOverload;
                return select.TestOnly ? CelBool.Of(found is not null) : found is null ? CelOptional.None : CelOptional.Of(found);
            default:
                return CelError.NoOverload;
        }
    }

    private CelValue Call(CallExpr call)
    {
        switch (call.Function)
        {
            case Operators.And:
                return Logical(call, deciding: false);
            case Operators.Or:
                return Logical(call, deciding: true);
            case Operators.Conditional:
                var condition = Evaluate(call.Arguments[0]);
                return condition is CelBool flag ? Evaluate(call.Arguments[flag.Value ? 1 : 2]) : condition is CelError ? condition : CelError.NoOverload;
            case Operators.NotStrictlyFalse:
                var tested = Evaluate(call.Arguments[0]);
                Spend(1);
                return CelBool.Of(tested is not CelBool { Value: false });
            case Operators.Add when call.Arguments is [IdentExpr { Slot: >= 0 } accumulator, ListExpr added] && _slots[accumulator.Slot] is GrowingList growing:
                return Collect(growing, added);
            case Operators.Index or Operators.OptionalIndex:
                return Index(call);
            case Operators.OptionalSelect:
                return OptionalSelect(call);
            default:
                return Invoke(call);
        }
    }

    private CelValue Logical(CallExpr call, bool deciding)
    {
        var left = Evaluate(call.Arguments[0]);
        if (left is CelBool first && first.Value == deciding)
            return first;
        var right = Evaluate(call.Arguments[1]);
        if (right is CelBool second && second.Value == deciding)
            return second;
        if (left is CelBool && right is CelBool)
            return CelBool.Of(!deciding);
        return left as CelError ?? right as CelError ?? CelError.NoOverload;
    }

    /// <summary>A macro's accumulator takes another item.</summary>
    private CelValue Collect(GrowingList growing, ListExpr added)
    {
        var item = Evaluate(added.Elements[0]);
        Spend(1 + CostModel.ListBase + 1);
        if (item is CelError)
            return item;
        growing.Add(item);
        return growing;
    }

    private CelValue Invoke(CallExpr call)
    {
        var offset = call.Target is null ? 0 : 1;
        var values = new CelValue[call.Arguments.Count + offset];
        CelError? failure = null;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Evaluate(i < offset ? call.Target! : call.Arguments[i - offset]);
            failure ??= values[i] as CelError;
            if (failure is not null)
                return failure;
        }
        foreach (var overload in call.Overloads)
        {
            if (!overload.Accepts(values))
                continue;
            var before = RuntimeCosts.Before(overload, values);
            Spend(before);
            var result = overload.Invoke(values);
            Spend(RuntimeCosts.After(overload, result));
            return result;
        }
        Spend(1);
        return CelError.NoOverload;
    }

    private CelValue Index(CallExpr call)
    {
        var operand = Evaluate(call.Arguments[0]);
        if (operand is CelError)
            return operand;
        var key = Evaluate(call.Arguments[1]);
        if (key is CelError)
            return key;
        Spend(1);
        var optional = call.Function == Operators.OptionalIndex;
        if (operand is CelOptional wrapped)
        {
            if (wrapped.Value is null)
                return CelOptional.None;
            (operand, optional) = (wrapped.Value, true);
        }
        var found = Indexing.Find(operand, key);
        if (!optional)
            return found;
        return found is not CelError failure ? CelOptional.Of(found) : Indexing.IsAbsence(failure) ? CelOptional.None : failure;
    }

    private CelValue OptionalSelect(CallExpr call)
    {
        var operand = Evaluate(call.Arguments[0]);
        Spend(1);
        if (operand is CelOptional optional)
        {
            if (optional.Value is null)
                return CelOptional.None;
            operand = optional.Value;
        }
        var name = ((CelString)((LiteralExpr)call.Arguments[1]).Value).Value;
        return operand switch
        {
            CelError => operand,
            CelMap map => map.Find(name) is { } value ? CelOptional.Of(value) : CelOptional.None,
            _ => CelError.NoOverload,
        };
    }

    private void Spend(ulong cost)
    {
        _cost = _cost > ulong.MaxValue - cost ? ulong.MaxValue : _cost + cost;
        if (_cost > limit)
            throw new CostExceededException();
    }
}
