using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.AdmissionRegistration;

/// <summary>Where a webhook is: a URL or a service. Conversion webhooks of custom resources have the same rules.</summary>
internal static class ClientConfigValidation
{
    private const string Form = "; desired format: https://host[/path]";

    public static IEnumerable<FieldError> Validate(string? url, (string? Namespace, string? Name, string? Path, int? Port)? service, string path) => (url, service) switch
    {
        (null, null) or (not null, not null) => [FieldError.Required(path, "exactly one of url or service is required")],
        (not null, null) => Url(url, $"{path}.url"),
        (null, { } named) => Service(named.Namespace, named.Name, named.Path, named.Port, $"{path}.service"),
    };

    private static IEnumerable<FieldError> Url(string text, string path)
    {
        if (!Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var parsed))
        {
            yield return FieldError.Required(path, $"url must be a valid URL: parse \"{text}\": invalid URI{Form}");
            yield break;
        }
        var url = parsed.IsAbsoluteUri ? parsed : null;
        if (url?.Scheme != Uri.UriSchemeHttps)
            yield return FieldError.Invalid(path, url?.Scheme ?? "", $"'https' is the only allowed URL scheme{Form}");
        if (string.IsNullOrEmpty(url?.Host))
            yield return FieldError.Invalid(path, "", $"host must be specified{Form}");
        if (url is null)
            yield break;
        if (url.UserInfo.Length > 0)
            yield return FieldError.Invalid(path, url.UserInfo, "user information is not permitted in the URL");
        if (url.Fragment.Length > 1)
            yield return FieldError.Invalid(path, url.Fragment[1..], "fragments are not permitted in the URL");
        if (url.Query.Length > 1)
            yield return FieldError.Invalid(path, url.Query[1..], "query parameters are not permitted in the URL");
    }

    private static IEnumerable<FieldError> Service(string? ns, string? name, string? urlPath, int? port, string path)
    {
        if (string.IsNullOrEmpty(name))
            yield return FieldError.Required($"{path}.name", "service name is required");
        if (string.IsNullOrEmpty(ns))
            yield return FieldError.Required($"{path}.namespace", "service namespace is required");
        if (port is { } number && NameFormats.PortNumber(number).ToList() is { Count: > 0 } wrong)
            yield return FieldError.Invalid($"{path}.port", number, "port is not valid: " + string.Join(", ", wrong));
        if (string.IsNullOrEmpty(urlPath) || urlPath == "/")
            yield break;
        var at = $"{path}.path";
        if (urlPath == "//")
        {
            yield return FieldError.Invalid(at, urlPath, "segment[0] may not be empty");
            yield break;
        }
        if (!urlPath.StartsWith('/'))
            yield return FieldError.Invalid(at, urlPath, "must start with a '/'");
        var steps = (urlPath.EndsWith('/') ? urlPath[1..^1] : urlPath[1..]).Split('/');
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i].Length == 0)
                yield return FieldError.Invalid(at, urlPath, $"segment[{i}] may not be empty");
            else
            {
                foreach (var error in NameFormats.DnsSubdomain(steps[i]))
                    yield return FieldError.Invalid(at, urlPath, $"segment[{i}]: {error}");
            }
        }
    }
}
