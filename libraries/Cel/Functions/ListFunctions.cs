using Platform.Cel.Parsing;
using Platform.Cel.Values;
using static Platform.Cel.Functions.Declare;

namespace Platform.Cel.Functions;

/// <summary>Kubernetes' lists library: order, sums and search.</summary>
internal static class ListFunctions
{
    private static readonly CelType[] Comparable =
        [CelType.Int, CelType.Uint, CelType.Double, CelType.Bool, CelType.Duration, CelType.Timestamp, CelType.String, CelType.Bytes];

    private static readonly Dictionary<CelKind, CelValue> Zeros = new()
    {
        [CelKind.Int] = new CelInt(0), [CelKind.Uint] = new CelUint(0), [CelKind.Double] = new CelDouble(0), [CelKind.Duration] = new CelDuration(0),
    };

    private static readonly CelOverload[] Additions = [.. Arithmetic.All.Where(o => o.Function == Operators.Add)];

    public static IEnumerable<CelOverload> All
    {
        get
        {
            foreach (var type in Comparable)
            {
                var (list, name) = (CelType.List(type), type.Describe());
                yield return Member("isSorted", $"list_{name}_is_sorted", [list], CelType.Bool, v => IsSorted((CelList)v[0]));
                yield return Member("min", $"list_{name}_min", [list], type, v => Extreme((CelList)v[0], -1, "min"));
                yield return Member("max", $"list_{name}_max", [list], type, v => Extreme((CelList)v[0], 1, "max"));
                if (Zeros.TryGetValue(type.Kind, out var zero))
                    yield return Member("sum", $"list_{name}_sum", [list], type, v => Sum((CelList)v[0], zero));
            }
            yield return Member("indexOf", "list_a_index_of_int", [ListOfA, A], CelType.Int, v => IndexOf((CelList)v[0], v[1], last: false));
            yield return Member("lastIndexOf", "list_a_last_index_of_int", [ListOfA, A], CelType.Int, v => IndexOf((CelList)v[0], v[1], last: true));
        }
    }

    private static CelValue IsSorted(CelList list)
    {
        for (var i = 1; i < list.Count; i++)
        {
            if (Equality.Order(list[i - 1], list[i]) is not { } order)
                return list[i] as CelError ?? CelError.NoOverload;
            if (order > 0)
                return CelBool.False;
        }
        return CelBool.True;
    }

    private static CelValue Extreme(CelList list, int sign, string name)
    {
        if (list.Count == 0)
            return new CelError($"{name} called on empty list");
        var best = list[0];
        for (var i = 1; i < list.Count; i++)
        {
            if (Equality.Order(list[i], best) is not { } order)
                return list[i] as CelError ?? CelError.NoOverload;
            if (order * sign > 0)
                best = list[i];
        }
        return best;
    }

    private static CelValue Sum(CelList list, CelValue zero)
    {
        var sum = list.Count == 0 ? zero : list[0];
        for (var i = 1; i < list.Count && sum is not CelError; i++)
        {
            CelValue[] pair = [sum, list[i]];
            sum = Array.Find(Additions, o => o.Accepts(pair)) is { } addition ? addition.Invoke(pair) : list[i] as CelError ?? CelError.NoOverload;
        }
        return sum;
    }

    private static CelInt IndexOf(CelList list, CelValue item, bool last)
    {
        for (var i = 0; i < list.Count; i++)
        {
            var at = last ? list.Count - 1 - i : i;
            if (Equality.Equal(list[at], item))
                return new(at);
        }
        return new(-1);
    }
}
