using System.Net;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>The rules of a service's spec.</summary>
internal static class ServiceValidation
{
    private static readonly string[] Types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];

    public static IEnumerable<FieldError> Validate(ServiceSpec spec, string path) =>
    [
        .. Kind(spec, path),
        .. Ports(spec, $"{path}.ports"),
        .. ObjectMetaValidation.Labels(spec.Selector, $"{path}.selector"),
        .. Policies(spec, path),
        .. Addresses(spec, path),
    ];

    private static IEnumerable<FieldError> Kind(ServiceSpec spec, string path)
    {
        if (!Types.Contains(spec.Type))
            yield return FieldError.NotSupported($"{path}.type", spec.Type ?? "", Types);
        switch (spec.Type)
        {
            case "ExternalName":
                if (string.IsNullOrEmpty(spec.ExternalName))
                    yield return FieldError.Required($"{path}.externalName");
                foreach (var error in NameFormats.DnsSubdomain((spec.ExternalName ?? "").TrimEnd('.')))
                    yield return FieldError.Invalid($"{path}.externalName", spec.ExternalName ?? "", error);
                break;
            case "LoadBalancer" or "NodePort" when spec.ClusterIP == "None":
                yield return FieldError.Invalid($"{path}.clusterIPs[0]", "None", $"may not be set to 'None' for {spec.Type} services");
                break;
            default:
                break;
        }
    }

    private static IEnumerable<FieldError> Ports(ServiceSpec spec, string path)
    {
        var ports = spec.Ports ?? [];
        if (ports.Count == 0 && spec.ClusterIP != "None" && spec.Type != "ExternalName")
            yield return FieldError.Required(path);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var pairs = new HashSet<(string?, int?)>();
        for (var i = 0; i < ports.Count; i++)
        {
            var (port, at) = (ports[i], $"{path}[{i}]");
            if (string.IsNullOrEmpty(port.Name))
            {
                if (ports.Count > 1)
                    yield return FieldError.Required($"{at}.name");
            }
            else
            {
                foreach (var error in NameFormats.DnsLabel(port.Name))
                    yield return FieldError.Invalid($"{at}.name", port.Name, error);
                if (!names.Add(port.Name))
                    yield return FieldError.Duplicate($"{at}.name", port.Name);
            }

            foreach (var error in Port(port, spec, at))
                yield return error;
            if (!pairs.Add((port.Protocol, port.Port)))
                yield return FieldError.Duplicate(at, $"{port.Protocol}/{port.Port}");
        }
    }

    private static IEnumerable<FieldError> Port(ServicePort port, ServiceSpec spec, string path)
    {
        foreach (var error in NameFormats.PortNumber(port.Port ?? 0))
            yield return FieldError.Invalid($"{path}.port", port.Port ?? 0, error);
        if (string.IsNullOrEmpty(port.Protocol))
            yield return FieldError.Required($"{path}.protocol");
        else if (!Protocols.Contains(port.Protocol))
            yield return FieldError.NotSupported($"{path}.protocol", port.Protocol, Protocols);
        if (port.TargetPort is { } target)
        {
            foreach (var error in target.Text is { } name ? NameFormats.PortName(name) : NameFormats.PortNumber(target.Number))
                yield return FieldError.Invalid($"{path}.targetPort", target, error);
        }

        if (port.NodePort is null or 0)
            yield break;
        var nodePort = port.NodePort.Value;
        if (spec.Type is "ClusterIP" or "ExternalName")
            yield return FieldError.Forbidden($"{path}.nodePort", $"may not be used when `type` is '{spec.Type}'");
        foreach (var error in NameFormats.PortNumber(nodePort))
            yield return FieldError.Invalid($"{path}.nodePort", nodePort, error);
    }

    private static IEnumerable<FieldError> Policies(ServiceSpec spec, string path)
    {
        if (spec.SessionAffinity is not ("ClientIP" or "None"))
            yield return FieldError.NotSupported($"{path}.sessionAffinity", spec.SessionAffinity ?? "", ["ClientIP", "None"]);
        if (spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds is <= 0 or > 86400)
        {
            yield return FieldError.Invalid($"{path}.sessionAffinityConfig.clientIP.timeoutSeconds", spec.SessionAffinityConfig.ClientIP.TimeoutSeconds,
                "must be greater than 0 and less than 86400");
        }

        if (spec.ExternalTrafficPolicy is not (null or "" or "Cluster" or "Local"))
            yield return FieldError.NotSupported($"{path}.externalTrafficPolicy", spec.ExternalTrafficPolicy, ["Cluster", "Local"]);
        else if (!string.IsNullOrEmpty(spec.ExternalTrafficPolicy) && spec.Type is "ClusterIP" or "ExternalName" && spec.ExternalIPs is not { Count: > 0 })
            yield return FieldError.Invalid($"{path}.externalTrafficPolicy", spec.ExternalTrafficPolicy, "may only be set for externally-accessible services");
        if (spec.InternalTrafficPolicy is not (null or "Cluster" or "Local"))
            yield return FieldError.NotSupported($"{path}.internalTrafficPolicy", spec.InternalTrafficPolicy, ["Cluster", "Local"]);
        if (spec.TrafficDistribution is not (null or "PreferClose"))
            yield return FieldError.NotSupported($"{path}.trafficDistribution", spec.TrafficDistribution, ["PreferClose"]);
    }

    private static IEnumerable<FieldError> Addresses(ServiceSpec spec, string path)
    {
        if (spec.Type == "ExternalName")
        {
            if (!string.IsNullOrEmpty(spec.ClusterIP))
                yield return FieldError.Forbidden($"{path}.clusterIP", "may not be set for ExternalName services");
            yield break;
        }

        var ips = spec.ClusterIPs ?? [];
        if (ips.Count > 0 && ips[0] != (spec.ClusterIP ?? ""))
            yield return FieldError.Invalid($"{path}.clusterIPs", ips, "first value must match `clusterIP`");
        for (var i = 0; i < ips.Count; i++)
        {
            if (ips[i] == "None" && ips.Count > 1)
                yield return FieldError.Invalid($"{path}.clusterIPs", ips, "'None' must be the first and only value");
            else if (ips[i] != "None")
            {
                foreach (var error in NameFormats.IpAddress(ips[i]))
                    yield return FieldError.Invalid($"{path}.clusterIPs[{i}]", ips[i], error);
            }
        }

        if (spec.IpFamilyPolicy is not (null or "SingleStack" or "PreferDualStack" or "RequireDualStack"))
            yield return FieldError.NotSupported($"{path}.ipFamilyPolicy", spec.IpFamilyPolicy, ["PreferDualStack", "RequireDualStack", "SingleStack"]);
        foreach (var (family, i) in (spec.IpFamilies ?? []).Select((f, i) => (f, i)))
        {
            if (family is not ("IPv4" or "IPv6"))
                yield return FieldError.NotSupported($"{path}.ipFamilies[{i}]", family, ["IPv4", "IPv6"]);
        }

        foreach (var (ip, i) in (spec.ExternalIPs ?? []).Select((ip, i) => (ip, i)))
        {
            foreach (var error in NameFormats.IpAddress(ip))
                yield return FieldError.Invalid($"{path}.externalIPs[{i}]", ip, error);
            if (IPAddress.TryParse(ip, out var address) && IPAddress.IsLoopback(address))
                yield return FieldError.Invalid($"{path}.externalIPs[{i}]", ip, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }
    }
}
