using Platform.Api.Core.V1;
using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent.Pods;

/// <summary>Merges the security contexts of pod and container, where the container's wins, and translates them for the runtime.</summary>
internal static class SecurityContextBuilder
{
    /// <param name="spec">The pod.</param>
    /// <param name="container">The container.</param>
    /// <param name="image">Its image, which says what user it runs as unless the pod does; null where not known.</param>
    /// <param name="seccompFolder">Folder on the node where local seccomp profiles are.</param>
    /// <exception cref="ContainerConfigException">It must not run as root and would.</exception>
    public static ContainerSecurity Build(PodSpec spec, Container container, NodeImage? image, string seccompFolder)
    {
        var pod = spec.SecurityContext;
        var own = container.SecurityContext;
        var privileged = own?.Privileged == true;
        var user = own?.RunAsUser ?? pod?.RunAsUser;
        if ((own?.RunAsNonRoot ?? pod?.RunAsNonRoot) == true)
            RequireNonRoot(user, image, container);
        // The user is passed on only where the pod names one: otherwise the runtime takes the image's, which may be a name.
        return new()
        {
            RunAsUser = user,
            RunAsGroup = own?.RunAsGroup ?? pod?.RunAsGroup,
            SupplementalGroups = SupplementalGroups(pod),
            AddCapabilities = own?.Capabilities?.Add ?? [],
            DropCapabilities = own?.Capabilities?.Drop ?? [],
            Privileged = privileged,
            ReadOnlyRoot = own?.ReadOnlyRootFilesystem == true,
            NoNewPrivileges = own?.AllowPrivilegeEscalation == false,
            UnmaskedProc = own?.ProcMount == "Unmasked",
            HostNetwork = spec.HostNetwork == true,
            HostPid = spec.HostPID == true,
            HostIpc = spec.HostIPC == true,
            SharePid = spec.ShareProcessNamespace == true,
            Seccomp = privileged ? SeccompConfig.Unconfined : Seccomp(own?.SeccompProfile ?? pod?.SeccompProfile, seccompFolder),
        };
    }

    public static IReadOnlyList<long> SupplementalGroups(PodSecurityContext? pod) =>
        pod?.FsGroup is { } fsGroup ? [.. pod.SupplementalGroups ?? [], fsGroup] : pod?.SupplementalGroups ?? [];

    public static SeccompConfig Seccomp(SeccompProfile? profile, string seccompFolder) => profile?.Type switch
    {
        "RuntimeDefault" => SeccompConfig.RuntimeDefault,
        "Localhost" => new("Localhost", Path.Combine(seccompFolder, profile.LocalhostProfile ?? "")),
        _ => SeccompConfig.Unconfined,
    };

    private static void RequireNonRoot(long? user, NodeImage? image, Container container)
    {
        if (user == 0)
            throw new ContainerConfigException($"container's runAsUser breaks non-root policy (container: {container.Name})");
        if (user is not null || image is null)
            return;
        if (image.Username.Length > 0)
            throw new ContainerConfigException(
                $"container has runAsNonRoot and image has non-numeric user ({image.Username}), cannot verify user is non-root (container: {container.Name})");
        if ((image.Uid ?? 0) == 0)
            throw new ContainerConfigException($"container has runAsNonRoot and image will run as root (container: {container.Name})");
    }
}
