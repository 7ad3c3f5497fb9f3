using Platform.Api.Apps.V1;
using Platform.Api.Batch.V1;
using Platform.Api.Core.V1;
using Platform.Api.Policy.V1;
using Platform.ApiServer.Registry.Rules.Apps;
using Platform.ApiServer.Registry.Rules.Autoscaling;
using Platform.ApiServer.Registry.Rules.Batch;
using Platform.ApiServer.Registry.Rules.Core;
using Platform.ApiServer.Registry.Rules.Policy;
using Autoscaler = Platform.Api.Autoscaling.V2.HorizontalPodAutoscaler;

namespace Platform.ApiServer.Registry.Rules;

/// <summary>The built-in resources around workloads: their controllers, what they store, and what bounds them.</summary>
internal static class WorkloadResources
{
    private static readonly ResourceDefinition Autoscalers = ResourceDefinition.From(typeof(Autoscaler), new HorizontalPodAutoscalerRules());

    /// <summary>Resources whose objects are stored.</summary>
    public static IReadOnlyList<ResourceDefinition> Stored { get; } =
    [
        ResourceDefinition.From(typeof(LimitRange), new LimitRangeRules()),
        ResourceDefinition.From(typeof(PersistentVolumeClaim), new PersistentVolumeClaimRules()),
        ResourceDefinition.From(typeof(PersistentVolume), new PersistentVolumeRules()),
        ResourceDefinition.From(typeof(ReplicationController), new ReplicationControllerRules()),
        ResourceDefinition.From(typeof(ResourceQuota), new ResourceQuotaRules()),
        ResourceDefinition.From(typeof(ControllerRevision), new ControllerRevisionRules()),
        ResourceDefinition.From(typeof(DaemonSet), new DaemonSetRules()),
        ResourceDefinition.From(typeof(StatefulSet), new StatefulSetRules()),
        Autoscalers,
        ResourceDefinition.From(typeof(Api.Autoscaling.V1.HorizontalPodAutoscaler), new HorizontalPodAutoscalerV1Rules(), Autoscalers, AutoscalerConversion.Instance),
        ResourceDefinition.From(typeof(CronJob), new CronJobRules()),
        ResourceDefinition.From(typeof(Job), new JobRules()),
        ResourceDefinition.From(typeof(PodDisruptionBudget), new PodDisruptionBudgetRules()),
    ];
}
