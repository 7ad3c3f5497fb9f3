using Platform.Api;
using Platform.Api.Core.V1;
using Platform.ApiServer.Registry.Rules.Core.Pods;

namespace Platform.ApiServer.Admission.Quota;

/// <summary>Whether a quota is about an object: one with scopes is only about pods, and only about those that are in all of them.</summary>
internal static class QuotaScopes
{
    public static bool Match(ResourceQuotaSpec spec, KubernetesObject value)
    {
        var scopes = (spec.Scopes ?? []).Select(s => new ScopedResourceSelectorRequirement { ScopeName = s, Operator = "Exists" })
            .Concat(spec.ScopeSelector?.MatchExpressions ?? []).ToList();
        return scopes.Count == 0 || (value is Pod { Spec: { } pod } && scopes.TrueForAll(s => IsIn(pod, s)));
    }

    private static bool IsIn(PodSpec spec, ScopedResourceSelectorRequirement scope) => scope.ScopeName switch
    {
        "Terminating" => spec.ActiveDeadlineSeconds is >= 0,
        "NotTerminating" => spec.ActiveDeadlineSeconds is not >= 0,
        "BestEffort" => PodQos.Of(spec) == "BestEffort",
        "NotBestEffort" => PodQos.Of(spec) != "BestEffort",
        "PriorityClass" => HasClass(spec.PriorityClassName ?? "", scope),
        "CrossNamespacePodAffinity" => IsAcrossNamespaces(spec),
        _ => false,
    };

    private static bool HasClass(string name, ScopedResourceSelectorRequirement scope) => scope.Operator switch
    {
        "Exists" => name.Length > 0,
        "DoesNotExist" => name.Length == 0,
        "In" => name.Length > 0 && scope.Values?.Contains(name) == true,
        "NotIn" => name.Length == 0 || scope.Values?.Contains(name) != true,
        _ => false,
    };

    private static bool IsAcrossNamespaces(PodSpec spec)
    {
        var (near, far) = (spec.Affinity?.PodAffinity, spec.Affinity?.PodAntiAffinity);
        IEnumerable<PodAffinityTerm?> terms =
        [
            .. near?.RequiredDuringSchedulingIgnoredDuringExecution ?? [], .. far?.RequiredDuringSchedulingIgnoredDuringExecution ?? [],
            .. (near?.PreferredDuringSchedulingIgnoredDuringExecution ?? []).Select(t => t.PodAffinityTerm),
            .. (far?.PreferredDuringSchedulingIgnoredDuringExecution ?? []).Select(t => t.PodAffinityTerm),
        ];
        return terms.Any(t => t is { Namespaces.Count: > 0 } or { NamespaceSelector: not null });
    }
}
