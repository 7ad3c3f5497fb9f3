using System.Globalization;
using Platform.Api.Core.V1;
using Platform.NodeAgent.Resources;
using Platform.NodeAgent.Runtime;
using Platform.NodeAgent.Volumes;

namespace Platform.NodeAgent.Pods;

/// <summary>Builds what the runtime is told about a pod's sandbox and containers.</summary>
internal sealed class PodConfigBuilder(NodeLayout layout, PodVolumes volumes, Cgroups? cgroups)
{
    public SandboxConfig Sandbox(Pod pod, int attempt, NodeFacts node)
    {
        var spec = pod.Spec!;
        var identity = PodIdentity.Of(pod);
        var labels = new Dictionary<string, string>(pod.Metadata.Labels ?? new Dictionary<string, string>())
        {
            [RuntimeLabels.PodName] = identity.Name,
            [RuntimeLabels.PodNamespace] = identity.Namespace,
            [RuntimeLabels.PodUid] = identity.Uid,
        };
        var hostNetwork = spec.HostNetwork == true;
        return new()
        {
            Pod = identity,
            Attempt = attempt,
            Hostname = hostNetwork ? "" : HostsFile.HostnameOf(pod, node.Name),
            LogDirectory = layout.PodLogs(identity),
            Dns = DnsConfigBuilder.Build(pod, node.HostDns, node.ClusterDns, node.ClusterDomain),
            PortMappings = hostNetwork ? [] : [.. (spec.Containers ?? []).SelectMany(c => c.Ports ?? []).Where(p => p.HostPort > 0)
                .Select(p => new PortMapping(p.Protocol ?? "TCP", p.ContainerPortValue ?? 0, p.HostPort!.Value, p.HostIP ?? ""))],
            Labels = labels,
            Annotations = new Dictionary<string, string>(pod.Metadata.Annotations ?? new Dictionary<string, string>())
            {
                [RuntimeLabels.GracePeriod] = PodObservation.GraceSeconds(spec).ToString(CultureInfo.InvariantCulture),
            },
            CgroupParent = cgroups?.PathOf(identity.Uid, QosClass.Of(spec)) ?? "",
            Sysctls = (spec.SecurityContext?.Sysctls ?? []).ToDictionary(s => s.Name!, s => s.Value!),
            HostNetwork = hostNetwork,
            HostPid = spec.HostPID == true,
            HostIpc = spec.HostIPC == true,
            SharePid = spec.ShareProcessNamespace == true,
            Privileged = (spec.Containers ?? []).Concat(spec.InitContainers ?? []).Any(c => c.SecurityContext?.Privileged == true),
            SupplementalGroups = SecurityContextBuilder.SupplementalGroups(spec.SecurityContext),
            Seccomp = SecurityContextBuilder.Seccomp(spec.SecurityContext?.SeccompProfile ?? new() { Type = "RuntimeDefault" }, layout.SeccompProfiles),
        };
    }

    public ContainerConfig Container(
        Pod pod, Container container, int attempt, NodeImage image, IReadOnlyList<KeyValuePair<string, string>> environment, IReadOnlyList<string> podIps, NodeFacts node)
    {
        var spec = pod.Spec!;
        var identity = PodIdentity.Of(pod);
        var lookup = environment.ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
        string Expand(string text) => VariableExpansion.Expand(text, name => lookup.GetValueOrDefault(name));
        var messagePath = container.TerminationMessagePath is { Length: > 0 } path ? path : "/dev/termination-log";
        return new()
        {
            Name = container.Name!,
            Attempt = attempt,
            Image = image.Id,
            Command = [.. (container.Command ?? []).Select(Expand)],
            Args = [.. (container.Args ?? []).Select(Expand)],
            WorkingDir = container.WorkingDir ?? "",
            Env = environment,
            Mounts = Mounts(pod, container, attempt, messagePath, podIps, node, Expand),
            Labels = new Dictionary<string, string>
            {
                [RuntimeLabels.ContainerName] = container.Name!,
                [RuntimeLabels.PodName] = identity.Name,
                [RuntimeLabels.PodNamespace] = identity.Namespace,
                [RuntimeLabels.PodUid] = identity.Uid,
            },
            Annotations = new Dictionary<string, string>
            {
                [RuntimeLabels.Hash] = ContainerHash.Of(container),
                [RuntimeLabels.RestartCount] = attempt.ToString(CultureInfo.InvariantCulture),
                [RuntimeLabels.TerminationMessagePath] = messagePath,
                [RuntimeLabels.TerminationMessagePolicy] = container.TerminationMessagePolicy ?? "File",
                [RuntimeLabels.GracePeriod] = PodObservation.GraceSeconds(spec).ToString(CultureInfo.InvariantCulture),
            },
            LogPath = $"{container.Name}/{attempt.ToString(CultureInfo.InvariantCulture)}.log",
            Stdin = container.Stdin == true,
            StdinOnce = container.StdinOnce == true,
            Tty = container.Tty == true,
            Resources = ContainerLimits.Of(spec, container, QosClass.Of(spec), node.MemoryBytes),
            Security = SecurityContextBuilder.Build(spec, container, image, layout.SeccompProfiles),
        };
    }

    private List<ContainerMount> Mounts(
        Pod pod, Container container, int attempt, string messagePath, IReadOnlyList<string> podIps, NodeFacts node, Func<string, string> expand)
    {
        var mounts = new List<ContainerMount>();
        foreach (var mount in container.VolumeMounts ?? [])
        {
            var volume = pod.Spec!.Volumes?.FirstOrDefault(v => v.Name == mount.Name)
                ?? throw new ContainerConfigException($"volume \"{mount.Name}\" of container \"{container.Name}\" is not declared by the pod");
            var hostPath = volumes.PathOf(pod, volume);
            var subPath = mount.SubPathExpr is { Length: > 0 } expression ? expand(expression) : mount.SubPath;
            if (subPath is { Length: > 0 })
                hostPath = SubPath.Resolve(hostPath, subPath);
            var propagation = mount.MountPropagation switch
            {
                "HostToContainer" => MountPropagation.HostToContainer,
                "Bidirectional" => MountPropagation.Bidirectional,
                _ => MountPropagation.Private,
            };
            var readOnly = mount.ReadOnly == true || VolumeContent.IsMadeFromObjects(volume);
            mounts.Add(new(hostPath, mount.MountPath!, readOnly, propagation));
        }

        if (mounts.All(m => m.ContainerPath != "/etc/hosts") && pod.Spec!.HostNetwork != true)
            mounts.Add(new(WriteHostsFile(pod, podIps, node), "/etc/hosts", ReadOnly: false));
        mounts.Add(new(MakeMessageFile(pod, container, attempt), messagePath, ReadOnly: false));
        return mounts;
    }

    private string WriteHostsFile(Pod pod, IReadOnlyList<string> podIps, NodeFacts node)
    {
        var path = layout.HostsFile(pod.Metadata.Uid!);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, HostsFile.Render(pod, podIps, HostsFile.HostnameOf(pod, node.Name), node.ClusterDomain));
        return path;
    }

    /// <summary>The file that the container leaves its last words in; whoever it runs as must be able to write there.</summary>
    private string MakeMessageFile(Pod pod, Container container, int attempt)
    {
        const UnixFileMode everyoneWrites = (UnixFileMode)438; // 0666
        var path = layout.TerminationMessage(pod.Metadata.Uid!, container.Name!, attempt);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Create(path).Dispose();
        File.SetUnixFileMode(path, everyoneWrites);
        return path;
    }
}
