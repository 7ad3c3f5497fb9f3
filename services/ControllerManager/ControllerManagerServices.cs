using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Client;
using Platform.ControllerManager.Deployments;
using Platform.ControllerManager.EndpointSlices;
using Platform.ControllerManager.GarbageCollection;
using Platform.ControllerManager.LegacyEndpoints;
using Platform.ControllerManager.Metadata;
using Platform.ControllerManager.Namespaces;
using Platform.ControllerManager.NodeIpam;
using Platform.ControllerManager.NodeLifecycle;
using Platform.ControllerManager.PodGarbage;
using Platform.ControllerManager.ReplicaSets;
using Platform.ControllerManager.RootCertificates;
using Platform.ControllerManager.ServiceAccounts;
using Platform.ControllerManager.TaintEviction;
using Platform.ControllerManager.VolumeProtection;
using Platform.ServiceDefaults;

namespace Platform.ControllerManager;

/// <summary>The controller manager: all controllers of the cluster in one process, under one identity.</summary>
public static class ControllerManagerServices
{
    private static readonly ComponentIdentity Identity = ComponentIdentity.ControllerManager;

    /// <summary>
    /// Adds the controllers. They use the API server of this process where there is one, else the kubeconfig of the controller manager.
    /// With <c>Platform:LeaderElect</c> only the holder of the lease <c>kube-system/kube-controller-manager</c> works.
    /// </summary>
    public static IHostApplicationBuilder AddControllerManager(this IHostApplicationBuilder builder)
    {
        AddClusterFacts(builder.Services);
        AddMetadata(builder);
        builder.AddReconciler<DeploymentReconciler>(Identity);
        builder.AddReconciler<ReplicaSetReconciler>(Identity);
        builder.AddReconciler<EndpointSliceReconciler>(Identity);
        builder.AddReconciler<EndpointsReconciler>(Identity);
        builder.AddReconciler<DefaultServiceAccountReconciler>(Identity);
        builder.AddReconciler<RootCertificateReconciler>(Identity);
        builder.AddReconciler<NamespaceReconciler>(Identity);
        builder.AddReconciler<GarbageCollectorReconciler>(Identity);
        builder.AddReconciler<NodeIpamReconciler>(Identity);
        builder.AddReconciler<NodeLifecycleReconciler>(Identity);
        builder.AddReconciler<TaintEvictionReconciler>(Identity);
        builder.AddReconciler<PodGarbageReconciler>(Identity);
        builder.AddReconciler<ClaimProtectionReconciler>(Identity);
        builder.AddReconciler<VolumeProtectionReconciler>(Identity);
        return builder;
    }

    /// <summary>What controllers need to know of the cluster and no API object says; read when first needed, since bootstrap may write it.</summary>
    private static void AddClusterFacts(IServiceCollection services)
    {
        services.TryAddSingleton(provider => new RootCertificate(File.ReadAllText(Path.Combine(new DataLayout(Data(provider)).Pki, "ca.crt"))));
        services.TryAddSingleton(provider => new ClusterPodRange(IPNetwork.Parse(ClusterSettings.Load(Data(provider)).PodCidr)));
    }

    private static void AddMetadata(IHostApplicationBuilder builder)
    {
        builder.AddPlatformClient(Identity);
        var services = builder.Services;
        services.AddSingleton(provider => new MetadataClient(provider.GetRequiredKeyedService<IApiClient>(Identity.Component)));
        services.AddSingleton<ResourceDiscovery>();
        services.AddSingleton<ObjectFeed>();
        services.AddSingleton<DependencyGraph>();
        services.AddSingleton<OwnerLookup>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ObjectFeed>());
    }

    private static string Data(IServiceProvider provider) =>
        provider.GetRequiredService<IConfiguration>()["Platform:Data"] ?? throw new InvalidOperationException("Platform:Data is not configured");
}
