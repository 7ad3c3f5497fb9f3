using Platform.Api.Core.V1;
using Platform.Client;

namespace Platform.ControllerManager.VolumeProtection;

/// <summary>Lets a volume that is being deleted go once no claim is bound to it. Keys are volumes.</summary>
internal sealed class VolumeProtectionReconciler(IApiClient api, IInformerFactory informers) : IReconciler
{
    public const string Finalizer = "kubernetes.io/pv-protection";
    private readonly IInformer<PersistentVolume> _volumes = informers.For<PersistentVolume>();

    public string Name => "persistentvolume-protection-controller";

    public void Watch(IReconcilerTriggers triggers) => triggers.On(_volumes, e => e.New?.Metadata.DeletionTimestamp is null ? [] : [ObjectKey.Of(e.New)]);

    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_volumes.Get(key.Namespace, key.Name) is { Metadata.DeletionTimestamp: not null } volume && volume.Status?.Phase != "Bound")
            await api.ReleaseAsync(volume, Finalizer, cancellationToken);
        return ReconcileResult.Done;
    }
}
