using Platform.Api.Meta.V1;
using Platform.ControllerManager.Metadata;

namespace Platform.ControllerManager.GarbageCollection;

/// <summary>An object in the graph. Immutable: a change makes a new one.</summary>
internal sealed record GraphNode(ServedResource Resource, string? Namespace, string Name, string Uid, IReadOnlyList<OwnerReference> Owners,
    IReadOnlyList<string> Finalizers, bool BeingDeleted)
{
    public const string ForegroundFinalizer = "foregroundDeletion";
    public const string OrphanFinalizer = "orphan";

    /// <summary>It goes only after those dependents that block it.</summary>
    public bool DeletingDependents => BeingDeleted && Finalizers.Contains(ForegroundFinalizer);

    /// <summary>It goes only after its dependents were made independent.</summary>
    public bool Orphaning => BeingDeleted && Finalizers.Contains(OrphanFinalizer);

    /// <summary>Whether it keeps the owner of that uid from going in a foreground deletion.</summary>
    public bool Blocks(string ownerUid) => Owners.Any(o => o.Uid == ownerUid && o.BlockOwnerDeletion == true);

    public static GraphNode Of(ServedResource resource, ObjectHead head) => new(
        resource, head.Metadata.Namespace, head.Metadata.Name!, head.Metadata.Uid!, head.Metadata.OwnerReferences ?? [],
        head.Metadata.Finalizers ?? [], head.Metadata.DeletionTimestamp is not null);
}

/// <summary>
/// Who owns whom, for all objects of the cluster. It says after each change whose fate has to be looked at again; whether an object
/// really goes is decided on what the server says live, never on the graph alone. Safe for concurrent use.
/// </summary>
internal sealed class DependencyGraph
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, GraphNode> _nodes = [];
    private readonly Dictionary<string, HashSet<string>> _dependents = [];

    public GraphNode? Find(string uid)
    {
        lock (_gate)
            return _nodes.GetValueOrDefault(uid);
    }

    /// <summary>The objects that name this uid as an owner.</summary>
    public IReadOnlyList<GraphNode> Dependents(string uid)
    {
        lock (_gate)
            return _dependents.TryGetValue(uid, out var all) ? [.. all.Select(d => _nodes[d])] : [];
    }

    /// <summary>Takes a change in.</summary>
    /// <returns>Uids of the objects to look at.</returns>
    public IReadOnlyList<string> Observe(FeedChange change)
    {
        lock (_gate)
            return change.IsDeletion ? RemoveLocked(change.Head.Metadata.Uid!) : SetLocked(GraphNode.Of(change.Resource, change.Head));
    }

    /// <summary>An object turned out not to exist.</summary>
    public IReadOnlyList<string> Remove(string uid)
    {
        lock (_gate)
            return RemoveLocked(uid);
    }

    /// <summary>What has to be looked at when the graph is first complete: objects with an owner that is not there, and objects on their way out.</summary>
    public IReadOnlyList<string> Suspects()
    {
        lock (_gate)
            return [.. _nodes.Values.Where(n => n.DeletingDependents || n.Orphaning || n.Owners.Any(IsDoubtful)).Select(n => n.Uid)];
    }

    private List<string> SetLocked(GraphNode node)
    {
        var before = _nodes.GetValueOrDefault(node.Uid);
        _nodes[node.Uid] = node;
        foreach (var owner in before?.Owners ?? [])
            Unlink(owner.Uid!, node.Uid);
        foreach (var owner in node.Owners)
        {
            if (!_dependents.TryGetValue(owner.Uid!, out var all))
                _dependents[owner.Uid!] = all = [];
            all.Add(node.Uid);
        }
        List<string> affected = [];
        // Owned by something that is not there, or that waits for its dependents to go.
        if (node.Owners.Any(IsDoubtful) || node.Orphaning && before?.Orphaning != true)
            affected.Add(node.Uid);
        if (node.DeletingDependents && before?.DeletingDependents != true)
        {
            affected.Add(node.Uid);
            affected.AddRange(_dependents.GetValueOrDefault(node.Uid) ?? []);
        }
        // An owner that waited for this object may go on.
        foreach (var owner in before?.Owners ?? [])
        {
            if (before!.Blocks(owner.Uid!) && !node.Blocks(owner.Uid!) && Waits(owner.Uid!))
                affected.Add(owner.Uid!);
        }
        return affected;
    }

    private List<string> RemoveLocked(string uid)
    {
        List<string> affected = [.. _dependents.GetValueOrDefault(uid) ?? []];
        if (!_nodes.Remove(uid, out var node))
            return affected;
        foreach (var owner in node.Owners)
        {
            Unlink(owner.Uid!, uid);
            if (Waits(owner.Uid!))
                affected.Add(owner.Uid!);
        }
        return affected;
    }

    private bool IsDoubtful(OwnerReference owner) => !_nodes.TryGetValue(owner.Uid!, out var node) || node.DeletingDependents;

    private bool Waits(string uid) => _nodes.TryGetValue(uid, out var node) && node.DeletingDependents;

    private void Unlink(string owner, string dependent)
    {
        if (_dependents.TryGetValue(owner, out var all) && all.Remove(dependent) && all.Count == 0)
            _dependents.Remove(owner);
    }
}
