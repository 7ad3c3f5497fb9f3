using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Client;
using Platform.ServiceDefaults;
using Platform.ServiceProxy.Nftables;
using Platform.ServiceProxy.Rules;

namespace Platform.ServiceProxy;

/// <summary>The service proxy: makes services reachable from this node and its pods.</summary>
public static class ServiceProxyServices
{
    /// <summary>
    /// Adds the service proxy. It needs <c>Platform:Data</c> for the cluster's settings, and <c>Platform:Node:Name</c> to tell which endpoints
    /// are local (default: the machine's name). Without root or nft, and where the node's runtime is simulated, it says so and stays idle.
    /// </summary>
    public static IHostApplicationBuilder AddServiceProxy(this IHostApplicationBuilder builder)
    {
        builder.AddPlatformClient(ComponentIdentity.ServiceProxy);
        var node = builder.Configuration["Platform:Node:Name"] ?? Environment.MachineName.ToLowerInvariant();
        var simulated = builder.Configuration["Platform:Node:Runtime"] == "simulated";
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton(provider => new NftCommand(provider.GetRequiredService<TimeProvider>()));
        builder.Services.TryAddSingleton(_ => new KernelSettings());
        builder.Services.AddSingleton(provider =>
        {
            var cluster = provider.GetRequiredService<ClusterSettings>();
            return new ProxySettings(ServiceProxyTable.Name(cluster.Id), node, cluster.PodCidr) { HasRealPods = !simulated };
        });
        builder.Services.AddHostedService<ServiceProxyWorker>();
        return builder;
    }
}
