using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Api.Coordination.V1;
using Platform.Client.Events;
using Platform.Client.Informers;
using Platform.Client.Leases;
using Platform.Client.Reconciling;
using Platform.Client.Tracing;
using Platform.Client.Transport;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Client;

/// <summary>Puts a component's API access and its reconcilers into the host.</summary>
public static class ClientRegistration
{
    /// <summary>
    /// Registers <see cref="IApiClient"/>, <see cref="IInformerFactory"/>, <see cref="IEventRecorder"/> and <see cref="ILeadership"/> under the
    /// component's name. The API server of the same process is used where there is one, otherwise the component's kubeconfig in
    /// <c>Platform:Data</c>, or the file that <c>Platform:Kubeconfig</c> names. With <c>Platform:LeaderElect</c> set leadership is by lease.
    /// </summary>
    public static IHostApplicationBuilder AddPlatformClient(this IHostApplicationBuilder builder, ComponentIdentity identity)
    {
        var services = builder.Services;
        var key = identity.Component;
        if (services.Any(service => service.ServiceType == typeof(IApiClient) && Equals(service.ServiceKey, key)))
            return builder;
        services.TryAddSingleton(TimeProvider.System);
        services.AddKeyedSingleton<IApiClient>(key, (provider, _) => Connect(provider, identity));
        services.AddKeyedSingleton(key, (provider, _) => new InformerFactory(
            provider.GetRequiredKeyedService<IApiClient>(key),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<InformerFactory>>()));
        services.AddKeyedSingleton<IInformerFactory>(key, (provider, _) => provider.GetRequiredKeyedService<InformerFactory>(key));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<InformerFactory>(key));
        services.AddKeyedSingleton(key, (provider, _) => new EventSink(
            provider.GetRequiredKeyedService<IApiClient>(key),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EventSink>>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<EventSink>(key));
        var (source, host) = EventSource(identity);
        services.AddKeyedSingleton(key, (provider, _) => provider.GetRequiredKeyedService<EventSink>(key).Recorder(source, host));
        AddLeadership(builder, identity);
        // In the API server's own process its trace store takes the spans directly.
        if (!services.Any(service => service.ServiceType == typeof(IInProcessApi) || service.ServiceType == typeof(ISpanSink)))
            services.AddSingleton<ISpanSink>(provider => new SpanUpload(provider.GetRequiredKeyedService<IApiClient>(key)));
        return builder;
    }

    /// <summary>Runs a reconciler as part of a component. Its constructor may ask for the component's API access without naming the key.</summary>
    public static IHostApplicationBuilder AddReconciler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IHostApplicationBuilder builder, ComponentIdentity identity)
        where T : class, IReconciler
    {
        builder.AddPlatformClient(identity);
        var key = identity.Component;
        builder.Services.AddSingleton<T>(provider =>
        {
            T? made = null;
            made = ActivatorUtilities.CreateInstance<T>(new ComponentServices(provider, key, () => made?.Name ?? key));
            return made;
        });
        builder.Services.AddSingleton<IHostedService>(provider => new ReconcilerHost(
            provider.GetRequiredService<T>(),
            provider.GetRequiredKeyedService<InformerFactory>(key),
            provider.GetRequiredKeyedService<ILeadership>(key),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<T>>()));
        return builder;
    }

    private static ApiClient Connect(IServiceProvider provider, ComponentIdentity identity)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        if (provider.GetService<IInProcessApi>() is { } api)
            return new(Connection.InProcess(api, identity, time), time);
        var config = provider.GetRequiredService<IConfiguration>();
        var path = config["Platform:Kubeconfig"];
        if (path is null && config["Platform:Data"] is { } data)
            path = new DataLayout(data).Kubeconfig(identity.Component);
        if (path is null)
            throw new InvalidOperationException("neither Platform:Kubeconfig nor Platform:Data is configured, and no API server runs in this process");
        return ApiClientFactory.FromKubeconfig(path, identity.Component, time);
    }

    private static void AddLeadership(IHostApplicationBuilder builder, ComponentIdentity identity)
    {
        var key = identity.Component;
        if (!bool.TryParse(builder.Configuration["Platform:LeaderElect"], out var elects) || !elects)
        {
            builder.Services.AddKeyedSingleton<ILeadership, SoleLeadership>(key);
            return;
        }
        builder.Services.AddKeyedSingleton(key, (provider, _) =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            var options = new LeaderElectionOptions
            {
                Name = identity.User.Replace("system:", "", StringComparison.Ordinal),
                Identity = $"{Environment.MachineName}_{Guid.NewGuid()}",
            };
            var leases = provider.GetRequiredKeyedService<IApiClient>(key).Resource<Lease>();
            var random = new Random(options.Identity.GetHashCode(StringComparison.Ordinal));
            return new ElectedLeadership(new(leases, options, time, random, provider.GetRequiredService<ILogger<LeaderElector>>()));
        });
        builder.Services.AddKeyedSingleton<ILeadership>(key, (provider, _) => provider.GetRequiredKeyedService<ElectedLeadership>(key));
        builder.Services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<ElectedLeadership>(key));
    }

    /// <summary>Source of a component's events, as upstream names it.</summary>
    private static (string Component, string? Host) EventSource(ComponentIdentity identity)
    {
        const string NodeUser = "system:node:";
        if (identity.User.StartsWith(NodeUser, StringComparison.Ordinal))
            return ("kubelet", identity.User[NodeUser.Length..]);
        return identity == ComponentIdentity.Scheduler
            ? ("default-scheduler", null)
            : (identity.User.Replace("system:", "", StringComparison.Ordinal), null);
    }
}
