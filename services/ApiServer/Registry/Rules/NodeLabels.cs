using Platform.Api.Meta.V1;

namespace Platform.ApiServer.Registry.Rules;

/// <summary>Labels of nodes that have been replaced by others, and the warnings about objects that still select by them.</summary>
internal static class NodeLabels
{
    /// <summary>What is to be said of each label that has been replaced.</summary>
    public static readonly IReadOnlyDictionary<string, string> Deprecated = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["beta.kubernetes.io/arch"] = "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
        ["beta.kubernetes.io/os"] = "deprecated since v1.14; use \"kubernetes.io/os\" instead",
        ["failure-domain.beta.kubernetes.io/region"] = "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
        ["failure-domain.beta.kubernetes.io/zone"] = "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
        ["beta.kubernetes.io/instance-type"] = "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
    };

    /// <summary>The warning about a label key, where it is deprecated.</summary>
    public static IEnumerable<string> Warn(string? key, string path) =>
        key is not null && Deprecated.TryGetValue(key, out var text) ? [$"{path}: {text}"] : [];

    /// <summary>The warnings about a selector of nodes.</summary>
    public static IEnumerable<string> Warn(LabelSelector? selector, string path) => selector is null ? [] :
    [
        .. selector.MatchExpressions.At($"{path}.matchExpressions").SelectMany(e => Warn(e.Item.Key, $"{e.Path}.key")),
        .. (selector.MatchLabels ?? new Dictionary<string, string>()).SelectMany(l => Warn(l.Key, $"{path}.matchLabels.{l.Key}")),
    ];
}
