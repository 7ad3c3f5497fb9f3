using Platform.Api;
using Platform.Cel;
using Platform.Cel.Values;

namespace Platform.ApiServer.Expressions;

/// <summary>Kubernetes' quantity library for expressions. The host brings it because the language's library knows nothing of the API's types.</summary>
internal static class QuantityFunctions
{
    public static readonly CelType Type = CelType.Opaque("kubernetes.Quantity");

    public static IEnumerable<CelOverload> All =>
    [
        new("quantity", "string_to_quantity", false, [CelType.String], Type,
            v => Quantity.TryParse(Text(v[0]), out var amount) ? new CelOpaque(Type, amount)
                : new CelError("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")),
        new("isQuantity", "is_quantity_string", false, [CelType.String], CelType.Bool, v => CelBool.Of(Quantity.TryParse(Text(v[0]), out _))),
        Member("sign", CelType.Int, a => new CelInt(a.Sign)),
        Member("isInteger", CelType.Bool, a => CelBool.Of(Whole(a) is not null)),
        Member("asInteger", CelType.Int, a => Whole(a) is { } whole ? new CelInt(whole) : new CelError("cannot convert value to integer")),
        Member("asApproximateFloat", CelType.Double, a => new CelDouble(a.ToDouble())),
        Compared("isGreaterThan", CelType.Bool, order => CelBool.Of(order > 0)),
        Compared("isLessThan", CelType.Bool, order => CelBool.Of(order < 0)),
        Compared("compareTo", CelType.Int, order => new CelInt(Math.Sign(order))),
        .. Combined("add", (a, b) => a + b), .. Combined("sub", (a, b) => a - b),
    ];

    private static CelOverload Member(string name, CelType result, Func<Quantity, CelValue> compute) =>
        new(name, "quantity_" + name, true, [Type], result, v => compute(Amount(v[0])));

    private static CelOverload Compared(string name, CelType result, Func<int, CelValue> compute) =>
        new(name, "quantity_" + name, true, [Type, Type], result, v => compute(Amount(v[0]).CompareTo(Amount(v[1]))));

    private static CelOverload[] Combined(string name, Func<Quantity, Quantity, Quantity> compute) =>
    [
        new(name, $"quantity_{name}", true, [Type, Type], Type, v => new CelOpaque(Type, compute(Amount(v[0]), Amount(v[1])))),
        new(name, $"quantity_{name}_int", true, [Type, CelType.Int], Type, v => new CelOpaque(Type, compute(Amount(v[0]), new Quantity(((CelInt)v[1]).Value)))),
    ];

    private static long? Whole(Quantity amount) =>
        amount.Nanos % 1_000_000_000 == 0 && amount.Nanos / 1_000_000_000 is var whole && whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : null;

    private static Quantity Amount(CelValue value) => (Quantity)((CelOpaque)value).Value;

    private static string Text(CelValue value) => ((CelString)value).Value;
}
