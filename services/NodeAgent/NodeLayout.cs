using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent;

/// <summary>Where things are in a node's folder. The only place of the node agent that knows file names.</summary>
/// <param name="Root">Absolute path of the folder.</param>
internal sealed record NodeLayout(string Root)
{
    public string Containerd => Path.Combine(Root, "containerd");

    public string ContainerdConfig => Path.Combine(Containerd, "config.toml");

    public string ContainerdRoot => Path.Combine(Containerd, "root");

    public string ContainerdState => Path.Combine(Containerd, "state");

    public string ContainerdSocket => Path.Combine(Containerd, "containerd.sock");

    public string ContainerdPid => Path.Combine(Containerd, "containerd.pid");

    public string ContainerdLog => Path.Combine(Containerd, "containerd.log");

    public string CniConfig => Path.Combine(Root, "cni", "net.d");

    public string CniData => Path.Combine(Root, "cni", "networks");

    public string CniCache => Path.Combine(Root, "cni", "cache");

    public string Pods => Path.Combine(Root, "pods");

    public string Logs => Path.Combine(Root, "logs");

    public string SeccompProfiles => Path.Combine(Root, "seccomp");

    /// <summary>Folder of the serving certificate.</summary>
    public string Pki => Path.Combine(Root, "pki");

    public string Pod(string uid) => Path.Combine(Pods, uid);

    /// <summary>Log folder of a pod; upstream's name below another root.</summary>
    public string PodLogs(PodIdentity pod) => Path.Combine(Logs, $"{pod.Namespace}_{pod.Name}_{pod.Uid}");

    public string ContainerLogs(PodIdentity pod, string container) => Path.Combine(PodLogs(pod), container);

    public string HostsFile(string podUid) => Path.Combine(Pod(podUid), "etc-hosts");

    public string TerminationMessage(string podUid, string container, int attempt) =>
        Path.Combine(Pod(podUid), "containers", container, attempt.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Folder of a volume; <paramref name="plugin"/> as upstream escapes it, such as <c>kubernetes.io~empty-dir</c>.</summary>
    public string Volume(string podUid, string plugin, string volume) => Path.Combine(Volumes(podUid), plugin, volume);

    /// <summary>Folder of all volumes of a pod.</summary>
    public string Volumes(string podUid) => Path.Combine(Pod(podUid), "volumes");
}
