using Platform.Cel.Values;

namespace Platform.Cel.Costs;

/// <summary>Units of cost as cel-go counts them, and arithmetic that stops at the largest number.</summary>
internal static class CostModel
{
    /// <summary>Making a list.</summary>
    public const ulong ListBase = 10;

    /// <summary>Making a map.</summary>
    public const ulong MapBase = 30;

    /// <summary>Going through a text, per code point.</summary>
    public const double Traversal = 0.1;

    /// <summary>Matching a pattern, per code point of the pattern.</summary>
    public const double Pattern = 0.25;

    /// <summary>An authorizer's decision: expressions may ask for two.</summary>
    public const ulong AuthorizationCheck = 350_000;

    public static ulong Add(ulong a, ulong b) => a > ulong.MaxValue - b ? ulong.MaxValue : a + b;

    public static ulong Multiply(ulong a, ulong b) => b != 0 && a > ulong.MaxValue / b ? ulong.MaxValue : a * b;

    public static ulong Scale(ulong size, double factor)
    {
        var result = Math.Ceiling(size * factor);
        return result >= 18446744073709551615.0 ? ulong.MaxValue : (ulong)result;
    }

    /// <summary>What going through a list with all its texts costs.</summary>
    public static ulong TraversalOf(CelValue value)
    {
        if (value is not CelList list)
            return value is CelString or CelBytes ? Scale(value.CostSize, Traversal) : 1;
        ulong cost = 0;
        for (var i = 0; i < list.Count; i++)
            cost = Add(cost, list[i] is CelString or CelBytes ? Scale(list[i].CostSize, Traversal) : 1);
        return cost;
    }
}
