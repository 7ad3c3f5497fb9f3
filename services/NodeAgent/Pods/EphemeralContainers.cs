using Platform.Api.Core.V1;

namespace Platform.NodeAgent.Pods;

/// <summary>
/// Ephemeral containers, which <c>kubectl debug</c> adds to a running pod. To the agent they are containers that are started once, at any time, and never
/// again; they have no probes, hooks, ports or resources of their own, and the pod's phase does not depend on them.
/// </summary>
internal static class EphemeralContainers
{
    public static IEnumerable<Container> Of(PodSpec spec) => (spec.EphemeralContainers ?? []).Select(AsContainer);

    public static bool IsOne(PodSpec spec, string name) => (spec.EphemeralContainers ?? []).Any(c => c.Name == name);

    /// <summary>The container whose processes the ephemeral one sees; null where it does not name one.</summary>
    public static string? TargetOf(PodSpec spec, string name) =>
        (spec.EphemeralContainers ?? []).FirstOrDefault(c => c.Name == name)?.TargetContainerName is { Length: > 0 } target ? target : null;

    private static Container AsContainer(EphemeralContainer declared) => new()
    {
        Name = declared.Name,
        Image = declared.Image,
        ImagePullPolicy = declared.ImagePullPolicy,
        Command = declared.Command,
        Args = declared.Args,
        WorkingDir = declared.WorkingDir,
        Env = declared.Env,
        EnvFrom = declared.EnvFrom,
        VolumeMounts = declared.VolumeMounts,
        SecurityContext = declared.SecurityContext,
        Stdin = declared.Stdin,
        StdinOnce = declared.StdinOnce,
        Tty = declared.Tty,
        TerminationMessagePath = declared.TerminationMessagePath,
        TerminationMessagePolicy = declared.TerminationMessagePolicy,
    };
}
