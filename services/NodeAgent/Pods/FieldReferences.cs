using System.Globalization;
using Platform.Api;
using Platform.Api.Core.V1;

namespace Platform.NodeAgent.Pods;

/// <summary>What a container may learn of its own pod: fields of the pod, and requests and limits of its containers.</summary>
internal static class FieldReferences
{
    /// <summary>The value of a field of the pod.</summary>
    /// <exception cref="FormatException">The path is none that may be referred to.</exception>
    public static string Field(Pod pod, string path, string hostIp, string? podIp, IReadOnlyList<string> podIps)
    {
        if (Subscript(path, "metadata.labels") is { } label)
            return pod.Metadata.Labels?.GetValueOrDefault(label) ?? "";
        if (Subscript(path, "metadata.annotations") is { } annotation)
            return pod.Metadata.Annotations?.GetValueOrDefault(annotation) ?? "";
        return path switch
        {
            "metadata.name" => pod.Metadata.Name ?? "",
            "metadata.namespace" => pod.Metadata.Namespace ?? "",
            "metadata.uid" => pod.Metadata.Uid ?? "",
            "metadata.labels" => Lines(pod.Metadata.Labels),
            "metadata.annotations" => Lines(pod.Metadata.Annotations),
            "spec.nodeName" => pod.Spec?.NodeName ?? "",
            "spec.serviceAccountName" => pod.Spec?.ServiceAccountName ?? "",
            "status.hostIP" or "status.hostIPs" => hostIp,
            "status.podIP" => podIp ?? "",
            "status.podIPs" => string.Join(',', podIps),
            _ => throw new FormatException($"unsupported fieldPath: {path}"),
        };
    }

    /// <summary>A request or limit of a container, divided by the divisor and rounded up. A limit that is not set is what the node has.</summary>
    /// <exception cref="FormatException">The resource is none that may be referred to.</exception>
    public static string Resource(PodSpec spec, string containerName, ResourceFieldSelector selector, IReadOnlyDictionary<string, Quantity> allocatable)
    {
        var container = ContainerOrder.Find(spec, selector.ContainerName ?? containerName)
            ?? throw new FormatException($"container {selector.ContainerName} not found");
        var (kind, name) = (selector.Resource ?? "").Split('.', 2) is [var k, var n] ? (k, n) : ("", "");
        var amounts = kind switch
        {
            "limits" => container.Resources?.Limits,
            "requests" => container.Resources?.Requests,
            _ => throw new FormatException($"unsupported container resource : {selector.Resource}"),
        };
        var found = amounts is not null && amounts.TryGetValue(name, out var own) ? own
            : kind == "limits" && allocatable.TryGetValue(name, out var node) ? node
            : Quantity.Zero;
        var divisor = selector.Divisor is { IsZero: false } given ? given : new Quantity(1);
        return Int128.Abs(CeilingOf(found.Nanos, divisor.Nanos)).ToString(CultureInfo.InvariantCulture);
    }

    private static Int128 CeilingOf(Int128 value, Int128 divisor) => (value + divisor - 1) / divisor;

    private static string? Subscript(string path, string map) =>
        path.StartsWith(map + "['", StringComparison.Ordinal) && path.EndsWith("']", StringComparison.Ordinal) ? path[(map.Length + 2)..^2] : null;

    /// <summary>A map as lines <c>key="value"</c>, with the value escaped as Go quotes strings.</summary>
    private static string Lines(IReadOnlyDictionary<string, string>? map) =>
        string.Join('\n', (map ?? new Dictionary<string, string>()).OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}={Quote(e.Value)}"));

    private static string Quote(string value) => '"' + value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal)
        .Replace("\t", "\\t", StringComparison.Ordinal) + '"';
}
