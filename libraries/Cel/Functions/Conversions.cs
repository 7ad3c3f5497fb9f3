using System.Globalization;
using System.Text;
using Platform.Cel.Values;
using static Platform.Cel.Functions.Declare;

namespace Platform.Cel.Functions;

/// <summary>Conversions between types (CEL specification, "List of Standard Definitions"): what does not fit is an error.</summary>
internal static class Conversions
{
    private static readonly UTF8Encoding Strict = new(false, true);

    public static IEnumerable<CelOverload> All =>
    [
        .. ToInt, .. ToUint, .. ToDouble, .. ToText,
        Global("bool", "bool_to_bool", [CelType.Bool], CelType.Bool, v => v[0]),
        Global("bool", "string_to_bool", [CelType.String], CelType.Bool, v => Bool(Text(v[0]))),
        Global("bytes", "bytes_to_bytes", [CelType.Bytes], CelType.Bytes, v => v[0]),
        Global("bytes", "string_to_bytes", [CelType.String], CelType.Bytes, v => CelBytes.Utf8(Text(v[0]))),
        Global("timestamp", "timestamp_to_timestamp", [CelType.Timestamp], CelType.Timestamp, v => v[0]),
        Global("timestamp", "int64_to_timestamp", [CelType.Int], CelType.Timestamp,
            v => CelTimestamp.Of(((CelInt)v[0]).Value, 0) ?? (CelValue)new CelError("timestamp overflow")),
        Global("timestamp", "string_to_timestamp", [CelType.String], CelType.Timestamp,
            v => CelTimestamp.Parse(Text(v[0])) ?? (CelValue)new CelError($"cannot parse timestamp: {Text(v[0])}")),
        Global("duration", "duration_to_duration", [CelType.Duration], CelType.Duration, v => v[0]),
        Global("duration", "int64_to_duration", [CelType.Int], CelType.Duration, v => new CelDuration(((CelInt)v[0]).Value)),
        Global("duration", "string_to_duration", [CelType.String], CelType.Duration,
            v => CelDuration.Parse(Text(v[0])) ?? (CelValue)new CelError($"cannot parse duration: {Text(v[0])}")),
    ];

    private static IEnumerable<CelOverload> ToInt =>
    [
        Global("int", "int64_to_int64", [CelType.Int], CelType.Int, v => v[0]),
        Global("int", "uint64_to_int64", [CelType.Uint], CelType.Int, v => ((CelUint)v[0]).Value is var n && n > long.MaxValue ? CelError.IntOverflow : new CelInt((long)n)),
        Global("int", "double_to_int64", [CelType.Double], CelType.Int,
            v => ((CelDouble)v[0]).Value is var n && n > -9223372036854775808.0 && n < 9223372036854775808.0 ? new CelInt((long)n) : CelError.IntOverflow),
        Global("int", "string_to_int64", [CelType.String], CelType.Int,
            v => long.TryParse(Text(v[0]), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? new CelInt(n) : Failed(v[0], "int")),
        Global("int", "timestamp_to_int64", [CelType.Timestamp], CelType.Int, v => new CelInt(((CelTimestamp)v[0]).Seconds)),
        Global("int", "duration_to_int64", [CelType.Duration], CelType.Int, v => new CelInt(((CelDuration)v[0]).Nanoseconds)),
    ];

    private static IEnumerable<CelOverload> ToUint =>
    [
        Global("uint", "uint64_to_uint64", [CelType.Uint], CelType.Uint, v => v[0]),
        Global("uint", "int64_to_uint64", [CelType.Int], CelType.Uint, v => ((CelInt)v[0]).Value is var n && n < 0 ? CelError.UintOverflow : new CelUint((ulong)n)),
        Global("uint", "double_to_uint64", [CelType.Double], CelType.Uint,
            v => ((CelDouble)v[0]).Value is >= 0 and < 18446744073709551616.0 and var n ? new CelUint((ulong)n) : CelError.UintOverflow),
        Global("uint", "string_to_uint64", [CelType.String], CelType.Uint,
            v => ulong.TryParse(Text(v[0]), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? new CelUint(n) : Failed(v[0], "uint")),
    ];

    private static IEnumerable<CelOverload> ToDouble =>
    [
        Global("double", "double_to_double", [CelType.Double], CelType.Double, v => v[0]),
        Global("double", "int64_to_double", [CelType.Int], CelType.Double, v => new CelDouble(((CelInt)v[0]).Value)),
        Global("double", "uint64_to_double", [CelType.Uint], CelType.Double, v => new CelDouble(((CelUint)v[0]).Value)),
        Global("double", "string_to_double", [CelType.String], CelType.Double, v => Double(Text(v[0]))),
    ];

    private static IEnumerable<CelOverload> ToText =>
    [
        .. new[] { CelType.Bool, CelType.Int, CelType.Uint, CelType.Double, CelType.String, CelType.Timestamp, CelType.Duration }.Select(
            type => Global("string", type.Describe() + "_to_string", [type], CelType.String, v => new CelString(Show(v[0])))),
        Global("string", "bytes_to_string", [CelType.Bytes], CelType.String, v => FromBytes(((CelBytes)v[0]).Value)),
    ];

    /// <summary>A scalar as text, as <c>string()</c> makes it.</summary>
    public static string Show(CelValue value) => value switch
    {
        CelString text => text.Value,
        CelBool flag => flag.Value ? "true" : "false",
        CelInt number => number.Value.ToString(CultureInfo.InvariantCulture),
        CelUint number => number.Value.ToString(CultureInfo.InvariantCulture),
        CelDouble number => Show(number.Value),
        CelTimestamp or CelDuration => value.ToString()!,
        CelNull => "null",
        CelTypeValue type => type.Value.Name,
        _ => value.Type.Name,
    };

    // Go's shortest form: an exponent of two digits or more from 1e21 on and below 1e-4.
    public static string Show(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        if (value == 0)
            return double.IsNegative(value) ? "-0" : "0";
        var magnitude = Math.Abs(value);
        if (magnitude is >= 1e-4 and < 1e21)
            return value.ToString("0." + new string('#', 340), CultureInfo.InvariantCulture) is var plain && double.Parse(plain, CultureInfo.InvariantCulture) == value
                ? plain
                : value.ToString("R", CultureInfo.InvariantCulture);
        var parts = value.ToString("E16", CultureInfo.InvariantCulture);
        for (var digits = 0; digits <= 16; digits++)
        {
            parts = value.ToString("E" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (double.Parse(parts, CultureInfo.InvariantCulture) == value)
                break;
        }
        var at = parts.IndexOf('E', StringComparison.Ordinal);
        return $"{parts[..at]}e{parts[at + 1]}{parts[(at + 2)..].TrimStart('0').PadLeft(2, '0')}";
    }

    private static string Text(CelValue value) => ((CelString)value).Value;

    private static CelValue Bool(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => CelBool.True,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => CelBool.False,
        _ => new CelError($"type conversion error from 'string' to 'bool'"),
    };

    private static CelValue Double(string text) => text switch
    {
        "NaN" or "nan" => new CelDouble(double.NaN),
        "Inf" or "+Inf" or "inf" or "+inf" or "Infinity" or "+Infinity" => new CelDouble(double.PositiveInfinity),
        "-Inf" or "-inf" or "-Infinity" => new CelDouble(double.NegativeInfinity),
        _ => double.TryParse(text, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite), CultureInfo.InvariantCulture, out var n)
            && double.IsFinite(n) ? new CelDouble(n) : Failed(new CelString(text), "double"),
    };

    private static CelValue FromBytes(byte[] bytes)
    {
        try
        {
            return new CelString(Strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return new CelError("invalid UTF-8 in bytes, cannot convert to string");
        }
    }

    private static CelError Failed(CelValue value, string wanted) => new($"type conversion error from '{value.Type.Describe()}' to '{wanted}'");
}
