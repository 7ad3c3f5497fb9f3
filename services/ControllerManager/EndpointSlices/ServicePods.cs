using Platform.Api.Core.V1;
using Platform.Api.Selectors;
using Platform.Client;
using Platform.ControllerManager.Deployments;
using Platform.ControllerManager.Workloads;

namespace Platform.ControllerManager.EndpointSlices;

/// <summary>Which pods belong to which services.</summary>
internal static class ServicePods
{
    public static IEnumerable<Pod> Of(Service service, IInformer<Pod> pods)
    {
        var selector = Selector.FromLabels(service.Spec!.Selector);
        return pods.List(service.Metadata.Namespace).Where(p => selector.Matches(p.Metadata.Labels));
    }

    /// <summary>Services that select the pod as it was or as it is, where the change matters to endpoints.</summary>
    public static IEnumerable<ObjectKey> Concerned(IInformer<Service> services, InformerEvent<Pod> change)
    {
        if (change is { Old: { } old, New: { } now } && !Matters(old, now))
            return [];
        return services.List(change.Object.Metadata.Namespace)
            .Where(s => ServiceTargets.IsManaged(s) && (Selects(s, change.Old) || Selects(s, change.New)))
            .Select(ObjectKey.Of);
    }

    private static bool Selects(Service service, Pod? pod) => pod is not null && Selector.FromLabels(service.Spec!.Selector).Matches(pod.Metadata.Labels);

    private static bool Matters(Pod old, Pod now) =>
        old.Metadata.Uid != now.Metadata.Uid
        || old.Metadata.DeletionTimestamp is null != now.Metadata.DeletionTimestamp is null
        || old.Status?.Phase != now.Status?.Phase
        || PodStates.IsReady(old) != PodStates.IsReady(now)
        || old.Spec?.NodeName != now.Spec?.NodeName
        || !ServiceTargets.Addresses(old).SequenceEqual(ServiceTargets.Addresses(now))
        || !Revisions.Same(old.Metadata.Labels, now.Metadata.Labels);
}
