using Platform.Client.Transport;
using Platform.ServiceDefaults;

namespace Platform.Client;

/// <summary>Makes clients outside of dependency injection: tests, tools, the command line.</summary>
public static class ApiClientFactory
{
    /// <summary>A client as the current context of a kubeconfig file says.</summary>
    /// <param name="path">The file.</param>
    /// <param name="userAgent">What the client calls itself.</param>
    /// <param name="time">Clock.</param>
    public static ApiClient FromKubeconfig(string path, string userAgent, TimeProvider time) =>
        new(Connection.ByKubeconfig(Kubeconfig.Load(path), userAgent, time), time);

    /// <summary>A client of the API server in this process.</summary>
    public static ApiClient InProcess(IInProcessApi api, ComponentIdentity identity, TimeProvider time) =>
        new(Connection.InProcess(api, identity, time), time);
}
