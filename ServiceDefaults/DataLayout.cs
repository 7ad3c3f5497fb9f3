namespace Platform.ServiceDefaults;

/// <summary>Where things are in a cluster's data folder. The only place that knows file names.</summary>
/// <param name="Root">Absolute path of the folder.</param>
public sealed record DataLayout(string Root)
{
    /// <summary>The cluster's CA, server and client certificates, and the key that signs service-account tokens. Mode 0700.</summary>
    public string Pki => Path.Combine(Root, "pki");

    /// <summary>Authority and certificate with which the API server speaks for its users to extension servers. Mode 0700.</summary>
    public string FrontProxyPki => Path.Combine(Pki, "front-proxy");

    /// <summary>The administrator's kubeconfig.</summary>
    public string AdminKubeconfig => Path.Combine(Root, "kubeconfig");

    /// <summary>The embedded store's files.</summary>
    public string Store => Path.Combine(Root, "store");

    /// <summary>Logs of processes.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>The kubeconfig of a component, such as <c>scheduler</c>, <c>controller-manager</c>, <c>service-proxy</c>, <c>node-{name}</c>. Mode 0600.</summary>
    public string Kubeconfig(string component) => Path.Combine(Root, "kubeconfigs", component + ".kubeconfig");

    /// <summary>Everything of one node: containerd's root and socket, pods' volumes, logs, checkpoints.</summary>
    public string Node(string name) => Path.Combine(Root, "nodes", name);

    /// <summary>Socket of a node's own containerd.</summary>
    public string ContainerdSocket(string node) => Path.Combine(Node(node), "containerd", "containerd.sock");
}
