namespace Platform.Cel.Values;

/// <summary>
/// Equality and order (CEL specification, "Equality" and "Ordering"): numbers of all types compare by mathematical value, values of different types are unequal
/// rather than wrong. Lists that a schema declares as sets or maps are equal in any order.
/// </summary>
internal static class Equality
{
    /// <summary>Values compared before the comparison is given up: values can share parts, and then be far larger than the memory they take.</summary>
    private const int MaximumComparisons = 4_000_000;

    [ThreadStatic]
    private static int t_comparisons;

    [ThreadStatic]
    private static int t_depth;

    /// <summary>Whether the values are equal.</summary>
    /// <exception cref="Evaluation.CostExceededException">The values are too large to be compared.</exception>
    public static bool Equal(CelValue left, CelValue right)
    {
        if (t_depth++ == 0)
            t_comparisons = 0;
        try
        {
            return ++t_comparisons <= MaximumComparisons ? Same(left, right) : throw new Evaluation.CostExceededException();
        }
        finally
        {
            t_depth--;
        }
    }

    private static bool Same(CelValue left, CelValue right) => (left, right) switch
    {
        (CelString a, CelString b) => a.Value == b.Value,
        (CelBool a, CelBool b) => a.Value == b.Value,
        (CelInt or CelUint or CelDouble, CelInt or CelUint or CelDouble) => Order(left, right) == 0,
        (CelNull, CelNull) => true,
        (CelBytes a, CelBytes b) => a.Value.AsSpan().SequenceEqual(b.Value),
        (CelTimestamp or CelDuration, CelTimestamp or CelDuration) => Order(left, right) == 0,
        (CelList a, CelList b) => EqualLists(a, b),
        (CelMap a, CelMap b) => EqualMaps(a, b),
        (CelTypeValue a, CelTypeValue b) => a.Value.Kind == b.Value.Kind && (a.Value.Kind is not (CelKind.Object or CelKind.Opaque) || a.Value.Name == b.Value.Name),
        (CelOptional a, CelOptional b) => a.Value is null || b.Value is null ? a.Value is null && b.Value is null : Equal(a.Value, b.Value),
        (CelOpaque a, CelOpaque b) => a.Type.Name == b.Type.Name && a.Value.Equals(b.Value),
        _ => false,
    };

    /// <summary>-1, 0 or 1; null where the values have no order (other types, not a number).</summary>
    public static int? Order(CelValue left, CelValue right) => (left, right) switch
    {
        (CelInt a, CelInt b) => a.Value.CompareTo(b.Value),
        (CelUint a, CelUint b) => a.Value.CompareTo(b.Value),
        (CelDouble a, CelDouble b) => OrderDoubles(a.Value, b.Value),
        (CelInt a, CelUint b) => a.Value < 0 ? -1 : ((ulong)a.Value).CompareTo(b.Value),
        (CelUint, CelInt) => -Order(right, left),
        (CelInt a, CelDouble b) => OrderMixed(a.Value, b.Value),
        (CelUint a, CelDouble b) => OrderMixed(a.Value, b.Value),
        (CelDouble, CelInt or CelUint) => -Order(right, left),
        (CelString a, CelString b) => OrderTexts(a.Value, b.Value),
        (CelBool a, CelBool b) => a.Value.CompareTo(b.Value),
        (CelBytes a, CelBytes b) => Math.Sign(a.Value.AsSpan().SequenceCompareTo(b.Value)),
        (CelTimestamp a, CelTimestamp b) => a.CompareTo(b),
        (CelDuration a, CelDuration b) => a.Nanoseconds.CompareTo(b.Nanoseconds),
        _ => null,
    };

    // By code point, not by UTF-16 unit: surrogates sort above the rest of the basic plane.
    private static int OrderTexts(string a, string b)
    {
        var at = a.AsSpan().CommonPrefixLength(b);
        if (at == a.Length || at == b.Length)
            return a.Length.CompareTo(b.Length);
        var (x, y) = (a[at], b[at]);
        return char.IsSurrogate(x) != char.IsSurrogate(y) ? char.IsSurrogate(x) ? 1 : -1 : x < y ? -1 : 1;
    }

    private static int? OrderDoubles(double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? null : a < b ? -1 : a > b ? 1 : 0;

    private static int? OrderMixed(Int128 a, double b)
    {
        if (double.IsNaN(b))
            return null;
        if (b >= 18446744073709551616.0)
            return -1;
        if (b < -9223372036854775808.0)
            return 1;
        var whole = (Int128)Math.Floor(b);
        return a != whole ? a < whole ? -1 : 1 : b > Math.Floor(b) ? -1 : 0;
    }

    private static bool EqualLists(CelList a, CelList b)
    {
        if (a.Count != b.Count)
            return false;
        if (a is JsonList { Declared: { ListKind: not CelListKind.Atomic } type })
            return EqualUnordered(a, b, type);
        for (var i = 0; i < a.Count; i++)
        {
            if (!Equal(a[i], b[i]))
                return false;
        }
        return true;
    }

    private static bool EqualUnordered(CelList a, CelList b, CelType type)
    {
        var left = SchemaLists.Index(a, type);
        var right = SchemaLists.Index(b, type);
        return left.Count == right.Count && left.All(e => right.TryGetValue(e.Key, out var other) && Equal(e.Value, other));
    }

    private static bool EqualMaps(CelMap a, CelMap b)
    {
        if (a.Count != b.Count)
            return false;
        foreach (var key in a.Keys)
        {
            var (left, right) = (Entry(a, key), Entry(b, key));
            if (left is null || right is null ? left != right : !Equal(left, right))
                return false;
        }
        return true;
    }

    // Keys of an object are names of its document, where its fields go by escaped ones.
    private static CelValue? Entry(CelMap map, CelValue key) =>
        map is JsonMap { Type.Kind: CelKind.Object } && key is CelString text ? map.Find(Schemas.FieldNames.Escape(text.Value) ?? text.Value) : map.Find(key);
}
