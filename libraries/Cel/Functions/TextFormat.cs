using System.Globalization;
using System.Text;
using Platform.Cel.Values;

namespace Platform.Cel.Functions;

/// <summary>The <c>format</c> function of texts: <c>%s %d %f %e %b %o %x %X %%</c>.</summary>
internal static class TextFormat
{
    private const int MaximumPrecision = 1_000;

    /// <summary>Deepest nesting of lists and maps that is written out.</summary>
    private const int MaximumDepth = 64;

    private const string Unfit = "unfit";

    public static CelValue Apply(string format, CelList arguments)
    {
        var result = new StringBuilder();
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                result.Append(format[i]);
                continue;
            }
            if (++i >= format.Length)
                return new CelError("could not parse formatting clause: unexpected end of string");
            if (format[i] == '%')
            {
                result.Append('%');
                continue;
            }
            var precision = 6;
            if (format[i] == '.')
            {
                var start = ++i;
                while (i < format.Length && char.IsAsciiDigit(format[i]))
                    i++;
                if (i >= format.Length || !int.TryParse(format.AsSpan(start, i - start), NumberStyles.None, CultureInfo.InvariantCulture, out precision)
                    || precision > MaximumPrecision)
                    return new CelError("could not parse formatting clause: error while converting precision to integer");
            }
            if (next >= arguments.Count)
                return new CelError(string.Create(CultureInfo.InvariantCulture, $"index {next} out of range"));
            if (Clause(result, format[i], arguments[next++], precision) is { } error)
                return error;
            if (result.Length > Arithmetic.MaximumLength)
                return Arithmetic.TooLong;
        }
        return new CelString(result.ToString());
    }

    private static CelError? Clause(StringBuilder result, char clause, CelValue value, int precision)
    {
        if (value is CelError failure)
            return failure;
        var text = (clause, value) switch
        {
            ('s', _) => null,
            ('d', CelInt or CelUint) => Conversions.Show(value),
            ('d', CelDouble { Value: var real }) when !double.IsFinite(real) => Conversions.Show(value),
            ('f', CelInt or CelUint or CelDouble) => Real(value, real => real.ToString("F" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
            ('e', CelInt or CelUint or CelDouble) => Real(value, real => Exponent(real, precision)),
            ('b', CelInt { Value: var n }) => (n < 0 ? "-" : "") + UInt128.CreateTruncating(Int128.Abs(n)).ToString("b", CultureInfo.InvariantCulture),
            ('b', CelUint { Value: var n }) => n.ToString("b", CultureInfo.InvariantCulture),
            ('b', CelBool { Value: var flag }) => flag ? "1" : "0",
            ('o', CelInt { Value: var n }) => (n < 0 ? "-" : "") + Octal((ulong)Int128.Abs(n)),
            ('o', CelUint { Value: var n }) => Octal(n),
            ('x' or 'X', CelInt { Value: var n }) => (n < 0 ? "-" : "") + Hex(((ulong)Int128.Abs(n)).ToString("x", CultureInfo.InvariantCulture), clause),
            ('x' or 'X', CelUint { Value: var n }) => Hex(n.ToString("x", CultureInfo.InvariantCulture), clause),
            ('x' or 'X', CelString { Value: var s }) => Hex(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(s)), clause),
            ('x' or 'X', CelBytes { Value: var bytes }) => Hex(Convert.ToHexStringLower(bytes), clause),
            _ => Unfit,
        };
        if (text is null)
            return Show(result, value, 0);
        if (ReferenceEquals(text, Unfit))
        {
            return clause is 'd' or 'f' or 'e' or 'b' or 'o' or 'x' or 'X'
                ? new CelError($"error during formatting: %{clause} cannot be applied to {value.Type.Describe()}")
                : new CelError($"could not parse formatting clause: unrecognized formatting clause \"{clause}\"");
        }
        result.Append(text);
        return null;
    }

    private static CelError? Show(StringBuilder result, CelValue value, int depth)
    {
        if (depth > MaximumDepth || result.Length > Arithmetic.MaximumLength)
            return Arithmetic.TooLong;
        switch (value)
        {
            case CelError failure:
                return failure;
            case CelBytes bytes:
                result.Append(Encoding.UTF8.GetString(bytes.Value));
                return null;
            case CelList list:
                result.Append('[');
                for (var i = 0; i < list.Count; i++)
                {
                    result.Append(i == 0 ? "" : ", ");
                    if (Show(result, list[i], depth + 1) is { } error)
                        return error;
                }
                result.Append(']');
                return null;
            case CelMap map:
                return ShowMap(result, map, depth);
            case CelOptional or CelOpaque:
                return new CelError(
                    "error during formatting: string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps, "
                    + $"was given {value.Type.Name}");
            default:
                result.Append(Conversions.Show(value));
                return null;
        }
    }

    private static CelError? ShowMap(StringBuilder result, CelMap map, int depth)
    {
        result.Append('{');
        var first = true;
        foreach (var key in map.Keys.OrderBy(Conversions.Show, StringComparer.Ordinal))
        {
            result.Append(first ? "" : ", ").Append(Conversions.Show(key)).Append(": ");
            first = false;
            if (map.Find(key) is { } value && Show(result, value, depth + 1) is { } error)
                return error;
        }
        result.Append('}');
        return null;
    }

    private static string Real(CelValue value, Func<double, string> show)
    {
        var real = value switch
        {
            CelInt number => number.Value,
            CelUint number => number.Value,
            _ => ((CelDouble)value).Value,
        };
        return double.IsNaN(real) ? "NaN" : double.IsInfinity(real) ? real > 0 ? "Infinity" : "-Infinity" : show(real);
    }

    private static string Exponent(double real, int precision)
    {
        var text = real.ToString("e" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var at = text.IndexOf('e', StringComparison.Ordinal);
        return text[..(at + 2)] + text[(at + 2)..].TrimStart('0').PadLeft(2, '0');
    }

    private static string Octal(ulong value)
    {
        if (value == 0)
            return "0";
        var result = new StringBuilder();
        for (; value > 0; value >>= 3)
            result.Insert(0, (char)('0' + (value & 7)));
        return result.ToString();
    }

    private static string Hex(string text, char clause) => clause == 'X' ? text.ToUpperInvariant() : text;
}
