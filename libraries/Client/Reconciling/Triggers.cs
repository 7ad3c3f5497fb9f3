using System.Diagnostics;
using Platform.Api;
using Platform.Client.Queues;

namespace Platform.Client.Reconciling;

/// <summary>
/// Turns changes into keys in a reconciler's queue. Where another instance leads nobody takes from the queue, and the keys of all that comes and goes would pile up in it:
/// then they are let go, and the beginning of a term names what there is, as a start of the process does.
/// </summary>
/// <param name="queue">Where the keys go.</param>
/// <param name="isOpen">Whether keys are taken before the first term, too.</param>
internal sealed class Triggers(WorkQueue<ObjectKey> queue, bool isOpen) : IReconcilerTriggers
{
    private readonly List<Action> _namings = [];
    private volatile bool _isOpen = isOpen;

    /// <summary>A term begins.</summary>
    public void Open()
    {
        if (_isOpen)
            return;
        _isOpen = true; // First, so that nothing falls between what there is and what changes.
        foreach (var name in _namings)
            name();
    }

    /// <summary>A term has ended.</summary>
    public void Close() => _isOpen = false;

    public void On<T>(IInformer<T> informer)
        where T : KubernetesObject => Follow(informer, change => Add(ObjectKey.Of(change.Object), change.Cause));

    public void On<T>(IInformer<T> informer, Func<InformerEvent<T>, IEnumerable<ObjectKey>> keys)
        where T : KubernetesObject => Follow(informer, change =>
        {
            // Asked in any case: some keep account of what they see.
            foreach (var key in keys(change))
                Add(key, change.Cause);
        });

    public void OnOwned<T>(IInformer<T> informer, string ownerKind)
        where T : KubernetesObject => Follow(informer, change =>
        {
            // An object that changed hands concerns both its owners.
            AddOwner(change.Old, ownerKind, change.Cause);
            AddOwner(change.New, ownerKind, change.Cause);
        });

    public void From(Action<Action<ObjectKey, ActivityContext>> source, Func<IEnumerable<ObjectKey>> present)
    {
        _namings.Add(() =>
        {
            foreach (var key in present())
                Add(key, default);
        });
        source(Add);
    }

    private void Follow<T>(IInformer<T> informer, Action<InformerEvent<T>> handler)
        where T : KubernetesObject
    {
        _namings.Add(() =>
        {
            foreach (var value in informer.List())
                handler(new(null, value, default));
        });
        informer.AddHandler(handler);
    }

    private void Add(ObjectKey key, ActivityContext cause)
    {
        if (_isOpen)
            queue.Add(key, cause);
    }

    private void AddOwner(KubernetesObject? value, string ownerKind, ActivityContext cause)
    {
        if (value is not null && OwnerReferences.ControllerOf(value) is { } owner && owner.Kind == ownerKind)
            Add(new(value.Metadata.Namespace ?? "", owner.Name ?? ""), cause);
    }
}
