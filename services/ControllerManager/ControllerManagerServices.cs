using Microsoft.Extensions.Hosting;
using Platform.Client;
using Platform.ControllerManager.Deployments;
using Platform.ControllerManager.ReplicaSets;
using Platform.ServiceDefaults;

namespace Platform.ControllerManager;

/// <summary>The controller manager: all controllers of the cluster in one process, under one identity.</summary>
public static class ControllerManagerServices
{
    /// <summary>
    /// Adds the controllers. They use the API server of this process where there is one, else the kubeconfig of the controller manager.
    /// With <c>Platform:LeaderElect</c> only the holder of the lease <c>kube-system/kube-controller-manager</c> works.
    /// </summary>
    public static IHostApplicationBuilder AddControllerManager(this IHostApplicationBuilder builder)
    {
        var identity = ComponentIdentity.ControllerManager;
        builder.AddReconciler<DeploymentReconciler>(identity);
        builder.AddReconciler<ReplicaSetReconciler>(identity);
        return builder;
    }
}
