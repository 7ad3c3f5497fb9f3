using System.Globalization;
using System.Text.RegularExpressions;

namespace Platform.ApiServer.Registry.Rules.Batch;

/// <summary>
/// Whether a text is a schedule in cron's notation: five fields (minute, hour, day of month, month, day of week) of lists of ranges with steps, or a
/// descriptor such as <c>@daily</c>. The notation and the wording of its errors are those of the parser that upstream uses.
/// </summary>
internal static partial class CronSchedule
{
    private static readonly string[] Descriptors = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private static readonly Field[] Fields =
    [
        new(0, 59, [], 0), new(0, 23, [], 0), new(1, 31, [], 0), new(1, 12, Months, 1), new(0, 6, Days, 0),
    ];

    /// <summary>What is wrong with the schedule; null where nothing is.</summary>
    public static string? Error(string text)
    {
        if (text.StartsWith("TZ=", StringComparison.Ordinal) || text.StartsWith("CRON_TZ=", StringComparison.Ordinal))
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var space = text.IndexOf(' ', StringComparison.Ordinal);
            var zone = space < 0 ? text[(equals + 1)..] : text[(equals + 1)..space];
            if (!KnowsZone(zone))
                return $"provided bad location {zone}: unknown time zone {zone}";
            text = space < 0 ? "" : text[space..].Trim();
        }

        if (text.StartsWith('@'))
            return Descriptor(text);
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != Fields.Length)
            return string.Create(CultureInfo.InvariantCulture, $"expected exactly {Fields.Length} fields, found {fields.Length}: [{string.Join(' ', fields)}]");
        return fields.Zip(Fields).SelectMany(f => f.First.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(part => Range(part, f.Second)))
            .FirstOrDefault(e => e is not null);
    }

    /// <summary>Whether a time zone of that name is known.</summary>
    public static bool KnowsZone(string zone) => zone is "" or "UTC" || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _);

    private static string? Descriptor(string text)
    {
        const string every = "@every ";
        if (Descriptors.Contains(text))
            return null;
        if (!text.StartsWith(every, StringComparison.Ordinal))
            return $"unrecognized descriptor: {text}";
        var duration = text[every.Length..];
        return Duration().IsMatch(duration) ? null : $"failed to parse duration {text}: time: invalid duration \"{duration}\"";
    }

    private static string? Range(string text, Field field)
    {
        var steps = text.Split('/');
        var limits = steps[0].Split('-');
        int start, end;
        if (limits[0] is "*" or "?")
            (start, end) = (field.Least, field.Most);
        else
        {
            if (Number(limits[0], field, out start) is { } wrong)
                return wrong;
            end = start;
            if (limits.Length == 2 && Number(limits[1], field, out end) is { } alsoWrong)
                return alsoWrong;
            if (limits.Length > 2)
                return $"too many hyphens: {text}";
        }

        var step = 1;
        if (steps.Length > 2)
            return $"too many slashes: {text}";
        if (steps.Length == 2)
        {
            if (Parse(steps[1], out step) is { } wrong)
                return wrong;
            // "N/step" means from N on.
            if (limits.Length == 1)
                end = field.Most;
        }

        if (start < field.Least)
            return Text($"beginning of range ({start}) below minimum ({field.Least}): {text}");
        if (end > field.Most)
            return Text($"end of range ({end}) above maximum ({field.Most}): {text}");
        if (start > end)
            return Text($"beginning of range ({start}) beyond end of range ({end}): {text}");
        return step == 0 ? $"step of range should be a positive number: {text}" : null;
    }

    private static string? Number(string text, Field field, out int number)
    {
        var named = Array.FindIndex(field.Names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        number = named + field.FirstName;
        return named >= 0 ? null : Parse(text, out number);
    }

    private static string? Parse(string text, out int number)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
            return $"failed to parse int from {text}: strconv.Atoi: parsing \"{text}\": invalid syntax";
        return number < 0 ? Text($"negative number ({number}) not allowed: {text}") : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[-+]?(0|([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|ms|s|m|h))+\z")]
    private static partial Regex Duration();

    /// <summary>Bounds of a field, and the names that stand for its numbers.</summary>
    private sealed record Field(int Least, int Most, string[] Names, int FirstName);
}
