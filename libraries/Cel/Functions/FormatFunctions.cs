using System.Text.RegularExpressions;
using Platform.Cel.Values;
using static Platform.Cel.Functions.Declare;

namespace Platform.Cel.Functions;

/// <summary>Kubernetes' format library: named formats whose <c>validate</c> gives none, or what is wrong.</summary>
internal static partial class FormatFunctions
{
    private static readonly CelType Findings = CelType.Optional(ListOfString);

    private static readonly Dictionary<string, CelOpaque> Formats = new NamedFormat[]
    {
        new("dns1123Label", v => Label(v, 63)),
        new("dns1123Subdomain", v => Subdomain(v, 253)),
        new("dns1035Label", v => Match(v, 63, Dns1035(), Dns1035Message)),
        new("dns1123LabelPrefix", v => Label(Prefix(v), 63)),
        new("dns1123SubdomainPrefix", v => Subdomain(Prefix(v), 253)),
        new("dns1035LabelPrefix", v => Match(Prefix(v), 63, Dns1035(), Dns1035Message)),
        new("qualifiedName", QualifiedName),
        new("labelValue", v => v.Length == 0 ? [] : Match(v, 63, LabelText(), LabelMessage)),
        new("uri", v => UrlText.Parse(v) is null ? [$"parse \"{v}\": invalid URI for request"] : []),
        new("uuid", v => Uuid().IsMatch(v) ? [] : ["does not match the UUID format"]),
        new("byte", v => Convert.TryFromBase64String(v, new byte[v.Length], out _) ? [] : ["invalid base64"]),
        new("date", v => DateOnly.TryParseExact(v, "yyyy-MM-dd", out _) ? [] : ["invalid date"]),
        new("datetime", v => CelTimestamp.Parse(v) is null ? ["invalid datetime"] : []),
    }.ToDictionary(f => f.Name, f => new CelOpaque(LibraryTypes.Format, f), StringComparer.Ordinal);

    private const string LabelMessage =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

    private const string Dns1123Message =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character "
        + "(e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private const string SubdomainMessage =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string Dns1035Message =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character "
        + "(e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    public static IEnumerable<CelOverload> All =>
    [
        .. Formats.Select(f => Global("format." + f.Key, "format_" + f.Key, [], LibraryTypes.Format, _ => f.Value)),
        Global("format.named", "format_named", [CelType.String], CelType.Optional(LibraryTypes.Format),
            v => Formats.TryGetValue(((CelString)v[0]).Value, out var found) ? CelOptional.Of(found) : CelOptional.None),
        Member("validate", "format_validate", [LibraryTypes.Format, CelType.String], Findings, v => Validate((NamedFormat)((CelOpaque)v[0]).Value, ((CelString)v[1]).Value)),
    ];

    private static CelOptional Validate(NamedFormat format, string text) =>
        format.Check(text) is { Length: > 0 } findings ? CelOptional.Of(CelValue.From(findings)) : CelOptional.None;

    private static string[] Label(string text, int maximum) => Match(text, maximum, Dns1123(), Dns1123Message);

    private static string[] Subdomain(string text, int maximum) =>
        Match(text, maximum, SubdomainText(), SubdomainMessage);

    private static string Prefix(string text) => text.EndsWith('-') ? text[..^1] + "a" : text;

    private static string[] Match(string text, int maximum, Regex pattern, string message)
    {
        var result = new List<string>();
        if (text.Length > maximum)
            result.Add($"must be no more than {maximum} characters");
        if (text.Length > maximum * 8 || !pattern.IsMatch(text))
            result.Add(message);
        return [.. result];
    }

    private static string[] QualifiedName(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2)
            return ["a qualified name must consist of alphanumeric characters, '-', '_' or '.', with an optional DNS subdomain prefix and '/'"];
        var name = parts[^1].Length == 0 ? ["name part must be non-empty"] : Match(parts[^1], 63, LabelText(), LabelMessage).Select(m => "name part " + m);
        return parts.Length == 1 ? [.. name] : [.. Subdomain(parts[0], 253).Select(m => "prefix part " + m), .. name];
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Dns1123();

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Dns1035();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SubdomainText();

    [GeneratedRegex(@"^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex LabelText();

    [GeneratedRegex(@"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Uuid();

    private sealed record NamedFormat(string Name, Func<string, string[]> Check);
}
