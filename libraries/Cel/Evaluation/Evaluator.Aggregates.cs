using Platform.Cel.Costs;
using Platform.Cel.Functions;
using Platform.Cel.Parsing;
using Platform.Cel.Values;

namespace Platform.Cel.Evaluation;

/// <summary>Lists, maps and what goes through them.</summary>
internal sealed partial class Evaluator
{
    private CelValue List(ListExpr list)
    {
        var items = new List<CelValue>(list.Elements.Count);
        for (var i = 0; i < list.Elements.Count; i++)
        {
            var item = Evaluate(list.Elements[i]);
            if (item is CelError)
                return item;
            if (!list.Optional.Contains(i))
                items.Add(item);
            else if (item is not CelOptional optional)
                return CelError.NoOverload;
            else if (optional.Value is { } value)
                items.Add(value);
        }
        Spend(CostModel.ListBase);
        return new CelArray(items);
    }

    private CelValue Map(MapExpr map)
    {
        var entries = new Dictionary<CelValue, CelValue>(KeyComparer.Instance);
        foreach (var entry in map.Entries)
        {
            var key = Evaluate(entry.Key);
            if (key is CelError)
                return key;
            var value = Evaluate(entry.Value);
            if (value is CelError)
                return value;
            if (key is not (CelString or CelBool or CelInt or CelUint or CelDouble))
                return new CelError($"unsupported key type: {key.Type}");
            if (entry.Optional)
            {
                if (value is not CelOptional optional)
                    return CelError.NoOverload;
                if (optional.Value is null)
                    continue;
                value = optional.Value;
            }
            if (!entries.TryAdd(key, value))
                return new CelError($"Failed with repeated key: {Conversions.Show(key)}");
        }
        Spend(CostModel.MapBase);
        return new CelDictionary(entries);
    }

    private CelValue Comprehension(ComprehensionExpr node)
    {
        var range = Evaluate(node.Range);
        if (range is CelError)
            return range;
        var accumulator = !node.IsBinding && node.Initial is ListExpr { Elements.Count: 0 } ? new GrowingList() : Evaluate(node.Initial);
        if (node.Initial is ListExpr)
            Spend(CostModel.ListBase);
        if (node.IsBinding && accumulator is CelError)
            return accumulator;
        _slots[node.Slot + 1] = accumulator;
        var failure = range switch
        {
            CelList list => Loop(node, list),
            CelMap map => Loop(node, map.Keys),
            _ => CelError.NoOverload,
        };
        return failure ?? Evaluate(node.Result);
    }

    private CelError? Loop(ComprehensionExpr node, CelList list)
    {
        // Counted once: a list that is being collected elsewhere cannot grow while it is gone through.
        var count = list.Count;
        for (var i = 0; i < count; i++)
        {
            if (!Round(node, list[i], out var failure))
                return failure;
        }
        return null;
    }

    private CelError? Loop(ComprehensionExpr node, IEnumerable<CelValue> keys)
    {
        foreach (var key in keys)
        {
            if (!Round(node, key, out var failure))
                return failure;
        }
        return null;
    }

    /// <summary>One round; false where it is the last.</summary>
    private bool Round(ComprehensionExpr node, CelValue item, out CelError? failure)
    {
        failure = null;
        if (++_rounds % CheckFrequency == 0)
            cancellation.ThrowIfCancellationRequested();
        var accumulator = _slots[node.Slot + 1];
        _slots[node.Slot] = item;
        if (Evaluate(node.Condition) is CelBool { Value: false })
            return false;
        _slots[node.Slot] = item;
        var step = Evaluate(node.Step);
        // Inner comprehensions have slots of their own, so only this one's accumulator changes here.
        _slots[node.Slot + 1] = step;
        // all and exists go on after a failure, because a later item may decide; what collects or counts cannot.
        if (step is not CelError error || accumulator is CelBool or CelError)
            return true;
        failure = error;
        return false;
    }
}
