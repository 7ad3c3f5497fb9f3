using Platform.Api;
using Platform.Api.Core.V1;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Rules.Core;

namespace Platform.ApiServer.Admission.Quota;

/// <summary>What an object uses of a quota, by the quota's names for resources.</summary>
internal static class QuotaUsage
{
    private static readonly Quantity One = new(1);
    private static readonly Dictionary<string, Quantity> None = [];

    /// <summary>Resources of pods that a quota wants to be told of for each container.</summary>
    private static readonly string[] Told = ["cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory"];

    /// <summary>Whether updates of the kind can raise what it uses.</summary>
    public static bool GrowsWithUpdates(KubernetesObject value) => value is Service or PersistentVolumeClaim;

    public static Dictionary<string, Quantity> Of(ResourceDefinition definition, KubernetesObject value)
    {
        var name = definition.Group.Length == 0 ? definition.Plural : $"{definition.Plural}.{definition.Group}";
        var usage = new Dictionary<string, Quantity>(StringComparer.Ordinal) { [QuotaResources.CountPrefix + name] = One };
        if (definition.Group.Length == 0 && QuotaResources.Objects.Contains(definition.Plural) && definition.Plural != "pods")
            usage[definition.Plural] = One;
        switch (value)
        {
            case Pod pod when pod.Status?.Phase is not ("Succeeded" or "Failed"):
                OfPod(pod.Spec ?? new(), usage);
                break;
            case Service { Spec: { } spec }:
                OfService(spec, usage);
                break;
            case PersistentVolumeClaim claim:
                OfClaim(claim, usage);
                break;
        }

        return usage;
    }

    /// <summary>What the pod's containers leave unsaid of what a quota bounds; null where nothing.</summary>
    public static string? Missing(Pod pod, IEnumerable<string> bounded)
    {
        string[] wanted = [.. bounded.Where(Told.Contains).Order(StringComparer.Ordinal)];
        if (wanted.Length == 0)
            return null;
        var containers = (pod.Spec?.Containers ?? []).Concat(pod.Spec?.InitContainers ?? []).ToList();
        var missing = wanted.Select(name => (Name: name, Containers: string.Join(",", containers.Where(c => !Says(c.Resources, name))
            .Select(c => c.Name).Order(StringComparer.Ordinal)))).Where(m => m.Containers.Length > 0).ToList();
        return missing.Count == 0 ? null : "must specify " + string.Join("; ", missing.Select(m => $"{m.Name} for: {m.Containers}"));
    }

    private static bool Says(ResourceRequirements? resources, string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return (name.StartsWith("limits.", StringComparison.Ordinal) ? resources?.Limits : resources?.Requests)?.ContainsKey(name[(dot + 1)..]) == true;
    }

    private static void OfPod(PodSpec spec, Dictionary<string, Quantity> usage)
    {
        usage["pods"] = One;
        foreach (var (name, amount) in PodResources.Requests(spec))
        {
            usage["requests." + name] = amount;
            // The short names mean requests; resources of extensions have only the long one.
            if (!name.Contains('/'))
                usage[name] = amount;
        }

        foreach (var (name, amount) in PodResources.Limits(spec))
            usage["limits." + name] = amount;
    }

    private static void OfService(ServiceSpec spec, Dictionary<string, Quantity> usage)
    {
        var balances = spec.Type == "LoadBalancer";
        if (balances)
            usage["services.loadbalancers"] = One;
        if (spec.Type == "NodePort" || (balances && spec.AllocateLoadBalancerNodePorts != false))
            usage["services.nodeports"] = new Quantity(spec.Ports?.Count ?? 0);
        else if (balances)
            usage["services.nodeports"] = new Quantity((spec.Ports ?? []).Count(p => p.NodePort is > 0));
    }

    private static void OfClaim(PersistentVolumeClaim claim, Dictionary<string, Quantity> usage)
    {
        const string suffix = ".storageclass.storage.k8s.io/";
        var name = claim.Metadata.Annotations?.GetValueOrDefault("volume.beta.kubernetes.io/storage-class") ?? claim.Spec?.StorageClassName ?? "";
        if (name.Length > 0)
            usage[name + suffix + "persistentvolumeclaims"] = One;
        if (!(claim.Spec?.Resources?.Requests ?? None).TryGetValue("storage", out var storage))
            return;
        usage["requests.storage"] = storage;
        if (name.Length > 0)
            usage[name + suffix + "requests.storage"] = storage;
    }
}
