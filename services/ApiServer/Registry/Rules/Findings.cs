using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules;

/// <summary>Findings that many kinds share.</summary>
internal static class Findings
{
    /// <summary>Longest name of a CSI driver, in bytes.</summary>
    private const int LongestDriverName = 63;

    /// <summary>One finding per text about a value.</summary>
    public static IEnumerable<FieldError> Of(IEnumerable<string> texts, string path, object? value) => texts.Select(text => FieldError.Invalid(path, value, text));

    /// <summary>A name that must be given and be a DNS subdomain.</summary>
    public static IEnumerable<FieldError> RequiredSubdomain(string? value, string path) =>
        string.IsNullOrEmpty(value) ? [FieldError.Required(path)] : Of(NameFormats.DnsSubdomain(value), path, value);

    /// <summary>A value out of a closed set, which must be given.</summary>
    public static IEnumerable<FieldError> OneOf(string? value, string path, IReadOnlyCollection<string> supported, bool required = false)
    {
        if (value is null)
        {
            if (required)
                yield return FieldError.Required(path);
        }
        else if (!supported.Contains(value))
            yield return FieldError.NotSupported(path, value, supported);
    }

    public static IEnumerable<FieldError> NotNegative(long? value, string path)
    {
        if (value < 0)
            yield return FieldError.Invalid(path, value, "must be greater than or equal to 0");
    }

    /// <summary>A name that is one segment of a path.</summary>
    public static IEnumerable<string> PathSegment(string name)
    {
        if (name is "." or "..")
            yield return $"may not be '{name}'";
        if (name.Contains('/'))
            yield return "may not contain '/'";
        if (name.Contains('%'))
            yield return "may not contain '%'";
    }

    /// <summary>The name of a CSI driver.</summary>
    public static IEnumerable<FieldError> DriverName(string? name, string path)
    {
        if (string.IsNullOrEmpty(name))
            yield return FieldError.Required(path);
        else if (name.Length > LongestDriverName)
            yield return FieldError.TooLong(path, LongestDriverName);
        foreach (var text in NameFormats.DnsSubdomain((name ?? "").ToLowerInvariant()))
            yield return FieldError.Invalid(path, name ?? "", text);
    }

    /// <summary>Items with their paths.</summary>
    public static IEnumerable<(T Item, string Path)> At<T>(this IReadOnlyList<T>? items, string path)
    {
        for (var i = 0; i < items?.Count; i++)
            yield return (items[i], $"{path}[{i}]");
    }
}
