using Platform.Api.Meta.V1;

namespace Platform.ControllerManager.GarbageCollection;

/// <summary>What the server says of an owner.</summary>
internal enum OwnerState
{
    /// <summary>It is there and stays.</summary>
    Present,

    /// <summary>It is being deleted in the foreground and waits for its dependents.</summary>
    WaitingForDependents,

    /// <summary>There is no object of that uid.</summary>
    Absent,

    /// <summary>Its kind is unknown or it cannot be looked up from here: keep the dependent.</summary>
    Unknown,
}

/// <summary>What to do with an object.</summary>
internal enum GarbageAction
{
    /// <summary>Nothing.</summary>
    Keep,

    /// <summary>Take the finalizer away that made it wait for its dependents.</summary>
    FinishForeground,

    /// <summary>It still waits; those dependents that block it have to go.</summary>
    WaitForDependents,

    /// <summary>Make its dependents independent, then take the orphan finalizer away.</summary>
    Orphan,

    /// <summary>It stays for the sake of an owner that stays; drop the references to the others.</summary>
    DropOwners,

    /// <summary>Delete it.</summary>
    Delete,

    /// <summary>Delete it after it no longer blocks its owners: it waits for a dependent that waits for it.</summary>
    UnblockAndDelete,
}

/// <summary>The garbage collector's decision about one object.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Policy">Propagation policy of a deletion.</param>
/// <param name="Drop">Uids of the owners to drop.</param>
internal sealed record GarbagePlan(GarbageAction Action, string? Policy = null, IReadOnlySet<string>? Drop = null)
{
    private static readonly GarbagePlan Keep = new(GarbageAction.Keep);

    /// <param name="item">The object, as the server has it now.</param>
    /// <param name="dependents">Objects that name it as owner.</param>
    /// <param name="owners">Its owners with their states.</param>
    public static GarbagePlan Compute(GraphNode item, IReadOnlyList<GraphNode> dependents, IReadOnlyList<(OwnerReference Owner, OwnerState State)> owners)
    {
        if (item.Orphaning)
            return new(GarbageAction.Orphan);
        if (item.DeletingDependents)
            return new(dependents.Any(d => d.Blocks(item.Uid)) ? GarbageAction.WaitForDependents : GarbageAction.FinishForeground);
        if (item.BeingDeleted || owners.Count == 0)
            return Keep;
        HashSet<string> leaving = [.. owners.Where(o => o.State is OwnerState.Absent or OwnerState.WaitingForDependents).Select(o => o.Owner.Uid!)];
        if (leaving.Count == 0)
            return Keep;
        if (leaving.Count < owners.Count)
            return new(GarbageAction.DropOwners, Drop: leaving);
        if (owners.Any(o => o.State == OwnerState.WaitingForDependents) && dependents.Count > 0)
        {
            // Its owner goes in the foreground, so does it, and its dependents before it.
            return new(dependents.Any(d => d.DeletingDependents) ? GarbageAction.UnblockAndDelete : GarbageAction.Delete, "Foreground");
        }
        // A wish that a former deletion left on the object is kept.
        var policy = item.Finalizers.Contains(GraphNode.OrphanFinalizer) ? "Orphan"
            : item.Finalizers.Contains(GraphNode.ForegroundFinalizer) ? "Foreground" : "Background";
        return new(GarbageAction.Delete, policy);
    }
}
