using System.Globalization;

namespace Platform.ApiServer.Discovery;

/// <summary>
/// The order in which clients are told of a group's versions: stable ones first, then beta, then alpha, the newest of each first, and names of another form
/// behind all of them in alphabetical order.
/// </summary>
internal sealed class VersionPriority : IComparer<string>
{
    public static readonly VersionPriority Instance = new();

    public int Compare(string? x, string? y)
    {
        if (x == y)
            return 0;
        return (Parse(x ?? ""), Parse(y ?? "")) switch
        {
            ({ } left, { } right) => right.CompareTo(left),
            ({ }, null) => -1,
            (null, { }) => 1,
            _ => string.CompareOrdinal(x, y),
        };
    }

    /// <summary>Stage (3 stable, 2 beta, 1 alpha), major and minor number of <c>v2</c> or <c>v1beta3</c>.</summary>
    private static (int Stage, int Major, int Minor)? Parse(string text)
    {
        if (text.Length < 2 || text[0] != 'v' || text[1] == '0')
            return null;
        var (major, rest) = Number(text.AsSpan(1));
        if (major is null)
            return null;
        if (rest.Length == 0)
            return (3, major.Value, 0);
        var stage = rest.StartsWith("beta", StringComparison.Ordinal) ? 2 : rest.StartsWith("alpha", StringComparison.Ordinal) ? 1 : 0;
        if (stage == 0)
            return null;
        var digits = rest[(stage == 2 ? 4 : 5)..];
        if (digits.Length == 0 || digits[0] == '0')
            return null;
        var (minor, end) = Number(digits);
        return minor is { } number && end.Length == 0 ? (stage, major.Value, number) : null;
    }

    private static (int? Value, string Behind) Number(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : text.Length;
        return int.TryParse(text[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? (value, text[length..].ToString()) : (null, "");
    }
}
