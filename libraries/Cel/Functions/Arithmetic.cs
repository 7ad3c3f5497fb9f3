using Platform.Cel.Parsing;
using Platform.Cel.Values;
using static Platform.Cel.Functions.Declare;

namespace Platform.Cel.Functions;

/// <summary>Arithmetic (CEL specification, "Numeric Values"): what does not fit its type is an error, never wrapped.</summary>
internal static class Arithmetic
{
    /// <summary>Longest text or bytes that an expression can make, in UTF-16 units or bytes.</summary>
    public const int MaximumLength = 8 * 1024 * 1024;

    /// <summary>Longest list that an expression can make.</summary>
    public const int MaximumItems = 1_000_000;

    private static readonly CelError ZeroDivision = new("division by zero");
    private static readonly CelError ZeroModulus = new("modulus by zero");

    public static CelError TooLong { get; } = new("value exceeds the maximum size");

    public static IEnumerable<CelOverload> All => [.. Ints, .. Uints, .. Doubles, .. Times, .. Sequences];

    private static IEnumerable<CelOverload> Ints =>
    [
        Int(Operators.Add, "add_int64", (a, b) => a + b),
        Int(Operators.Subtract, "subtract_int64", (a, b) => a - b),
        Int(Operators.Multiply, "multiply_int64", (a, b) => a * b),
        Int(Operators.Divide, "divide_int64", (a, b) => b == 0 ? null : a / b, ZeroDivision),
        Int(Operators.Modulo, "modulo_int64", (a, b) => b == 0 ? null : a % b, ZeroModulus),
        Global(Operators.Negate, "negate_int64", [CelType.Int], CelType.Int, v => Fit(-(Int128)((CelInt)v[0]).Value, CelError.IntOverflow)),
    ];

    private static IEnumerable<CelOverload> Uints =>
    [
        Uint(Operators.Add, "add_uint64", (a, b) => a + b),
        Uint(Operators.Subtract, "subtract_uint64", (a, b) => a - b),
        Uint(Operators.Multiply, "multiply_uint64", (a, b) => a * b),
        Uint(Operators.Divide, "divide_uint64", (a, b) => b == 0 ? null : a / b, ZeroDivision),
        Uint(Operators.Modulo, "modulo_uint64", (a, b) => b == 0 ? null : a % b, ZeroModulus),
    ];

    private static IEnumerable<CelOverload> Doubles =>
    [
        Double(Operators.Add, "add_double", (a, b) => a + b),
        Double(Operators.Subtract, "subtract_double", (a, b) => a - b),
        Double(Operators.Multiply, "multiply_double", (a, b) => a * b),
        Double(Operators.Divide, "divide_double", (a, b) => a / b),
        Global(Operators.Negate, "negate_double", [CelType.Double], CelType.Double, v => new CelDouble(-((CelDouble)v[0]).Value)),
    ];

    private static IEnumerable<CelOverload> Times =>
    [
        Global(Operators.Add, "add_timestamp_duration", [CelType.Timestamp, CelType.Duration], CelType.Timestamp, v => Shift(v[0], v[1], 1)),
        Global(Operators.Add, "add_duration_timestamp", [CelType.Duration, CelType.Timestamp], CelType.Timestamp, v => Shift(v[1], v[0], 1)),
        Global(Operators.Subtract, "subtract_timestamp_duration", [CelType.Timestamp, CelType.Duration], CelType.Timestamp, v => Shift(v[0], v[1], -1)),
        Global(Operators.Subtract, "subtract_timestamp_timestamp", [CelType.Timestamp, CelType.Timestamp], CelType.Duration,
            v => ((CelTimestamp)v[0]).Minus((CelTimestamp)v[1])),
        Global(Operators.Add, "add_duration_duration", [CelType.Duration, CelType.Duration], CelType.Duration, v => Span((Int128)Nanos(v[0]) + Nanos(v[1]))),
        Global(Operators.Subtract, "subtract_duration_duration", [CelType.Duration, CelType.Duration], CelType.Duration,
            v => Span((Int128)Nanos(v[0]) - Nanos(v[1]))),
    ];

    private static IEnumerable<CelOverload> Sequences =>
    [
        Global(Operators.Add, "add_string", [CelType.String, CelType.String], CelType.String, v => Concat(((CelString)v[0]).Value, ((CelString)v[1]).Value)),
        Global(Operators.Add, "add_bytes", [CelType.Bytes, CelType.Bytes], CelType.Bytes, v => Concat(((CelBytes)v[0]).Value, ((CelBytes)v[1]).Value)),
        Global(Operators.Add, "add_list", [ListOfA, ListOfA], ListOfA, v => Concat((CelList)v[0], (CelList)v[1])),
    ];

    private static CelOverload Int(string name, string id, Func<Int128, Int128, Int128?> compute, CelError? failure = null) => Global(
        name, id, [CelType.Int, CelType.Int], CelType.Int,
        v => compute(((CelInt)v[0]).Value, ((CelInt)v[1]).Value) is { } result ? Fit(result, CelError.IntOverflow) : failure!);

    private static CelOverload Uint(string name, string id, Func<Int128, Int128, Int128?> compute, CelError? failure = null) => Global(
        name, id, [CelType.Uint, CelType.Uint], CelType.Uint, v =>
        {
            var (a, b) = (((CelUint)v[0]).Value, ((CelUint)v[1]).Value);
            // The product of two large numbers does not even fit 128 bits with a sign.
            if (name == Operators.Multiply && a != 0 && b > ulong.MaxValue / a)
                return CelError.UintOverflow;
            if (compute(a, b) is not { } result)
                return failure!;
            return result < 0 || result > ulong.MaxValue ? CelError.UintOverflow : new CelUint((ulong)result);
        });

    private static CelOverload Double(string name, string id, Func<double, double, double> compute) => Global(
        name, id, [CelType.Double, CelType.Double], CelType.Double, v => new CelDouble(compute(((CelDouble)v[0]).Value, ((CelDouble)v[1]).Value)));

    private static CelValue Fit(Int128 value, CelError failure) => value < long.MinValue || value > long.MaxValue ? failure : new CelInt((long)value);

    private static long Nanos(CelValue value) => ((CelDuration)value).Nanoseconds;

    private static CelValue Span(Int128 nanoseconds) => CelDuration.Of(nanoseconds) ?? (CelValue)CelError.IntOverflow;

    private static CelValue Shift(CelValue moment, CelValue span, int sign) => ((CelTimestamp)moment).Plus((Int128)Nanos(span) * sign);

    private static CelValue Concat(string a, string b) => (long)a.Length + b.Length > MaximumLength ? TooLong : new CelString(a + b);

    private static CelValue Concat(byte[] a, byte[] b) => (long)a.Length + b.Length > MaximumLength ? TooLong : new CelBytes([.. a, .. b]);

    private static CelValue Concat(CelList a, CelList b)
    {
        if ((long)a.Count + b.Count > MaximumItems)
            return TooLong;
        return a is JsonList { Declared: { ListKind: not CelListKind.Atomic } type } ? SchemaLists.Merge(a, b, type) : ConcatenatedList.Of(a, b);
    }
}
