using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.ApiServer.Admission;
using Platform.ApiServer.Admission.PodSecurity;
using Platform.ApiServer.Admission.Policies;
using Platform.ApiServer.Admission.Policies.Checking;
using Platform.ApiServer.Admission.Quota;
using Platform.ApiServer.Admission.Webhooks;
using Platform.ApiServer.Aggregation;
using Platform.ApiServer.Authentication;
using Platform.ApiServer.Authentication.ServiceAccounts;
using Platform.ApiServer.Authorization;
using Platform.ApiServer.Authorization.Bootstrap;
using Platform.ApiServer.Authorization.Rbac;
using Platform.ApiServer.Bootstrap;
using Platform.ApiServer.Discovery;
using Platform.ApiServer.FlowControl;
using Platform.ApiServer.Health;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Hosting.InProcess;
using Platform.ApiServer.Metrics;
using Platform.ApiServer.Proxying;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Reviews;
using Platform.ApiServer.Streaming;
using Platform.ApiServer.Tracing;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Pki;
using Platform.ServiceDefaults.Telemetry;
using Platform.Storage;

namespace Platform.ApiServer;

/// <summary>Puts the API server into a host.</summary>
public static class ApiServerRegistration
{
    /// <summary>
    /// Adds the API server. The data folder (<c>Platform:Data</c>) must hold the cluster's settings and identities. With
    /// <c>Platform:ApiServer:Tls=false</c> only the process itself can connect, through <see cref="IInProcessApi"/>.
    /// </summary>
    public static IHostApplicationBuilder AddApiServer(this IHostApplicationBuilder builder)
    {
        builder.AddServiceDefaults("api-server");
        var services = builder.Services;
        AddStore(services, builder.Configuration);
        services.AddRegistry();
        AddAuthentication(services);
        AddAuthorization(services);
        AddAdmission(services, builder.Configuration);
        AddHosting(services, builder.Configuration);
        return builder;
    }

    private static void AddStore(IServiceCollection services, IConfiguration configuration) =>
        services.TryAddSingleton(provider =>
        {
            var options = new StoreOptions
            {
                Engine = configuration["Platform:Store"] ?? provider.GetRequiredService<ClusterSettings>().Store,
                Directory = provider.GetRequiredService<DataLayout>().Store,
                Endpoints = configuration["Platform:Etcd:Endpoints"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            };
            // Nothing can be served before the store is open, and the container asks for it once, at start.
            return StoreFactory.OpenAsync(options, provider.GetRequiredService<TimeProvider>()).AsTask().GetAwaiter().GetResult();
        });

    private static void AddAuthentication(IServiceCollection services)
    {
        services.AddSingleton<ClusterIdentityFiles>();
        services.AddSingleton<RequestAuthentication>();
        services.AddSingleton<Impersonation>();
        services.AddSingleton<ServiceAccountTokens>();
        services.AddSingleton<IAuthenticator, ConnectionAuthenticator>();
        services.AddSingleton<IAuthenticator, BearerTokenAuthenticator>();
        services.AddSingleton<IRequestHandler, TokenRequestHandler>();
        services.AddSingleton<IRequestHandler, OpenIdHandler>();
        services.AddSingleton<IRequestHandler, ReviewHandler>();
    }

    private static void AddAuthorization(IServiceCollection services)
    {
        services.AddSingleton<NodeAuthorizer>();
        services.AddSingleton<RbacAuthorizer>();
        services.AddSingleton<IAuthorizer, AuthorizerChain>();
        services.AddSingleton<RequestAuthorization>();
        services.AddSingleton<PolicyBootstrap>();
    }

    // In upstream's order: what comes later sees what the earlier ones have changed.
    private static readonly ServiceDescriptor[] AdmissionPlugins =
    [
        ServiceDescriptor.Singleton<IAdmissionPlugin, NamespaceLifecycle>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, LimitRanger>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, ServiceAccountAdmission>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, NodeRestriction>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, TaintNodesByCondition>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, PodSecurityAdmission>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, PriorityAdmission>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, DefaultTolerationSeconds>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, DefaultStorageClass>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, StorageObjectInUseProtection>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, PersistentVolumeClaimResize>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, RuntimeClassAdmission>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, CertificateApproval>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, CertificateSigning>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, CertificateSubjectRestriction>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, DefaultIngressClass>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, RbacEscalation>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, MutatingAdmissionWebhook>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, ValidatingAdmissionPolicyPlugin>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, ValidatingAdmissionWebhook>(),
        ServiceDescriptor.Singleton<IAdmissionPlugin, ResourceQuotaAdmission>(),
    ];

    private static void AddAdmission(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<AdmissionChain>();
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<WebhookCalls>();
        services.AddSingleton<WebhookMatcher>();
        services.AddSingleton<PolicyParameters>();
        services.AddHostedService<PolicyStatus>();
        var disabled = configuration["Platform:ApiServer:DisableAdmission"]?.Split(',') ?? [];
        foreach (var plugin in AdmissionPlugins.Where(p => !disabled.Contains(p.ImplementationType!.Name)))
            services.Add(plugin);
    }

    private static void AddHosting(IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics();
        AddFlowControl(services, configuration);
        services.AddSingleton<RequestMetrics>();
        services.AddSingleton<RequestPipeline>();
        services.AddSingleton<UnservedPath>();
        services.AddSingleton<TlsEndpoint>();
        services.AddSingleton(new ApiServerEndpoints(configuration["Platform:ApiServer:Tls"] is not { } tls || bool.Parse(tls)));
        services.AddSingleton<InProcessTransport>();
        services.AddSingleton<IInProcessApi>(provider => provider.GetRequiredService<InProcessTransport>());
        services.AddSingleton<IRequestHandler, HealthHandler>();
        services.AddSingleton<IRequestHandler, VersionHandler>();
        AddAggregation(services);
        services.AddSingleton<IRequestHandler, DiscoveryHandler>();
        services.AddSingleton<NodeConnections>();
        services.AddSingleton<IRequestHandler, PodStreamHandler>();
        AddProxying(services);
        services.AddSingleton<TraceStore>();
        services.AddSingleton<ISpanSink>(provider => provider.GetRequiredService<TraceStore>());
        services.AddSingleton<IRequestHandler, TraceHandler>();
        services.AddSingleton<MetricsCollector>();
        services.AddSingleton<IRequestHandler, MetricsHandler>();
        services.AddSingleton<IRequestHandler, UnservedMethodHandler>();
        services.AddSingleton<ApiServerHost>();
        services.AddHostedService(provider => provider.GetRequiredService<ApiServerHost>());
        services.AddHostedService<CertificateRenewal>();
        services.AddSingleton<KubernetesService>();
        services.AddSingleton<ClusterBootstrap>();
        services.AddHostedService(provider => provider.GetRequiredService<ClusterBootstrap>());
    }

    private static void AddFlowControl(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new FlowControlLimits(configuration["Platform:ApiServer:Seats"] is { } seats
            ? int.Parse(seats, CultureInfo.InvariantCulture) : FlowControlLimits.DefaultSeats));
        services.AddSingleton<FlowControlConfiguration>();
        services.AddSingleton<FlowControlMetrics>();
        services.AddSingleton<WorkEstimate>();
        services.AddSingleton<FlowController>();
        services.AddSingleton<FlowControlObjects>();
        services.AddHostedService(provider => provider.GetRequiredService<FlowControlObjects>());
    }

    private static void AddProxying(IServiceCollection services)
    {
        services.AddHttpForwarder();
        services.AddSingleton<FrontProxyIdentity>();
        services.AddSingleton<ServiceEndpoints>();
        services.AddSingleton<BackendConnections>();
        services.AddSingleton<ProxyForwarder>();
        services.AddSingleton<ProxyTargets>();
        services.AddSingleton<IRequestHandler, ProxyHandler>();
    }

    // Before discovery, since what an extension server says of itself comes from it.
    private static void AddAggregation(IServiceCollection services)
    {
        services.AddSingleton<AggregationState>();
        services.AddSingleton<ExtensionReader>();
        services.AddSingleton<DescriptionProbe>();
        services.AddSingleton<DiscoveryProbe>();
        services.AddSingleton<AvailabilityCheck>();
        services.AddSingleton<ExtensionAuthentication>();
        services.AddSingleton<IRequestHandler, AggregationHandler>();
        services.AddSingleton<LocalApiServices>();
        services.AddHostedService<CustomApiServices>();
        services.AddHostedService<AvailabilityController>();
    }
}
