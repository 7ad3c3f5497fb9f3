using Platform.Cel.Parsing;
using Platform.Cel.Values;
using static Platform.Cel.Functions.Declare;

namespace Platform.Cel.Functions;

/// <summary>Equality and order. Numbers of different types can be compared, as Kubernetes has allowed since 1.28.</summary>
internal static class Comparison
{
    private static readonly (CelType Type, string Name)[] Ordered =
    [
        (CelType.Bool, "bool"), (CelType.Int, "int64"), (CelType.Uint, "uint64"), (CelType.Double, "double"), (CelType.String, "string"),
        (CelType.Bytes, "bytes"), (CelType.Timestamp, "timestamp"), (CelType.Duration, "duration"),
    ];

    public static IEnumerable<CelOverload> All
    {
        get
        {
            yield return Global(Operators.Equal, "equals", [A, A], CelType.Bool, v => CelBool.Of(Equality.Equal(v[0], v[1])));
            yield return Global(Operators.NotEqual, "not_equals", [A, A], CelType.Bool, v => CelBool.Of(!Equality.Equal(v[0], v[1])));
            foreach (var overload in Order(Operators.Less, "less", o => o < 0))
                yield return overload;
            foreach (var overload in Order(Operators.LessOrEqual, "less_equals", o => o <= 0))
                yield return overload;
            foreach (var overload in Order(Operators.Greater, "greater", o => o > 0))
                yield return overload;
            foreach (var overload in Order(Operators.GreaterOrEqual, "greater_equals", o => o >= 0))
                yield return overload;
        }
    }

    private static IEnumerable<CelOverload> Order(string name, string id, Func<int, bool> holds)
    {
        foreach (var (left, leftName) in Ordered)
        {
            foreach (var (right, rightName) in Ordered)
            {
                var same = ReferenceEquals(left, right);
                if (same || (IsNumber(left) && IsNumber(right)))
                {
                    yield return Global(name, same ? $"{id}_{leftName}" : $"{id}_{leftName}_{rightName}", [left, right], CelType.Bool,
                        v => CelBool.Of(Equality.Order(v[0], v[1]) is { } order && holds(order)));
                }
            }
        }
    }

    private static bool IsNumber(CelType type) => type.Kind is CelKind.Int or CelKind.Uint or CelKind.Double;
}
