using Platform.Api.Core.V1;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>The containers of a pod in the order in which findings and warnings speak of them.</summary>
internal static class PodContainers
{
    /// <summary>The init containers and the containers, with their paths.</summary>
    public static IEnumerable<(Container Container, string Path)> Of(PodSpec spec, string path) =>
        spec.InitContainers.At($"{path}.initContainers").Concat(spec.Containers.At($"{path}.containers"));

    /// <summary>The security contexts of all containers, the ephemeral ones too, with the contexts' paths.</summary>
    public static IEnumerable<(SecurityContext? Context, string Path)> Contexts(PodSpec spec, string path) =>
    [
        .. Of(spec, path).Select(c => (c.Container.SecurityContext, $"{c.Path}.securityContext")),
        .. spec.EphemeralContainers.At($"{path}.ephemeralContainers").Select(c => (c.Item.SecurityContext, $"{c.Path}.securityContext")),
    ];
}
