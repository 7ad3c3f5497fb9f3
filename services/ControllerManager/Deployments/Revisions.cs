using System.Globalization;
using Platform.Api;
using Platform.Api.Apps.V1;

namespace Platform.ControllerManager.Deployments;

/// <summary>
/// The annotations by which a deployment and its replica sets keep the history of rollouts. The newest template has the highest
/// revision; going back to an old template gives its replica set a new revision and notes the old one in its revision history.
/// <c>kubectl rollout history</c> and <c>undo</c> read them.
/// </summary>
internal static class Revisions
{
    public const string Revision = "deployment.kubernetes.io/revision";
    public const string History = "deployment.kubernetes.io/revision-history";
    public const string DesiredReplicas = "deployment.kubernetes.io/desired-replicas";
    public const string MaxReplicas = "deployment.kubernetes.io/max-replicas";

    /// <summary>Characters of the revision history that are kept.</summary>
    private const int MaxHistoryLength = 2000;

    // What describes the deployment itself and not the template it rolled out.
    private static readonly HashSet<string> NotCopied =
    [
        "kubectl.kubernetes.io/last-applied-configuration", Revision, History, DesiredReplicas, MaxReplicas, "deprecated.deployment.rollback.to",
    ];

    /// <summary>The revision of an object; 0 when it has none.</summary>
    public static long Of(KubernetesObject value) => Number(value, Revision) ?? 0;

    /// <summary>A number in an annotation; null when it is absent or no number.</summary>
    public static long? Number(KubernetesObject value, string annotation) =>
        value.Metadata.Annotations is { } annotations && annotations.TryGetValue(annotation, out var text)
        && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Annotations of the replica set of the current template: the deployment's own (the change cause among them) and the revision.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="set">Its current replica set.</param>
    /// <param name="revision">One more than the highest revision of the older replica sets.</param>
    public static IReadOnlyDictionary<string, string> ForCurrent(Deployment deployment, ReplicaSet set, long revision)
    {
        var result = new Dictionary<string, string>(set.Metadata.Annotations ?? new Dictionary<string, string>());
        foreach (var (key, value) in deployment.Metadata.Annotations ?? new Dictionary<string, string>())
        {
            if (!NotCopied.Contains(key))
                result[key] = value;
        }
        var before = Of(set);
        if (before >= revision)
            return result;
        result[Revision] = Text(revision);
        if (before > 0)
            result[History] = Append(result.GetValueOrDefault(History), Text(before));
        return result;
    }

    /// <summary>Annotations that note for which size of the deployment a replica set was last scaled; proportional scaling reads them.</summary>
    public static IReadOnlyDictionary<string, string> WithSize(IReadOnlyDictionary<string, string>? annotations, RolloutBounds bounds) =>
        new Dictionary<string, string>(annotations ?? new Dictionary<string, string>())
        {
            [DesiredReplicas] = Text(bounds.Replicas),
            [MaxReplicas] = Text(bounds.MaxTotal),
        };

    /// <summary>Whether two sets of annotations are the same.</summary>
    public static bool Same(IReadOnlyDictionary<string, string>? left, IReadOnlyDictionary<string, string>? right) =>
        (left?.Count ?? 0) == (right?.Count ?? 0) && (left is null || left.All(l => right!.TryGetValue(l.Key, out var value) && value == l.Value));

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Append(string? history, string revision)
    {
        if (string.IsNullOrEmpty(history))
            return revision;
        while (history.Length + 1 + revision.Length > MaxHistoryLength)
        {
            var comma = history.IndexOf(',', StringComparison.Ordinal);
            if (comma < 0)
                return revision;
            history = history[(comma + 1)..];
        }
        return history + "," + revision;
    }
}
