using System.Globalization;

namespace Platform.ApiServer.Registry.Rules.Batch;

/// <summary>Indexes of an indexed job as its fields write them: <c>0,3-5,7</c>, rising.</summary>
internal static class JobIndexes
{
    /// <summary>How many indexes there are, or what is wrong.</summary>
    public static (int Total, string? Error) Parse(string text, int completions)
    {
        var total = 0;
        foreach (var (interval, error) in Intervals(text, completions))
        {
            if (error is not null)
                return (0, error);
            total += interval.Last - interval.First + 1;
        }

        return (total, null);
    }

    /// <summary>The first index that both texts name; null where they share none.</summary>
    public static int? Overlap(string left, string right, int completions)
    {
        var (lefts, rights) = (Good(left, completions), Good(right, completions));
        for (var (l, r) = (0, 0); l < lefts.Count && r < rights.Count;)
        {
            if (lefts[l].First <= rights[r].Last && rights[r].First <= lefts[l].Last)
                return Math.Max(lefts[l].First, rights[r].First);
            if (lefts[l].First <= rights[r].First)
                l++;
            else
                r++;
        }

        return null;
    }

    private static List<(int First, int Last)> Good(string text, int completions) =>
        [.. Intervals(text, completions).Where(i => i.Error is null).Select(i => i.Interval)];

    private static IEnumerable<((int First, int Last) Interval, string? Error)> Intervals(string text, int completions)
    {
        if (text.Length == 0)
            yield break;
        int? last = null;
        foreach (var part in text.Split(','))
        {
            var (interval, error) = Interval(part, completions);
            if (error is null && last >= interval.First)
                error = string.Create(CultureInfo.InvariantCulture, $"non-increasing order, previous: {last}, current: {interval.First}");
            yield return (interval, error);
            last = interval.Last;
        }
    }

    private static ((int First, int Last) Interval, string? Error) Interval(string text, int completions)
    {
        var limits = text.Split('-');
        if (limits.Length > 2)
            return (default, $"the fragment \"{text}\" violates the requirement that an index interval can have at most two parts separated by '-'");
        var numbers = new int[limits.Length];
        for (var i = 0; i < limits.Length; i++)
        {
            if (!int.TryParse(limits[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]))
                return (default, $"cannot convert string to integer for index: \"{limits[i]}\"");
            if (numbers[i] >= completions)
                return (default, $"too large index: \"{limits[i]}\"");
        }

        if (numbers.Length == 2 && numbers[0] >= numbers[1])
            return (default, string.Create(CultureInfo.InvariantCulture, $"non-increasing order, previous: {numbers[0]}, current: {numbers[1]}"));
        return ((numbers[0], numbers[^1]), null);
    }
}
