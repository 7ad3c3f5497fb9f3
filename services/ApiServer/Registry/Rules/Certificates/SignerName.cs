using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Certificates;

/// <summary>Names of signers: a domain and a path, as in <c>example.com/signer-name</c>.</summary>
internal static class SignerName
{
    private const int LongestPath = NameFormats.LongestSubdomain + NameFormats.LongestLabel + 1;
    private const int Longest = NameFormats.LongestSubdomain + LongestPath + 1;

    public static IEnumerable<FieldError> Validate(string? name, string path)
    {
        if (string.IsNullOrEmpty(name))
        {
            yield return FieldError.Required(path);
            yield break;
        }
        var parts = name.Split('/');
        if (parts.Length != 2)
        {
            yield return FieldError.Invalid(path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
            yield break;
        }
        if (parts[0].Length > NameFormats.LongestSubdomain)
            yield return FieldError.TooLong(path, NameFormats.LongestSubdomain);
        var labels = parts[0].Split('.');
        foreach (var error in First(labels, NameFormats.DnsLabel, parts[0], path))
            yield return error;
        if (labels.Length < 2)
            yield return FieldError.Invalid(path, parts[0], "should be a domain with at least two segments separated by dots");
        foreach (var error in First(parts[1].Split('.'), NameFormats.DnsSubdomain, parts[1], path))
            yield return error;
        if (name.Length > Longest)
            yield return FieldError.TooLong(path, Longest);
    }

    /// <summary>The findings about the first label that has any.</summary>
    private static IEnumerable<FieldError> First(string[] labels, Func<string, IEnumerable<string>> check, string whole, string path)
    {
        foreach (var label in labels)
        {
            var found = check(label).Select(text => FieldError.Invalid(path, whole, $"validating label \"{label}\": {text}")).ToList();
            if (found.Count > 0)
                return found;
        }
        return [];
    }
}
