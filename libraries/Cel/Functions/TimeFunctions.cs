using System.Globalization;
using Platform.Cel.Values;
using static Platform.Cel.Functions.Declare;

namespace Platform.Cel.Functions;

/// <summary>Parts of moments, in UTC or a time zone given by name or offset, and spans of time in units.</summary>
internal static class TimeFunctions
{
    public static IEnumerable<CelOverload> All =>
    [
        .. Part("getFullYear", t => t.Year), .. Part("getMonth", t => t.Month - 1), .. Part("getDayOfYear", t => t.DayOfYear - 1),
        .. Part("getDate", t => t.Day), .. Part("getDayOfMonth", t => t.Day - 1), .. Part("getDayOfWeek", t => (long)t.DayOfWeek),
        .. Part("getHours", t => t.Hour), .. Part("getMinutes", t => t.Minute), .. Part("getSeconds", t => t.Second),
        .. Part("getMilliseconds", t => t.Millisecond),
        Span("getHours", n => n / 3_600_000_000_000), Span("getMinutes", n => n / 60_000_000_000), Span("getSeconds", n => n / 1_000_000_000),
        Span("getMilliseconds", n => n / 1_000_000 % 1000),
    ];

    private static CelOverload[] Part(string name, Func<DateTimeOffset, long> part) =>
    [
        Member(name, $"timestamp_{name}", [CelType.Timestamp], CelType.Int, v => new CelInt(part(((CelTimestamp)v[0]).Moment))),
        Member(name, $"timestamp_{name}_with_tz", [CelType.Timestamp, CelType.String], CelType.Int, v => In((CelTimestamp)v[0], ((CelString)v[1]).Value, part)),
    ];

    private static CelOverload Span(string name, Func<long, long> unit) =>
        Member(name, $"duration_{name}", [CelType.Duration], CelType.Int, v => new CelInt(unit(((CelDuration)v[0]).Nanoseconds)));

    private static CelValue In(CelTimestamp moment, string zone, Func<DateTimeOffset, long> part)
    {
        if (Offset(moment.Moment, zone) is not { } offset)
            return new CelError($"unknown time zone {zone}");
        var ticks = moment.Moment.UtcTicks + offset.Ticks;
        return ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks ? new CelError("timestamp overflow") : new CelInt(part(new DateTimeOffset(ticks, TimeSpan.Zero)));
    }

    private static TimeSpan? Offset(DateTimeOffset moment, string zone)
    {
        if (zone is "" or "UTC")
            return TimeSpan.Zero;
        if (!zone.Contains(':', StringComparison.Ordinal))
            return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found.GetUtcOffset(moment) : null;
        var sign = zone[0] == '-' ? -1 : 1;
        var parts = zone.TrimStart('+', '-').Split(':');
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && hours <= 24 && minutes < 60
                ? TimeSpan.FromMinutes(sign * ((hours * 60) + minutes))
                : null;
    }
}
