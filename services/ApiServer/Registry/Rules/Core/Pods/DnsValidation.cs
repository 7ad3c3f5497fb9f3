using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>The rules of a pod's own DNS settings. The bounds are those of the C library's resolver.</summary>
internal static class DnsValidation
{
    private const int MostServers = 3;
    private const int MostSearches = 32;
    private const int LongestSearches = 2048;

    public static IEnumerable<FieldError> Validate(PodSpec spec, string path)
    {
        if (spec is { DnsPolicy: "None", DnsConfig: null })
            return [FieldError.Required(path, "must provide `dnsConfig` when `dnsPolicy` is None")];
        if (spec is { DnsPolicy: "None", DnsConfig.Nameservers: null or { Count: 0 } })
            return [FieldError.Required($"{path}.nameservers", "must provide at least one DNS nameserver when `dnsPolicy` is None")];
        return spec.DnsConfig is { } config ? Config(config, path) : [];
    }

    private static IEnumerable<FieldError> Config(PodDNSConfig config, string path)
    {
        var (servers, searches) = (config.Nameservers ?? [], config.Searches ?? []);
        if (servers.Count > MostServers)
            yield return FieldError.Invalid($"{path}.nameservers", servers, $"must not have more than {MostServers} nameservers");
        foreach (var error in servers.At($"{path}.nameservers").SelectMany(s => Findings.Of(NameFormats.IpAddress(s.Item), s.Path, s.Item)))
            yield return error;
        if (searches.Count > MostSearches)
            yield return FieldError.Invalid($"{path}.searches", searches, $"must not have more than {MostSearches} search paths");
        if (string.Join(' ', searches).Length > LongestSearches)
            yield return FieldError.Invalid($"{path}.searches", searches, $"must not have more than {LongestSearches} characters (including spaces) in the search list");
        foreach (var (search, at) in searches.At($"{path}.searches"))
        {
            var name = search.EndsWith('.') ? search[..^1] : search;
            foreach (var error in Findings.Of(NameFormats.DnsSubdomain(name), at, name))
                yield return error;
        }

        foreach (var (option, at) in config.Options.At($"{path}.options"))
        {
            if (string.IsNullOrEmpty(option.Name))
                yield return FieldError.Required(at, "must not be empty");
        }
    }
}
