using System.Globalization;

namespace Platform.Grpc.Wire;

/// <summary>The <c>grpc-timeout</c> header: at most eight digits and a unit.</summary>
internal static class GrpcTimeout
{
    public const string Header = "grpc-timeout";
    private const long LargestNumber = 99_999_999;

    private static readonly (char Unit, long Ticks)[] CoarserUnits =
    [
        ('m', TimeSpan.TicksPerMillisecond), ('S', TimeSpan.TicksPerSecond), ('M', TimeSpan.TicksPerMinute), ('H', TimeSpan.TicksPerHour),
    ];

    /// <summary>The finest unit of milliseconds and up in which the time fits; rounded up, since a deadline must not come early.</summary>
    public static string Format(TimeSpan timeout)
    {
        foreach (var (unit, ticks) in CoarserUnits)
        {
            var number = Math.Max(0, (timeout.Ticks / ticks) + (timeout.Ticks % ticks > 0 ? 1 : 0));
            if (number <= LargestNumber)
                return string.Create(CultureInfo.InvariantCulture, $"{number}{unit}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{LargestNumber}H");
    }

    /// <summary>Null where the text is not a timeout.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (text is not { Length: >= 2 and <= 9 })
            return null;
        if (!long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        var ticks = text[^1] switch
        {
            'n' => number / 100,
            'u' => number * TimeSpan.TicksPerMicrosecond,
            'm' => number * TimeSpan.TicksPerMillisecond,
            'S' => number * TimeSpan.TicksPerSecond,
            'M' => number * TimeSpan.TicksPerMinute,
            'H' => number * TimeSpan.TicksPerHour,
            _ => -1,
        };
        return ticks < 0 ? null : TimeSpan.FromTicks(ticks);
    }
}
