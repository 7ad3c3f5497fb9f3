using System.Net;
using System.Text.RegularExpressions;

namespace Platform.Api.Validation;

/// <summary>
/// The shapes that names, keys and values in the API must have. Every method returns what is wrong, worded as upstream words it because
/// clients and tests match on the text; nothing where the text is good.
/// </summary>
public static partial class NameFormats
{
    /// <summary>Longest DNS label, in bytes.</summary>
    public const int LongestLabel = 63;

    /// <summary>Longest DNS subdomain, in bytes.</summary>
    public const int LongestSubdomain = 253;

    private const string LabelPattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string SubdomainPattern = LabelPattern + "(\\." + LabelPattern + ")*";
    private const string Label1035Pattern = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private const string QualifiedPattern = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private const string LabelValuePattern = "(" + QualifiedPattern + ")?";
    private const string ConfigKeyPattern = "[-._a-zA-Z0-9]+";
    private const string HeaderPattern = "[-A-Za-z0-9]+";
    private const string PercentPattern = "[0-9]+%";

    private const string QualifiedRule =
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

    /// <summary>A name such as a namespace's: RFC 1123 label.</summary>
    public static IEnumerable<string> DnsLabel(string value)
    {
        if (value.Length > LongestLabel)
            yield return TooLong(LongestLabel);
        if (!LabelRegex().IsMatch(value))
        {
            yield return Pattern(
                "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
                LabelPattern, "my-name", "123-abc");
        }
    }

    /// <summary>A name such as a pod's: RFC 1123 subdomain.</summary>
    public static IEnumerable<string> DnsSubdomain(string value)
    {
        if (value.Length > LongestSubdomain)
            yield return TooLong(LongestSubdomain);
        if (!SubdomainRegex().IsMatch(value))
        {
            yield return Pattern(
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
                SubdomainPattern, "example.com");
        }
    }

    /// <summary>A name such as a service's: RFC 1035 label.</summary>
    public static IEnumerable<string> Dns1035Label(string value)
    {
        if (value.Length > LongestLabel)
            yield return TooLong(LongestLabel);
        if (!Label1035Regex().IsMatch(value))
        {
            yield return Pattern(
                "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
                Label1035Pattern, "my-name", "abc-123");
        }
    }

    /// <summary>A label's or annotation's key: a name, optionally with a DNS subdomain before a slash.</summary>
    public static IEnumerable<string> QualifiedName(string value)
    {
        var parts = value.Split('/');
        if (parts.Length > 2)
        {
            yield return "a qualified name " + Pattern(QualifiedRule, QualifiedPattern, "MyName", "my.name", "123-abc") +
                " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
            yield break;
        }

        if (parts.Length == 2)
        {
            if (parts[0].Length == 0)
                yield return "prefix part must be non-empty";
            else
            {
                foreach (var error in DnsSubdomain(parts[0]))
                    yield return "prefix part " + error;
            }
        }

        var name = parts[^1];
        if (name.Length == 0)
            yield return "name part must be non-empty";
        else if (name.Length > LongestLabel)
            yield return "name part " + TooLong(LongestLabel);
        if (!QualifiedRegex().IsMatch(name))
            yield return "name part " + Pattern(QualifiedRule, QualifiedPattern, "MyName", "my.name", "123-abc");
    }

    /// <summary>A label's value.</summary>
    public static IEnumerable<string> LabelValue(string value)
    {
        if (value.Length > LongestLabel)
            yield return TooLong(LongestLabel);
        if (!LabelValueRegex().IsMatch(value))
        {
            yield return Pattern(
                "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
                LabelValuePattern, "MyValue", "my_value", "12345");
        }
    }

    /// <summary>A key in a ConfigMap or Secret.</summary>
    public static IEnumerable<string> ConfigKey(string value)
    {
        if (value.Length > LongestSubdomain)
            yield return TooLong(LongestSubdomain);
        if (!ConfigKeyRegex().IsMatch(value))
        {
            yield return Pattern("a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
                ConfigKeyPattern, "key.name", "KEY_NAME", "key-name");
        }

        if (value is "." or "..")
            yield return $"must not be '{value}'";
        else if (value.StartsWith("..", StringComparison.Ordinal))
            yield return "must not start with '..'";
    }

    /// <summary>An environment variable's name.</summary>
    public static IEnumerable<string> EnvironmentName(string value)
    {
        if (value.Length == 0)
            yield return "environment variable name must be non-empty";
        if (value.Any(c => c is < ' ' or > '~' or '='))
            yield return "a valid environment variable name must consist only of printable ASCII characters other than '='";
    }

    /// <summary>A port's name: an IANA service name.</summary>
    public static IEnumerable<string> PortName(string value)
    {
        if (value.Length > 15)
            yield return TooLong(15);
        if (!PortNameRegex().IsMatch(value))
            yield return "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)";
        if (!value.Any(char.IsAsciiLetterLower))
            yield return "must contain at least one letter (a-z)";
        if (value.Contains("--", StringComparison.Ordinal))
            yield return "must not contain consecutive hyphens";
        if (value.StartsWith('-') || value.EndsWith('-'))
            yield return "must not begin or end with a hyphen";
    }

    /// <summary>A port's number.</summary>
    public static IEnumerable<string> PortNumber(int value) => InRange(value, 1, 65535);

    /// <summary>A number between bounds, both allowed.</summary>
    public static IEnumerable<string> InRange(long value, long least, long most) =>
        value >= least && value <= most ? [] : [$"must be between {least} and {most}, inclusive"];

    /// <summary>An HTTP header's name.</summary>
    public static IEnumerable<string> HeaderName(string value) =>
        HeaderRegex().IsMatch(value) ? [] : [Pattern("a valid HTTP header must consist of alphanumeric characters or '-'", HeaderPattern, "X-Header-Name")];

    /// <summary>A percentage.</summary>
    public static IEnumerable<string> Percent(string value) =>
        PercentRegex().IsMatch(value) ? [] : [Pattern("a valid percent string must be a numeric string followed by an ending '%'", PercentPattern, "1%", "93%")];

    /// <summary>An IPv4 or IPv6 address.</summary>
    public static IEnumerable<string> IpAddress(string value) =>
        IPAddress.TryParse(value, out _) && (value.Contains(':') || value.Count(c => c == '.') == 3)
            ? []
            : ["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"];

    private static string TooLong(int bytes) => $"must be no more than {bytes} bytes";

    private static string Pattern(string rule, string pattern, params string[] examples) =>
        $"{rule} (e.g. {string.Join(" or ", examples.Select(e => $"'{e}', "))}regex used for validation is '{pattern}')";

    [GeneratedRegex("^" + LabelPattern + "\\z", RegexOptions.ExplicitCapture)]
    private static partial Regex LabelRegex();

    [GeneratedRegex("^" + SubdomainPattern + "\\z", RegexOptions.ExplicitCapture)]
    private static partial Regex SubdomainRegex();

    [GeneratedRegex("^" + Label1035Pattern + "\\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Label1035Regex();

    [GeneratedRegex("^" + QualifiedPattern + "\\z", RegexOptions.ExplicitCapture)]
    private static partial Regex QualifiedRegex();

    [GeneratedRegex("^" + LabelValuePattern + "\\z", RegexOptions.ExplicitCapture)]
    private static partial Regex LabelValueRegex();

    [GeneratedRegex("^" + ConfigKeyPattern + "\\z")]
    private static partial Regex ConfigKeyRegex();

    [GeneratedRegex("^" + HeaderPattern + "\\z")]
    private static partial Regex HeaderRegex();

    [GeneratedRegex("^" + PercentPattern + "\\z")]
    private static partial Regex PercentRegex();

    [GeneratedRegex("^[-a-z0-9]+\\z")]
    private static partial Regex PortNameRegex();
}
