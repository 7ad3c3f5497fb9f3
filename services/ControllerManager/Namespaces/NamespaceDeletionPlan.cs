using System.Globalization;
using Platform.Api.Core.V1;
using Platform.ControllerManager.Metadata;

namespace Platform.ControllerManager.Namespaces;

/// <summary>What one resource still has in a namespace.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Count">Objects left.</param>
/// <param name="Finalizers">How many of them wait for each finalizer.</param>
internal sealed record RemainingContent(ServedResource Resource, int Count, IReadOnlyDictionary<string, int> Finalizers)
{
    public static RemainingContent Of(ServedResource resource, IReadOnlyList<ObjectHead> items) => new(resource, items.Count,
        items.SelectMany(i => i.Metadata.Finalizers ?? []).GroupBy(f => f, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count()));
}

/// <summary>What a round of deleting a namespace's contents found.</summary>
internal sealed record NamespaceContents
{
    /// <summary>Resources that still have objects.</summary>
    public IReadOnlyList<RemainingContent> Remaining { get; init; } = [];

    /// <summary>Groups whose resources are unknown, with the reason.</summary>
    public IReadOnlyDictionary<string, string> DiscoveryFailures { get; init; } = new Dictionary<string, string>();

    /// <summary>What the server said where something could not be deleted.</summary>
    public IReadOnlyList<string> DeletionFailures { get; init; } = [];

    /// <summary>Nothing is left and nothing is unknown: the namespace itself can go.</summary>
    public bool IsEmpty => Remaining.Count == 0 && DiscoveryFailures.Count == 0 && DeletionFailures.Count == 0;
}

/// <summary>
/// In which order a namespace's contents go, and what it reports meanwhile. Controllers and pods go first, with their grace, and what
/// pods use while they shut down - secrets, configuration, services, network policies, roles - only when no pod is left.
/// </summary>
internal static class NamespaceDeletionPlan
{
    /// <summary>Finalizer in the spec that keeps a namespace until its contents are gone.</summary>
    public const string Finalizer = "kubernetes";

    public static (IReadOnlyList<ServedResource> First, IReadOnlyList<ServedResource> Later) Order(IEnumerable<ServedResource> resources)
    {
        var deletable = resources.Where(r => r.Namespaced && r.Supports("list", "delete")).ToLookup(IsWorkload);
        return ([.. deletable[true].OrderBy(r => r.Plural == "pods")], [.. deletable[false].OrderBy(r => r.ApiVersion + r.Plural, StringComparer.Ordinal)]);
    }

    /// <summary>The conditions of a namespace that is being deleted, with upstream's types, reasons and messages.</summary>
    public static IReadOnlyList<NamespaceCondition> Conditions(IReadOnlyList<NamespaceCondition>? before, NamespaceContents contents, DateTimeOffset now)
    {
        var resources = contents.Remaining.OrderBy(r => r.Resource.Plural, StringComparer.Ordinal)
            .Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Resource.Plural}.{r.Resource.Group} has {r.Count} resource instances"));
        var finalizers = contents.Remaining.SelectMany(r => r.Finalizers).GroupBy(f => f.Key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key} in {g.Sum(f => f.Value)} resource instances")).ToList();
        NamespaceCondition[] wanted =
        [
            Make("NamespaceDeletionDiscoveryFailure", contents.DiscoveryFailures.Count > 0,
                "DiscoveryFailed", DiscoveryFailed(contents.DiscoveryFailures),
                "ResourcesDiscovered", "All resources successfully discovered"),
            Make("NamespaceDeletionGroupVersionParsingFailure", false, "", "", "ParsedGroupVersions", "All legacy kube types successfully parsed"),
            Make("NamespaceDeletionContentFailure", contents.DeletionFailures.Count > 0,
                "ContentDeletionFailed", "Failed to delete all resource types, " + Failures(contents.DeletionFailures),
                "ContentDeleted", "All content successfully deleted, may be waiting on finalization"),
            Make("NamespaceContentRemaining", contents.Remaining.Count > 0,
                "SomeResourcesRemain", "Some resources are remaining: " + string.Join(", ", resources),
                "ContentRemoved", "All content successfully removed"),
            Make("NamespaceFinalizersRemaining", finalizers.Count > 0,
                "SomeFinalizersRemain", "Some content in the namespace has finalizers remaining: " + string.Join(", ", finalizers),
                "ContentHasNoFinalizers", "All content-preserving finalizers finished"),
        ];
        return [.. wanted.Select(w => Merge(before?.FirstOrDefault(c => c.Type == w.Type), w, now))];
    }

    private static bool IsWorkload(ServedResource resource) =>
        resource.Group is "apps" or "batch" || resource.Group.Length == 0 && resource.Plural is "pods" or "replicationcontrollers";

    private static string DiscoveryFailed(IReadOnlyDictionary<string, string> failures)
    {
        var groups = failures.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}: {f.Value}");
        return string.Create(CultureInfo.InvariantCulture,
            $"Discovery failed for some groups, {failures.Count} failing: unable to retrieve the complete list of server APIs: {string.Join(", ", groups)}");
    }

    private static string Failures(IReadOnlyList<string> failures) =>
        string.Create(CultureInfo.InvariantCulture, $"{failures.Count} remaining: {string.Join(", ", failures.Order(StringComparer.Ordinal))}");

    private static NamespaceCondition Make(string type, bool holds, string reason, string message, string otherReason, string otherMessage) => new()
    {
        Type = type,
        Status = holds ? "True" : "False",
        Reason = holds ? reason : otherReason,
        Message = holds ? message : otherMessage,
    };

    private static NamespaceCondition Merge(NamespaceCondition? known, NamespaceCondition wanted, DateTimeOffset now) =>
        wanted with { LastTransitionTime = known?.Status == wanted.Status ? known?.LastTransitionTime ?? now : now };
}
