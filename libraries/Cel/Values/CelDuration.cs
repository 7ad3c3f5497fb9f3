using System.Globalization;

namespace Platform.Cel.Values;

/// <summary>A span of time.</summary>
/// <param name="nanoseconds">Its length.</param>
public sealed class CelDuration(long nanoseconds) : CelValue
{
    private static readonly (string Name, long Nanos)[] Units =
        [("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000)];

    /// <summary>Its length.</summary>
    public long Nanoseconds { get; } = nanoseconds;

    /// <inheritdoc />
    public override CelType Type => CelType.Duration;

    /// <summary>Reads Go's form of a duration (<c>1h30m</c>, <c>-1.5s</c>); null where the text is none.</summary>
    public static CelDuration? Parse(string text)
    {
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        if (rest.Length > 0 && rest[0] is '-' or '+')
            rest = rest[1..];
        if (rest is "0")
            return new(0);
        if (rest.Length == 0)
            return null;
        Int128 total = 0;
        while (rest.Length > 0)
        {
            if (Part(ref rest) is not { } part)
                return null;
            total += part;
            if (total > (Int128)long.MaxValue + 1)
                return null;
        }
        return Of(negative ? -total : total);
    }

    /// <summary>A span; null where it is out of range.</summary>
    public static CelDuration? Of(Int128 nanoseconds) => nanoseconds < long.MinValue || nanoseconds > long.MaxValue ? null : new((long)nanoseconds);

    /// <summary>The span in seconds, as the language converts it to text: <c>1.5s</c>.</summary>
    public override string ToString()
    {
        var (whole, rest) = Int128.DivRem(Int128.Abs(Nanoseconds), 1_000_000_000);
        var fraction = rest == 0 ? "" : "." + ((long)rest).ToString("d9", CultureInfo.InvariantCulture).TrimEnd('0');
        return string.Create(CultureInfo.InvariantCulture, $"{(Nanoseconds < 0 ? "-" : "")}{(long)whole}{fraction}s");
    }

    private static Int128? Part(ref ReadOnlySpan<char> rest)
    {
        var digits = 0;
        while (digits < rest.Length && (char.IsAsciiDigit(rest[digits]) || rest[digits] == '.'))
            digits++;
        if (digits is 0 or > 40 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;
        rest = rest[digits..];
        var letters = 0;
        while (letters < rest.Length && !char.IsAsciiDigit(rest[letters]) && rest[letters] != '.')
            letters++;
        foreach (var (name, nanos) in Units)
        {
            if (!rest[..letters].SequenceEqual(name))
                continue;
            rest = rest[letters..];
            return number > (long.MaxValue / (decimal)nanos) + 1 ? null : (Int128)decimal.Truncate(number * nanos);
        }
        return null;
    }
}
