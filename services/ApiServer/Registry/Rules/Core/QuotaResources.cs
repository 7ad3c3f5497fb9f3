namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>Names of what a quota can bound, and the scopes under which it can.</summary>
internal static class QuotaResources
{
    public const string CountPrefix = "count/";

    /// <summary>Objects that a quota counts by a plain name.</summary>
    public static readonly string[] Objects =
    [
        "configmaps", "persistentvolumeclaims", "pods", "replicationcontrollers", "resourcequotas", "secrets", "services", "services.loadbalancers", "services.nodeports",
    ];

    /// <summary>What pods ask for that can be bounded by scope.</summary>
    public static readonly string[] Compute = ["cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory"];

    private static readonly string[] Storage =
        ["ephemeral-storage", "limits.ephemeral-storage", "requests.ephemeral-storage", "requests.storage"];

    private static readonly string[] Scopes = ["BestEffort", "CrossNamespacePodAffinity", "NotBestEffort", "NotTerminating", "PriorityClass", "Terminating"];

    public static bool IsStandard(string name) => Objects.Contains(name) || Compute.Contains(name) || Storage.Contains(name)
        || name.StartsWith("hugepages-", StringComparison.Ordinal) || name.StartsWith("requests.hugepages-", StringComparison.Ordinal);

    /// <summary>Whether amounts of the resource are whole numbers.</summary>
    public static bool IsCount(string name) => Objects.Contains(name) || name.StartsWith(CountPrefix, StringComparison.Ordinal);

    public static bool IsScope(string scope) => Scopes.Contains(scope);

    /// <summary>Scopes choose pods, so only what pods use can be bounded under one; pods of best effort use nothing but their number.</summary>
    public static bool Allows(string scope, string resource) => scope == "BestEffort" ? resource == "pods"
        : !IsScope(scope) || resource == "pods" || Compute.Contains(resource);
}
