using Platform.Api.Core.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>The rules of a service's addresses in the cluster and their families. Allocation asks for them first, because it builds upon them.</summary>
internal static class ServiceAddressValidation
{
    private const string IPs = "spec.clusterIPs";
    private const string Families = "spec.ipFamilies";
    private const string Unchanging = "may not change once set";

    private static readonly string[] SupportedFamilies = ["IPv4", "IPv6"];
    private static readonly string[] Policies = ["PreferDualStack", "RequireDualStack", "SingleStack"];

    public static IEnumerable<FieldError> Validate(ServiceSpec spec)
    {
        if (spec.Type == "ExternalName")
            return [];
        var ips = spec.ClusterIPs ?? [];
        var errors = new List<FieldError>(Head(spec.ClusterIP ?? "", ips));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (family, at) in spec.IpFamilies.At(Families))
        {
            if (!SupportedFamilies.Contains(family))
                errors.Add(FieldError.NotSupported(at, family, SupportedFamilies));
            if (!seen.Add(family))
                errors.Add(FieldError.Duplicate(at, family));
        }

        if (spec.IpFamilyPolicy is { } policy && !Policies.Contains(policy))
            errors.Add(FieldError.NotSupported("spec.ipFamilyPolicy", policy, Policies));
        var malformed = Malformed(ips).ToList();
        errors.AddRange(malformed);
        if (ips.Count > 2)
            errors.Add(FieldError.Invalid(IPs, ips, "may only hold up to 2 values"));
        // What families such addresses have cannot be said.
        if (malformed.Count == 0)
            errors.AddRange(OfFamilies(ips, spec.IpFamilies ?? []));
        return errors;
    }

    /// <summary>A service keeps its addresses and their families, except that it may get a second one and give that back.</summary>
    public static IEnumerable<FieldError> ValidateUpdate(ServiceSpec spec, ServiceSpec before)
    {
        if (spec.Type == "ExternalName" || before.Type == "ExternalName")
            return [];
        var (isHeadless, wasHeadless) = (spec.ClusterIPs is ["None"], before.ClusterIPs is ["None"]);
        return
        [
            .. isHeadless && wasHeadless ? [] : KeptIPs(spec, before),
            .. isHeadless || wasHeadless ? [] : KeptFamilies(spec, before),
        ];
    }

    private static IEnumerable<FieldError> Head(string ip, IReadOnlyList<string> ips) => (ip.Length, ips.Count) switch
    {
        ( > 0, 0) => [FieldError.Required(IPs)],
        ( > 0, _) when ips[0] != ip => [FieldError.Invalid(IPs, ips, "first value must match `clusterIP`")],
        (0, > 0) => [FieldError.Invalid(IPs, ips, "must be empty when `clusterIP` is not specified")],
        _ => [],
    };

    private static IEnumerable<FieldError> Malformed(IReadOnlyList<string> ips)
    {
        for (var i = 0; i < ips.Count; i++)
        {
            if (i == 0 && ips[i] == "None")
            {
                if (ips.Count > 1)
                    yield return FieldError.Invalid(IPs, ips, "'None' must be the first and only value");
                continue;
            }

            foreach (var error in AddressFindings.Ip(ips[i], $"{IPs}[{i}]"))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> OfFamilies(IReadOnlyList<string> ips, IReadOnlyList<string> families)
    {
        if (ips.Count > 1 && (ips.Count > 2 || AddressFindings.FamilyOf(ips[0]) == AddressFindings.FamilyOf(ips[1])))
            yield return FieldError.Invalid(IPs, ips, "may specify no more than one IP for each IP family");
        if (ips is ["None"])
            yield break;
        for (var i = 0; i < Math.Min(ips.Count, families.Count); i++)
        {
            if (SupportedFamilies.Contains(families[i]) && AddressFindings.FamilyOf(ips[i]) != families[i])
                yield return FieldError.Invalid($"{IPs}[{i}]", ips[i], $"expected an {families[i]} value as indicated by `ipFamilies[{i}]`");
        }
    }

    private static IEnumerable<FieldError> KeptIPs(ServiceSpec spec, ServiceSpec before)
    {
        var (now, then) = (spec.ClusterIPs ?? [], before.ClusterIPs ?? []);
        if (now.Count == 0 && then.Count > 0)
            yield return FieldError.Invalid($"{IPs}[0]", now, "primary clusterIP can not be unset");
        // The second one counts only while there are as many as before.
        var fixedOnes = now.Count == then.Count ? now.Count : Math.Min(1, Math.Min(now.Count, then.Count));
        for (var i = 0; i < fixedOnes; i++)
        {
            if (now[i] != then[i])
                yield return FieldError.Invalid($"{IPs}[{i}]", now, Unchanging);
        }

        if (then.Count > now.Count && now.Count == 1 && spec.IpFamilyPolicy != "SingleStack")
            yield return FieldError.Invalid("spec.ipFamilyPolicy", spec.IpFamilyPolicy, "must be set to 'SingleStack' when releasing the secondary clusterIP");
    }

    /// <summary>Upstream shows the addresses in place of the families where the number of these changes.</summary>
    private static IEnumerable<FieldError> KeptFamilies(ServiceSpec spec, ServiceSpec before)
    {
        var (now, then) = (spec.IpFamilies ?? [], before.IpFamilies ?? []);
        if (now.Count == then.Count)
        {
            for (var i = 0; i < now.Count; i++)
            {
                if (now[i] != then[i])
                    yield return FieldError.Invalid($"{Families}[0]", now, Unchanging);
            }

            yield break;
        }

        if (now.Count > 0 && then.Count > 0 && now[0] != then[0])
            yield return FieldError.Invalid($"{Families}[0]", spec.ClusterIPs, Unchanging);
        if (then.Count > now.Count && now.Count == 1 && spec.IpFamilyPolicy != "SingleStack")
            yield return FieldError.Invalid("spec.ipFamilyPolicy", spec.IpFamilyPolicy, "must be set to 'SingleStack' when releasing the secondary ipFamily");
    }
}
