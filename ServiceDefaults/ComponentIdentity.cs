namespace Platform.ServiceDefaults;

/// <summary>Who a component is to the API server: common name and organisations of its client certificate, or of its in-process connection.</summary>
/// <param name="Component">File name of its kubeconfig and key of its services in dependency injection.</param>
/// <param name="User">User name, as upstream's default roles bind it.</param>
/// <param name="Groups">Groups besides <c>system:authenticated</c>.</param>
public sealed record ComponentIdentity(string Component, string User, IReadOnlyList<string> Groups)
{
    /// <summary>The administrator, who owns the cluster.</summary>
    public static readonly ComponentIdentity Administrator = new("admin", "kubernetes-admin", ["system:masters"]);

    /// <summary>The scheduler.</summary>
    public static readonly ComponentIdentity Scheduler = new("scheduler", "system:kube-scheduler", []);

    /// <summary>The controller manager.</summary>
    public static readonly ComponentIdentity ControllerManager = new("controller-manager", "system:kube-controller-manager", []);

    /// <summary>The service proxy.</summary>
    public static readonly ComponentIdentity ServiceProxy = new("service-proxy", "system:kube-proxy", []);

    /// <summary>The API server itself, when it calls node agents.</summary>
    public static readonly ComponentIdentity ApiServer = new("api-server", "system:apiserver", ["system:masters"]);

    /// <summary>A node's agent.</summary>
    public static ComponentIdentity Node(string name) => new("node-" + name, "system:node:" + name, ["system:nodes"]);
}
