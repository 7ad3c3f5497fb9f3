using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>The rules of a service.</summary>
internal static class ServiceValidation
{
    private const string OnlyLoadBalancer = "may only be used when `type` is 'LoadBalancer'";
    private const string NotExternalName = "may not be set for ExternalName services";
    private const string SourceRanges = "service.beta.kubernetes.io/load-balancer-source-ranges";

    private static readonly string[] Types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
    private static readonly string[] IpModes = ["Proxy", "VIP"];

    public static IEnumerable<FieldError> Validate(Service service)
    {
        var spec = service.Spec!;
        return
        [
            .. TopologyMode(service),
            .. Kind(spec),
            .. ServicePortValidation.Each(spec, "spec.ports"),
            .. ObjectMetaValidation.Labels(spec.Selector, "spec.selector"),
            .. Affinity(spec),
            .. ServiceAddressValidation.Validate(spec),
            .. spec.ExternalIPs.At("spec.externalIPs").SelectMany(ip => ExternalIp(ip.Item, ip.Path)),
            .. Types.Contains(spec.Type) ? Array.Empty<FieldError>() : [FieldError.NotSupported("spec.type", spec.Type ?? "", Types)],
            .. ServicePortValidation.Together(spec, "spec.ports"),
            .. Ranges(service),
            .. LoadBalancer(spec),
            .. Policies(spec),
        ];
    }

    /// <summary>What a load balancer reports.</summary>
    public static IEnumerable<FieldError> Status(Service service)
    {
        const string path = "status.loadBalancer.ingress";
        var ingress = service.Status?.LoadBalancer?.Ingress ?? [];
        if (ingress.Count > 0 && service.Spec?.Type != "LoadBalancer")
            return [FieldError.Forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'")];
        return ingress.SelectMany((item, i) => Ingress(item, $"{path}[{i}]"));
    }

    /// <summary>Whether only some nodes answer for the load balancer, which it then has to find out.</summary>
    public static bool NeedsHealthCheck(ServiceSpec spec) => spec is { Type: "LoadBalancer", ExternalTrafficPolicy: "Local" };

    /// <summary>Whether traffic from outside of the cluster reaches the service.</summary>
    public static bool IsExternal(ServiceSpec spec) =>
        spec.Type is "NodePort" or "LoadBalancer" || (spec.Type == "ClusterIP" && spec.ExternalIPs is { Count: > 0 });

    private static IEnumerable<FieldError> TopologyMode(Service service)
    {
        const string hints = "service.kubernetes.io/topology-aware-hints";
        const string mode = "service.kubernetes.io/topology-mode";
        if (service.Metadata.Annotations is { } annotations && annotations.TryGetValue(hints, out var old) && annotations.TryGetValue(mode, out var now) && old != now)
            yield return FieldError.Invalid($"metadata.annotations[{mode}]", now, $"must match annotations[{hints}] when both are specified");
    }

    private static IEnumerable<FieldError> Kind(ServiceSpec spec)
    {
        var isHeadless = spec.ClusterIPs is ["None"];
        if (spec.Ports is not { Count: > 0 } && !isHeadless && spec.Type != "ExternalName")
            yield return FieldError.Required("spec.ports");
        if (spec.Type is "LoadBalancer" or "NodePort" && isHeadless)
            yield return FieldError.Invalid("spec.clusterIPs[0]", "None", $"may not be set to 'None' for {spec.Type} services");
        if (spec.Type != "ExternalName")
            yield break;
        if (spec.ClusterIPs is { Count: > 0 })
            yield return FieldError.Forbidden("spec.clusterIPs", NotExternalName);
        if (spec.IpFamilies is { Count: > 0 })
            yield return FieldError.Forbidden("spec.ipFamilies", NotExternalName);
        if (spec.IpFamilyPolicy is not null)
            yield return FieldError.Forbidden("spec.ipFamilyPolicy", NotExternalName);
        var name = spec.ExternalName ?? "";
        if (name.EndsWith('.'))
            name = name[..^1];
        foreach (var error in Findings.RequiredSubdomain(name, "spec.externalName"))
            yield return error;
    }

    private static IEnumerable<FieldError> Affinity(ServiceSpec spec)
    {
        if (spec.SessionAffinity is not ("ClientIP" or "None"))
            yield return FieldError.NotSupported("spec.sessionAffinity", spec.SessionAffinity ?? "", ["ClientIP", "None"]);
        if (spec.SessionAffinity == "ClientIP" && spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds is <= 0 or > 86400)
        {
            yield return FieldError.Invalid("spec.sessionAffinityConfig.clientIP.timeoutSeconds", spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds,
                "must be greater than 0 and less than 86400");
        }
    }

    private static IEnumerable<FieldError> ExternalIp(string ip, string path)
    {
        var errors = AddressFindings.Ip(ip, path).ToList();
        return errors.Count > 0 ? errors : AddressFindings.NonSpecial(ip, path);
    }

    /// <summary>The ranges are named by the field or, where that is empty, by an annotation of old. Spaces around them never counted.</summary>
    private static IEnumerable<FieldError> Ranges(Service service)
    {
        var ranges = (service.Spec!.LoadBalancerSourceRanges ?? []).Select((text, i) => (text, At: $"spec.LoadBalancerSourceRanges[{i}]")).ToList();
        var path = "spec.LoadBalancerSourceRanges";
        if (ranges.Count == 0)
        {
            if (service.Metadata.Annotations is not { } annotations || !annotations.TryGetValue(SourceRanges, out var listed))
                yield break;
            path = $"metadata.annotations[{SourceRanges}]";
            ranges = [.. listed.Trim().Length == 0 ? [] : listed.Trim().Split(',').Select(text => (text, path))];
        }

        if (service.Spec.Type != "LoadBalancer")
            yield return FieldError.Forbidden(path, OnlyLoadBalancer);
        foreach (var error in ranges.SelectMany(range => AddressFindings.Cidr(range.text.Trim(), range.At)))
            yield return error;
    }

    private static IEnumerable<FieldError> LoadBalancer(ServiceSpec spec)
    {
        if (spec.Type == "LoadBalancer")
            return spec.LoadBalancerClass is { } name ? Findings.Of(NameFormats.QualifiedName(name), "spec.loadBalancerClass", name) : [];
        return
        [
            .. spec.AllocateLoadBalancerNodePorts is null ? Array.Empty<FieldError>() : [FieldError.Forbidden("spec.allocateLoadBalancerNodePorts", OnlyLoadBalancer)],
            .. spec.LoadBalancerClass is null ? Array.Empty<FieldError>() : [FieldError.Forbidden("spec.loadBalancerClass", OnlyLoadBalancer)],
        ];
    }

    private static IEnumerable<FieldError> Policies(ServiceSpec spec)
    {
        if (!IsExternal(spec))
        {
            if (!string.IsNullOrEmpty(spec.ExternalTrafficPolicy))
                yield return FieldError.Invalid("spec.externalTrafficPolicy", spec.ExternalTrafficPolicy, "may only be set for externally-accessible services");
        }
        else if (spec.ExternalTrafficPolicy is not ("Cluster" or "Local"))
            yield return FieldError.NotSupported("spec.externalTrafficPolicy", spec.ExternalTrafficPolicy ?? "", ["Cluster", "Local"]);

        var healthPort = spec.HealthCheckNodePort ?? 0;
        if (NeedsHealthCheck(spec))
        {
            foreach (var error in Findings.Of(NameFormats.PortNumber(healthPort), "spec.healthCheckNodePort", healthPort))
                yield return error;
        }
        else if (healthPort != 0)
        {
            yield return FieldError.Invalid("spec.healthCheckNodePort", healthPort,
                "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        }

        if (spec.InternalTrafficPolicy is not (null or "Cluster" or "Local"))
            yield return FieldError.NotSupported("spec.internalTrafficPolicy", spec.InternalTrafficPolicy, ["Cluster", "Local"]);
        if (spec.TrafficDistribution is not (null or "PreferClose"))
            yield return FieldError.NotSupported("spec.trafficDistribution", spec.TrafficDistribution, ["PreferClose"]);
    }

    private static IEnumerable<FieldError> Ingress(LoadBalancerIngress ingress, string path)
    {
        var hasIp = !string.IsNullOrEmpty(ingress.Ip);
        if (hasIp)
        {
            foreach (var error in AddressFindings.Ip(ingress.Ip!, $"{path}.ip"))
                yield return error;
        }

        if (ingress.IpMode is null)
        {
            if (hasIp)
                yield return FieldError.Required($"{path}.ipMode", "must be specified when `ip` is set");
        }
        else if (!hasIp)
            yield return FieldError.Forbidden($"{path}.ipMode", "may not be specified when `ip` is not set");
        else if (!IpModes.Contains(ingress.IpMode))
            yield return FieldError.NotSupported($"{path}.ipMode", ingress.IpMode, IpModes);

        if (string.IsNullOrEmpty(ingress.Hostname))
            yield break;
        foreach (var error in Findings.Of(NameFormats.DnsSubdomain(ingress.Hostname), $"{path}.hostname", ingress.Hostname))
            yield return error;
        if (AddressFindings.FamilyOf(ingress.Hostname) is not null)
            yield return FieldError.Invalid($"{path}.hostname", ingress.Hostname, "must be a DNS name, not an IP address");
    }
}
