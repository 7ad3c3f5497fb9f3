using System.Diagnostics;
using Platform.Api;
using Platform.Client.Queues;

namespace Platform.Client.Reconciling;

/// <summary>Turns changes into keys in a reconciler's queue.</summary>
internal sealed class Triggers(WorkQueue<ObjectKey> queue) : IReconcilerTriggers
{
    public void On<T>(IInformer<T> informer)
        where T : KubernetesObject =>
        informer.AddHandler(change => queue.Add(ObjectKey.Of(change.Object), change.Cause));

    public void On<T>(IInformer<T> informer, Func<InformerEvent<T>, IEnumerable<ObjectKey>> keys)
        where T : KubernetesObject =>
        informer.AddHandler(change =>
        {
            foreach (var key in keys(change))
                queue.Add(key, change.Cause);
        });

    public void OnOwned<T>(IInformer<T> informer, string ownerKind)
        where T : KubernetesObject =>
        informer.AddHandler(change =>
        {
            // An object that changed hands concerns both its owners.
            Add(change.Old, ownerKind, change.Cause);
            Add(change.New, ownerKind, change.Cause);
        });

    public void From(Action<Action<ObjectKey, ActivityContext>> source) => source(queue.Add);

    private void Add(KubernetesObject? value, string ownerKind, ActivityContext cause)
    {
        if (value is not null && OwnerReferences.ControllerOf(value) is { } owner && owner.Kind == ownerKind)
            queue.Add(new(value.Metadata.Namespace ?? "", owner.Name ?? ""), cause);
    }
}
