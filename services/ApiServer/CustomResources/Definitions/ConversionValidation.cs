using Platform.Api.ApiExtensions.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.CustomResources.Definitions;

/// <summary>What <c>spec.conversion</c> must be; the paths are those of upstream's own form.</summary>
internal static class ConversionValidation
{
    private const string Path = "spec.conversion";
    private static readonly string[] Understood = ["v1", "v1beta1"];

    public static IEnumerable<FieldError> Validate(CustomResourceConversion? conversion)
    {
        if (conversion is null)
            yield break;
        foreach (var finding in DefinitionValidation.OneOf(conversion.Strategy, $"{Path}.strategy", "None", "Webhook"))
            yield return finding;
        var client = conversion.Webhook?.ClientConfig;
        if (conversion.Strategy != "Webhook")
        {
            if (client is not null)
                yield return FieldError.Forbidden($"{Path}.webhookClientConfig", "should not be set when strategy is not set to Webhook");
            if (conversion.Webhook?.ConversionReviewVersions is { Count: > 0 })
                yield return FieldError.Forbidden($"{Path}.conversionReviewVersions", "should not be set when strategy is not set to Webhook");
            yield break;
        }
        if (client is null)
            yield return FieldError.Required($"{Path}.webhookClientConfig", "required when strategy is set to Webhook");
        else
        {
            foreach (var finding in Client(client))
                yield return finding;
        }
        foreach (var finding in Versions(conversion.Webhook?.ConversionReviewVersions ?? []))
            yield return finding;
    }

    private static IEnumerable<FieldError> Client(WebhookClientConfig client)
    {
        const string path = $"{Path}.webhookClientConfig";
        if (client.Url is null == client.Service is null)
        {
            yield return FieldError.Required(path, "exactly one of url or service is required");
        }
        else if (client.Url is { } text)
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
                yield return FieldError.Required($"{path}.url", "host must be specified; desired format: https://host[/path]");
            else if (url.Scheme != "https")
                yield return FieldError.Invalid($"{path}.url", url.Scheme, "'https' is the only allowed URL scheme; desired format: https://host[/path]");
            else if (url.UserInfo.Length > 0)
                yield return FieldError.Invalid($"{path}.url", url.UserInfo, "user information is not permitted in the URL");
            else if (url.Fragment.Length > 0)
                yield return FieldError.Invalid($"{path}.url", url.Fragment.TrimStart('#'), "fragments are not permitted in the URL");
            else if (url.Query.Length > 0)
                yield return FieldError.Invalid($"{path}.url", url.Query.TrimStart('?'), "query parameters are not permitted in the URL");
        }
        else if (client.Service is { } service)
        {
            if (string.IsNullOrEmpty(service.Name))
                yield return FieldError.Required($"{path}.service.name", "service name is required");
            if (string.IsNullOrEmpty(service.Namespace))
                yield return FieldError.Required($"{path}.service.namespace", "service namespace is required");
            if (service.Port is < 1 or > 65535)
                yield return FieldError.Invalid($"{path}.service.port", service.Port, "port is not valid: must be between 1 and 65535, inclusive");
            if (service.Path is { Length: > 0 } p && !p.StartsWith('/'))
                yield return FieldError.Invalid($"{path}.service.path", p, "must start with a '/'");
        }
        if (client.CaBundle is { Length: > 0 } bundle && !IsPem(bundle))
            yield return FieldError.Invalid($"{path}.caBundle", Convert.ToBase64String(bundle), "unable to load root certificates: unable to parse bytes as PEM block");
    }

    private static bool IsPem(byte[] bundle)
    {
        try
        {
            var found = new System.Security.Cryptography.X509Certificates.X509Certificate2Collection();
            found.ImportFromPem(System.Text.Encoding.UTF8.GetString(bundle));
            foreach (var certificate in found)
                certificate.Dispose();
            return found.Count > 0;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return false;
        }
    }

    private static IEnumerable<FieldError> Versions(IReadOnlyList<string> versions)
    {
        const string path = $"{Path}.conversionReviewVersions";
        if (versions.Count == 0)
        {
            yield return FieldError.Required(path);
            yield break;
        }
        for (var i = 0; i < versions.Count; i++)
        {
            if (versions.Take(i).Contains(versions[i]))
            {
                yield return FieldError.Invalid($"{path}[{i}]", versions[i], "duplicate version");
                continue;
            }
            foreach (var wrong in NameFormats.Dns1035Label(versions[i]))
                yield return FieldError.Invalid($"{path}[{i}]", versions[i], wrong);
        }
        if (!versions.Any(Understood.Contains))
            yield return FieldError.Invalid(path, versions, "must include at least one of v1, v1beta1");
    }
}
