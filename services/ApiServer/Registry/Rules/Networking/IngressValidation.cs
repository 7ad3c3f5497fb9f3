using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Networking.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Networking;

/// <summary>What an ingress must meet.</summary>
internal static class IngressValidation
{
    /// <summary>Where the class was named before there was a field for it.</summary>
    public const string ClassAnnotation = "kubernetes.io/ingress.class";

    private const string NotAnAddress = "must be a DNS name, not an IP address";

    private static readonly string[] PathTypes = ["Exact", "ImplementationSpecific", "Prefix"];
    private static readonly string[] BadSequences = ["//", "/./", "/../", "%2f", "%2F"];
    private static readonly string[] BadEnds = ["/..", "/."];

    public static IEnumerable<FieldError> Spec(IngressSpec spec, string path)
    {
        if (spec.Rules is not { Count: > 0 } && spec.DefaultBackend is null)
            yield return FieldError.Invalid(path, new GoLiteral("[]networking.IngressRule(nil)"), "either `defaultBackend` or `rules` must be specified");
        if (spec.DefaultBackend is { } fallback)
        {
            foreach (var error in Backend(fallback, $"{path}.defaultBackend"))
                yield return error;
        }
        foreach (var error in spec.Rules.At($"{path}.rules").SelectMany(r => Rule(r.Item, r.Path)))
            yield return error;
        foreach (var error in spec.Tls.At($"{path}.tls").SelectMany(t => Tls(t.Item, t.Path)))
            yield return error;
        if (spec.IngressClassName is { } name)
        {
            foreach (var error in Findings.Of(NameFormats.DnsSubdomain(name), $"{path}.ingressClassName", name))
                yield return error;
        }
    }

    public static IEnumerable<FieldError> Status(IngressLoadBalancerStatus? status)
    {
        foreach (var (point, at) in (status?.Ingress).At("status.loadBalancer.ingress"))
        {
            if (!string.IsNullOrEmpty(point.Ip) && !IsAddress(point.Ip))
                yield return FieldError.Invalid($"{at}.ip", point.Ip, "must be a valid IP address");
            if (string.IsNullOrEmpty(point.Hostname))
                continue;
            foreach (var error in Findings.Of(NameFormats.DnsSubdomain(point.Hostname), $"{at}.hostname", point.Hostname))
                yield return error;
            if (IsAddress(point.Hostname))
                yield return FieldError.Invalid($"{at}.hostname", point.Hostname, NotAnAddress);
        }
    }

    /// <summary>A reference to an object of another kind in the same namespace, by which parameters and resource backends are named.</summary>
    public static IEnumerable<FieldError> Reference(string? group, string? kind, string? name, string path)
    {
        if (group is not null)
        {
            foreach (var error in Findings.Of(NameFormats.DnsSubdomain(group), $"{path}.apiGroup", group))
                yield return error;
        }
        foreach (var (field, value) in new[] { ("kind", kind), ("name", name) })
        {
            if (string.IsNullOrEmpty(value))
                yield return FieldError.Required($"{path}.{field}", $"{field} is required");
            else
            {
                foreach (var error in Findings.Of(Findings.PathSegment(value), $"{path}.{field}", value))
                    yield return error;
            }
        }
    }

    private static bool IsAddress(string text) => !NameFormats.IpAddress(text).Any();

    private static IEnumerable<string> HostName(string host) => host.Contains('*') ? WildcardName.Check(host) : NameFormats.DnsSubdomain(host);

    private static IEnumerable<FieldError> Tls(IngressTLS tls, string path)
    {
        foreach (var error in tls.Hosts.At($"{path}.hosts").SelectMany(h => Findings.Of(HostName(h.Item), h.Path, h.Item)))
            yield return error;
        if (!string.IsNullOrEmpty(tls.SecretName))
        {
            foreach (var error in Findings.Of(NameFormats.DnsSubdomain(tls.SecretName), $"{path}.secretName", tls.SecretName))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> Rule(IngressRule rule, string path)
    {
        if (!string.IsNullOrEmpty(rule.Host))
        {
            if (IsAddress(rule.Host))
                yield return FieldError.Invalid($"{path}.host", rule.Host, NotAnAddress);
            foreach (var error in Findings.Of(HostName(rule.Host), $"{path}.host", rule.Host))
                yield return error;
        }
        if (rule.Http is not { } http)
            yield break;
        if (http.Paths is not { Count: > 0 })
            yield return FieldError.Required($"{path}.http.paths");
        foreach (var error in http.Paths.At($"{path}.http.paths").SelectMany(p => HttpPath(p.Item, p.Path)))
            yield return error;
    }

    private static IEnumerable<FieldError> HttpPath(HTTPIngressPath item, string path)
    {
        if (item.PathType is null)
        {
            yield return FieldError.Required($"{path}.pathType", "pathType must be specified");
            yield break;
        }
        var text = item.Path ?? "";
        if (item.PathType is "Exact" or "Prefix")
        {
            if (!text.StartsWith('/'))
                yield return FieldError.Invalid($"{path}.path", text, "must be an absolute path");
            foreach (var bad in BadSequences.Where(b => text.Contains(b, StringComparison.Ordinal)))
                yield return FieldError.Invalid($"{path}.path", text, $"must not contain '{bad}'");
            foreach (var bad in BadEnds.Where(b => text.EndsWith(b, StringComparison.Ordinal)))
                yield return FieldError.Invalid($"{path}.path", text, $"cannot end with '{bad}'");
        }
        else if (item.PathType != "ImplementationSpecific")
            yield return FieldError.NotSupported($"{path}.pathType", item.PathType, PathTypes);
        else if (text.Length > 0 && !text.StartsWith('/'))
            yield return FieldError.Invalid($"{path}.path", text, "must be an absolute path");
        foreach (var error in Backend(item.Backend ?? new(), $"{path}.backend"))
            yield return error;
    }

    private static IEnumerable<FieldError> Backend(IngressBackend backend, string path) => backend switch
    {
        { Resource: not null, Service: not null } => [FieldError.Invalid(path, "", "cannot set both resource and service backends")],
        { Resource: { } resource } => Reference(resource.ApiGroup, resource.Kind, resource.Name, $"{path}.resource"),
        { Service: { } service } => Service(service, path),
        _ => [FieldError.Invalid(path, "", "resource or service backend is required")],
    };

    private static IEnumerable<FieldError> Service(IngressServiceBackend service, string path)
    {
        if (string.IsNullOrEmpty(service.Name))
            yield return FieldError.Required($"{path}.service.name");
        else
        {
            foreach (var error in Findings.Of(NameFormats.Dns1035Label(service.Name), $"{path}.service.name", service.Name))
                yield return error;
        }
        var (name, number) = (service.Port?.Name ?? "", service.Port?.Number ?? 0);
        var findings = (name.Length > 0, number != 0) switch
        {
            (true, true) => [FieldError.Invalid(path, "", "cannot set both port name & port number")],
            (true, _) => Findings.Of(NameFormats.PortName(name), $"{path}.service.port.name", name),
            (_, true) => Findings.Of(NameFormats.PortNumber(number), $"{path}.service.port.number", number),
            _ => [FieldError.Required(path, "port name or number is required")],
        };
        foreach (var error in findings)
            yield return error;
    }
}
