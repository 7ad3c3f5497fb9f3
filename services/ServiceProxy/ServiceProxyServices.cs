using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Platform.Client;
using Platform.ServiceDefaults;
using Platform.ServiceProxy.Rules;

namespace Platform.ServiceProxy;

/// <summary>The service proxy: makes services reachable from this node and its pods.</summary>
public static class ServiceProxyServices
{
    /// <summary>
    /// Adds the service proxy. It needs <c>Platform:Data</c> for the cluster's settings, and <c>Platform:Node:Name</c> to tell which endpoints
    /// are local (default: the machine's name). Without root or nft it says so and stays idle.
    /// </summary>
    public static IHostApplicationBuilder AddServiceProxy(this IHostApplicationBuilder builder)
    {
        builder.AddPlatformClient(ComponentIdentity.ServiceProxy);
        var node = builder.Configuration["Platform:Node:Name"] ?? Environment.MachineName.ToLowerInvariant();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(provider =>
        {
            var cluster = provider.GetRequiredService<ClusterSettings>();
            return new ProxySettings(ServiceProxyTable.Name(cluster.Id), node, cluster.PodCidr);
        });
        builder.Services.AddHostedService<ServiceProxyWorker>();
        return builder;
    }
}
