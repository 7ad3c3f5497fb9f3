using System.Diagnostics;
namespace Platform.Client;

/// <summary>
/// A level-triggered controller: given the key of an object it compares what is with what should be and acts on the difference.
/// Called for one key at a time, never twice at once for the same key. An exception means: try again with back-off.
/// </summary>
public interface IReconciler
{
    /// <summary>Name in logs, metrics, traces and as event source, such as <c>deployment-controller</c>.</summary>
    string Name { get; }

    /// <summary>How many keys may be worked on at once.</summary>
    int Workers => 4;

    /// <summary>Declares what is watched, and which keys each change concerns. Called once, before the informers start.</summary>
    void Watch(IReconcilerTriggers triggers);

    /// <summary>Brings one object closer to what its spec says.</summary>
    Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken);
}

/// <summary>Where a reconciler says what wakes it.</summary>
public interface IReconcilerTriggers
{
    /// <summary>A change of a watched object enqueues its own key.</summary>
    void On<T>(IInformer<T> informer)
        where T : Api.KubernetesObject;

    /// <summary>A change of a watched object enqueues the keys that the function names; it sees the object before and after.</summary>
    void On<T>(IInformer<T> informer, Func<InformerEvent<T>, IEnumerable<ObjectKey>> keys)
        where T : Api.KubernetesObject;

    /// <summary>A change of a watched object enqueues its controlling owner where that is of the given kind.</summary>
    void OnOwned<T>(IInformer<T> informer, string ownerKind)
        where T : Api.KubernetesObject;

    /// <summary>
    /// Keys from something that is no typed informer, such as the garbage collector's graph of all kinds. The function is called once, before
    /// anything starts, with the action that enqueues a key and the trace context of what caused it; that action may be called from any thread.
    /// </summary>
    /// <param name="source">What is called with the action. Keys that it names while another instance leads are let go.</param>
    /// <param name="present">The keys that are to be looked at when a term begins, whatever was named before.</param>
    void From(Action<Action<ObjectKey, ActivityContext>> source, Func<IEnumerable<ObjectKey>> present);
}

/// <summary>What happens to the key next.</summary>
/// <param name="RequeueAfter">Look again after this time; null: only when something changes.</param>
public readonly record struct ReconcileResult(TimeSpan? RequeueAfter)
{
    /// <summary>Nothing to do until something changes.</summary>
    public static ReconcileResult Done => default;

    /// <summary>Look again later.</summary>
    public static ReconcileResult After(TimeSpan delay) => new(delay);
}
