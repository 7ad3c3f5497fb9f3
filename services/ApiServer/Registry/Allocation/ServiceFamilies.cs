using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Registry.Rules;
using Platform.ApiServer.Registry.Rules.Core;

namespace Platform.ApiServer.Registry.Allocation;

/// <summary>
/// Fills in the families of a service's addresses, in a cluster that has one. Only a headless service without selector, whose endpoints somebody else writes,
/// may have the other one too.
/// </summary>
internal static class ServiceFamilies
{
    private const string Policy = "spec.ipFamilyPolicy";

    /// <summary>What stands against it; the service is then not to be allocated for.</summary>
    /// <param name="spec">The service as it is to be.</param>
    /// <param name="before">The service as it is, if it is.</param>
    /// <param name="own">Family of the cluster.</param>
    public static IReadOnlyList<FieldError> Settle(ServiceSpec spec, ServiceSpec? before, string own)
    {
        if (spec.Type == "ExternalName")
            return [];
        var ownEndpoints = spec.ClusterIP == "None" && spec.Selector is not { Count: > 0 };
        spec.IpFamilyPolicy ??= before?.IpFamilyPolicy ?? (ownEndpoints ? "RequireDualStack" : "SingleStack");
        if (ServiceAddressValidation.Validate(spec).ToList() is { Count: > 0 } malformed)
            return malformed;
        List<FieldError> errors = [.. before is null ? [] : Released(spec, before), .. Single(spec), .. Infer(spec, own)];
        if (errors.Count > 0)
            return errors;
        if (ownEndpoints)
        {
            var families = spec.IpFamilies is { Count: > 0 } given ? given : [own];
            spec.IpFamilies = families.Count == 1 && spec.IpFamilyPolicy != "SingleStack" ? [families[0], families[0] == "IPv4" ? "IPv6" : "IPv4"] : families;
            return [];
        }

        if (spec.IpFamilyPolicy == "RequireDualStack")
            errors.Add(FieldError.Invalid(Policy, spec.IpFamilyPolicy, "this cluster is not configured for dual-stack services"));
        errors.AddRange((spec.IpFamilies ?? []).Select((family, i) => (family, i)).Where(f => f.family != own)
            .Select(f => FieldError.Invalid($"spec.ipFamilies[{f.i}]", f.family, "not configured on this cluster")));
        if (errors.Count == 0 && spec.IpFamilies is not { Count: > 0 })
            spec.IpFamilies = [own];
        return errors;
    }

    /// <summary>To say that a service has one family is enough for it to lose the second; to lose it without saying so is a mistake.</summary>
    private static IEnumerable<FieldError> Released(ServiceSpec spec, ServiceSpec before)
    {
        var (ips, families) = (spec.ClusterIPs ?? [], spec.IpFamilies ?? []);
        var (oldIPs, oldFamilies) = (before.ClusterIPs ?? [], before.IpFamilies ?? []);
        if (spec.IpFamilyPolicy == "SingleStack")
        {
            if (ips.Count > 1 && spec.ClusterIP == before.ClusterIP && ips.SequenceEqual(oldIPs))
                spec.ClusterIPs = [ips[0]];
            if (families.Count > 1 && families.SequenceEqual(oldFamilies))
                spec.IpFamilies = [families[0]];
            yield break;
        }

        if (ips.Count > 0 && ips.Count < oldIPs.Count)
            yield return FieldError.Invalid(Policy, spec.IpFamilyPolicy, "must be 'SingleStack' to release the secondary cluster IP");
        if (families.Count > 0 && families.Count < oldFamilies.Count)
            yield return FieldError.Invalid(Policy, spec.IpFamilyPolicy, "must be 'SingleStack' to release the secondary IP family");
    }

    private static IEnumerable<FieldError> Single(ServiceSpec spec)
    {
        if (spec.IpFamilyPolicy != "SingleStack")
            yield break;
        if (spec.ClusterIPs is { Count: 2 })
            yield return FieldError.Invalid(Policy, spec.IpFamilyPolicy, "must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified");
        if (spec.IpFamilies is { Count: 2 })
            yield return FieldError.Invalid(Policy, spec.IpFamilyPolicy, "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified");
    }

    /// <summary>Adds the families of addresses that were given without them.</summary>
    private static IEnumerable<FieldError> Infer(ServiceSpec spec, string own)
    {
        var ips = spec.ClusterIPs ?? [];
        for (var i = spec.IpFamilies?.Count ?? 0; i < ips.Count && ips[i] != "None"; i++)
        {
            var family = AddressFindings.FamilyOf(ips[i])!;
            if (family == own)
                spec.IpFamilies = [.. spec.IpFamilies ?? [], family];
            else
                yield return FieldError.Invalid($"spec.clusterIPs[{i}]", ips, $"{family} is not configured on this cluster");
        }
    }
}
