using Platform.Api.Core.V1;
using Platform.Client;

namespace Platform.ControllerManager.VolumeProtection;

/// <summary>
/// Lets a claim that is being deleted go once no pod on a node uses it. Pods that have no node yet do not count: no node agent starts a pod whose claim is being deleted. Keys
/// are claims.
/// </summary>
internal sealed class ClaimProtectionReconciler(IApiClient api, IInformerFactory informers) : IReconciler
{
    public const string Finalizer = "kubernetes.io/pvc-protection";
    private const string ByClaim = "claim";
    private readonly IInformer<PersistentVolumeClaim> _claims = informers.For<PersistentVolumeClaim>();
    private readonly IInformer<Pod> _pods = informers.For<Pod>();

    public string Name => "persistentvolumeclaim-protection-controller";

    public void Watch(IReconcilerTriggers triggers)
    {
        _pods.AddIndex(ByClaim, pod => ClaimsOf(pod).Select(claim => claim.ToString()));
        triggers.On(_claims, e => e.New?.Metadata.DeletionTimestamp is null ? [] : [ObjectKey.Of(e.New)]);
        triggers.On(_pods, e => e.New is null ? ClaimsOf(e.Old!) : []);
    }

    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_claims.Get(key.Namespace, key.Name) is not { Metadata.DeletionTimestamp: not null } claim || claim.Metadata.Finalizers?.Contains(Finalizer) != true)
            return ReconcileResult.Done;
        if (_pods.ByIndex(ByClaim, key.ToString()).Any())
            return ReconcileResult.Done;
        // The informer may be behind; what is taken off here cannot be put back.
        var pods = await api.Resource<Pod>().ListAsync(key.Namespace, cancellationToken: cancellationToken);
        if (!pods.Items.Any(pod => ClaimsOf(pod).Contains(key)))
            await api.ReleaseAsync(claim, Finalizer, cancellationToken);
        return ReconcileResult.Done;
    }

    /// <summary>The claims that a pod on a node uses, those that were made for it included.</summary>
    private static IEnumerable<ObjectKey> ClaimsOf(Pod pod)
    {
        if (string.IsNullOrEmpty(pod.Spec?.NodeName))
            return [];
        return (pod.Spec.Volumes ?? [])
            .Select(volume => volume.PersistentVolumeClaim?.ClaimName ?? (volume.Ephemeral is null ? null : $"{pod.Metadata.Name}-{volume.Name}"))
            .Where(name => !string.IsNullOrEmpty(name)).Select(name => new ObjectKey(pod.Metadata.Namespace ?? "", name!));
    }
}
