using Platform.Api;
using Platform.Client;

namespace Platform.ControllerManager.Ownership;

/// <summary>Index functions that several controllers share; an index of the same name is made only once.</summary>
internal static class Indexes
{
    /// <summary>By the uid of the controller, and objects without one under <see cref="Orphans"/>.</summary>
    public const string Controller = "controller";

    public static IEnumerable<string> ByController(KubernetesObject value) =>
        [OwnerReferences.ControllerOf(value)?.Uid ?? Orphans(value.Metadata.Namespace)];

    /// <summary>Key of a namespace's objects that no controller manages.</summary>
    public static string Orphans(string? ns) => "orphans/" + ns;

    public static IEnumerable<string> NodeName(Platform.Api.Core.V1.Pod pod) => string.IsNullOrEmpty(pod.Spec?.NodeName) ? [] : [pod.Spec.NodeName];
}
