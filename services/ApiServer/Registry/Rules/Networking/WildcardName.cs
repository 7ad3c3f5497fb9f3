using System.Text.RegularExpressions;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Networking;

/// <summary>Host names whose first label stands for any: <c>*.example.com</c>.</summary>
internal static partial class WildcardName
{
    private const string Form = "\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

    public static IEnumerable<string> Check(string host)
    {
        if (host.Length > NameFormats.LongestSubdomain)
            yield return $"must be no more than {NameFormats.LongestSubdomain} characters";
        if (!FormRegex().IsMatch(host))
        {
            yield return "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case "
                + $"alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '{Form}')";
        }
    }

    [GeneratedRegex("^" + Form + "$", RegexOptions.CultureInvariant)]
    private static partial Regex FormRegex();
}
