using Platform.Api;
using Platform.ApiServer.Registry;
using Platform.Storage;

namespace Platform.ApiServer.History;

/// <summary>
/// Tells updates by which somebody changes what is wanted from those that only say what is observed: statuses, heartbeats, counters. A node's
/// status changes every few seconds; its history would be nothing else (<see cref="Cause.Minor"/>).
/// </summary>
internal static class MinorUpdate
{
    public static Cause Mark(Cause cause, ResourceDefinition definition, UpdateKind kind, KubernetesObject value, KubernetesObject old) => cause with
    {
        Minor = kind == UpdateKind.Status
            ? Same(value.Metadata.Labels, old.Metadata.Labels) && Same(value.Metadata.Annotations, old.Metadata.Annotations)
            : kind == UpdateKind.Main && definition.Rules.IsMinorUpdate(value, old),
    };

    private static bool Same(IReadOnlyDictionary<string, string>? left, IReadOnlyDictionary<string, string>? right) =>
        (left?.Count ?? 0) == (right?.Count ?? 0)
        && (left is null || left.All(pair => right!.TryGetValue(pair.Key, out var other) && other == pair.Value));
}
