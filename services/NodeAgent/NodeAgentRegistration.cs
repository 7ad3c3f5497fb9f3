using Platform.Client;
using Platform.ServiceDefaults;

namespace Platform.NodeAgent;

/// <summary>Adds the node agent to a host.</summary>
public static class NodeAgentRegistration
{
    /// <summary>
    /// Runs a node: <c>Platform:Node:Name</c> (the machine's name by default), <c>Platform:Node:Runtime</c> (containerd or simulated),
    /// <c>Platform:Node:Endpoint</c> (CRI socket of a runtime that is there already), <c>Platform:Node:Port</c>, <c>Platform:Node:Address</c>.
    /// </summary>
    public static IHostApplicationBuilder AddNodeAgent(this IHostApplicationBuilder builder)
    {
        var options = NodeAgentOptions.From(builder.Configuration);
        var identity = ComponentIdentity.Node(options.Name);
        builder.AddPlatformClient(identity);
        builder.Services.AddSingleton<NodeAgentService>(provider => new(
            options,
            ClusterSettings.Load(options.DataDirectory),
            provider.GetRequiredKeyedService<IApiClient>(identity.Component),
            provider.GetRequiredKeyedService<IInformerFactory>(identity.Component),
            provider.GetRequiredKeyedService<IEventRecorder>(identity.Component),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddHostedService(provider => provider.GetRequiredService<NodeAgentService>());
        return builder;
    }
}
