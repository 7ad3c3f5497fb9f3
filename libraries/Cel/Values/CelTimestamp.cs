using System.Globalization;

namespace Platform.Cel.Values;

/// <summary>A moment between the years 1 and 9999.</summary>
/// <param name="seconds">Seconds since 1970.</param>
/// <param name="nanos">Nanoseconds after that second, 0 to 999,999,999.</param>
public sealed class CelTimestamp(long seconds, int nanos) : CelValue, IComparable<CelTimestamp>
{
    private const long Earliest = -62135596800;
    private const long Latest = 253402300799;
    private const int NanosPerSecond = 1_000_000_000;

    /// <summary>Seconds since 1970.</summary>
    public long Seconds { get; } = seconds;

    /// <summary>Nanoseconds after that second.</summary>
    public int Nanos { get; } = nanos;

    /// <inheritdoc />
    public override CelType Type => CelType.Timestamp;

    /// <summary>The moment, to 100 nanoseconds.</summary>
    public DateTimeOffset Moment => DateTimeOffset.FromUnixTimeSeconds(Seconds).AddTicks(Nanos / 100);

    /// <summary>Reads RFC 3339; null where the text is not such a moment.</summary>
    public static CelTimestamp? Parse(string text)
    {
        // Go's RFC 3339: two digits everywhere, a fraction of any length, Z or an offset in hours and minutes.
        if (text.Length < 20 || text[10] != 'T' || text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return null;
        if (!DateTime.TryParseExact(text.AsSpan(0, 19), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return null;
        var at = 19;
        var nanos = 0;
        if (text[at] is '.' or ',')
        {
            var digits = at + 1;
            while (digits < text.Length && char.IsAsciiDigit(text[digits]))
                digits++;
            if (digits == at + 1)
                return null;
            nanos = int.Parse(text.AsSpan(at + 1, Math.Min(9, digits - at - 1)).ToString().PadRight(9, '0'), CultureInfo.InvariantCulture);
            at = digits;
        }
        if (Offset(text.AsSpan(at)) is not { } offset)
            return null;
        return Of(new DateTimeOffset(local, TimeSpan.Zero).ToUnixTimeSeconds() - offset, nanos);
    }

    /// <summary>A moment; null where it is out of range.</summary>
    public static CelTimestamp? Of(Int128 seconds, int nanos) => seconds < Earliest || seconds > Latest ? null : new((long)seconds, nanos);

    /// <inheritdoc />
    public int CompareTo(CelTimestamp? other) =>
        other is null ? 1 : Seconds != other.Seconds ? Seconds.CompareTo(other.Seconds) : Nanos.CompareTo(other.Nanos);

    /// <summary>The moment in RFC 3339, UTC.</summary>
    public override string ToString()
    {
        var whole = DateTimeOffset.FromUnixTimeSeconds(Seconds).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return Nanos == 0 ? whole + "Z" : $"{whole}.{Nanos.ToString("d9", CultureInfo.InvariantCulture).TrimEnd('0')}Z";
    }

    internal CelValue Plus(Int128 nanoseconds)
    {
        var total = ((Int128)Seconds * NanosPerSecond) + Nanos + nanoseconds;
        var (whole, rest) = Int128.DivRem(total, NanosPerSecond);
        if (rest < 0)
            (whole, rest) = (whole - 1, rest + NanosPerSecond);
        return Of(whole, (int)rest) ?? (CelValue)new CelError("timestamp overflow");
    }

    internal CelValue Minus(CelTimestamp other)
    {
        var difference = ((Int128)(Seconds - other.Seconds) * NanosPerSecond) + Nanos - other.Nanos;
        return CelDuration.Of(difference) ?? (CelValue)CelError.IntOverflow;
    }

    private static long? Offset(ReadOnlySpan<char> text)
    {
        if (text is "Z")
            return 0;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':' || !int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(text[4..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || hours > 24 || minutes > 59)
            return null;
        return (text[0] == '-' ? -1 : 1) * ((hours * 3600L) + (minutes * 60L));
    }
}
