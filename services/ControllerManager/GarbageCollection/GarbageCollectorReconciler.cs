using System.Diagnostics;
using System.Text.Json.Nodes;
using Platform.Api.Meta.V1;
using Platform.Client;
using Platform.ControllerManager.Metadata;

namespace Platform.ControllerManager.GarbageCollection;

/// <summary>
/// Deletes what nobody owns any more, and carries out foreground and orphan deletions. Its keys are uids: names come back, uids never do.
/// </summary>
internal sealed class GarbageCollectorReconciler(ObjectFeed feed, MetadataClient client, DependencyGraph graph, OwnerLookup owners) : IReconciler
{
    /// <summary>An owner of unknown kind is looked at again when discovery may have found its kind.</summary>
    private static readonly TimeSpan LookAgain = ObjectFeed.DiscoveryPeriod;

    private Action<ObjectKey, ActivityContext>? _enqueue;

    public string Name => "garbage-collector-controller";

    public int Workers => 20;

    // Until every kind was listed an owner that is not in the graph means nothing.
    private bool IsComplete => feed.WaitForSyncAsync(CancellationToken.None).IsCompletedSuccessfully;

    public void Watch(IReconcilerTriggers triggers) => triggers.From(
        enqueue =>
        {
            _enqueue = enqueue;
            feed.Subscribe(change =>
            {
                var affected = graph.Observe(change);
                if (IsComplete)
                    EnqueueAll(affected, change.Cause);
            });
            feed.WaitForSyncAsync(CancellationToken.None).ContinueWith(
                _ => EnqueueAll(graph.Suspects(), default), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        },
        present: () => IsComplete ? graph.Suspects().Select(KeyOf) : []);

    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var uid = key.Name;
        await feed.WaitForSyncAsync(cancellationToken);
        if (graph.Find(uid) is not { } known || known is { BeingDeleted: true, DeletingDependents: false, Orphaning: false })
            return ReconcileResult.Done;
        var live = await client.FindAsync(known.Resource, known.Namespace, known.Name, cancellationToken);
        if (live is null || live.Metadata.Uid != uid)
        {
            EnqueueAll(graph.Remove(uid), Activity.Current?.Context ?? default);
            return ReconcileResult.Done;
        }
        var item = GraphNode.Of(known.Resource, live);
        List<(OwnerReference Owner, OwnerState State)> states = [];
        if (!item.BeingDeleted)
        {
            foreach (var owner in item.Owners)
                states.Add((owner, await owners.StateAsync(item, owner, cancellationToken)));
        }
        var dependents = graph.Dependents(uid);
        var plan = GarbagePlan.Compute(item, dependents, states);
        await ApplyAsync(item, live, dependents, plan, cancellationToken);
        return states.Any(s => s.State == OwnerState.Unknown) ? ReconcileResult.After(LookAgain) : ReconcileResult.Done;
    }

    private async Task ApplyAsync(GraphNode item, ObjectHead live, IReadOnlyList<GraphNode> dependents, GarbagePlan plan, CancellationToken cancellationToken)
    {
        switch (plan.Action)
        {
            case GarbageAction.Delete:
                await DeleteAsync(item, live, plan.Policy!, cancellationToken);
                break;
            case GarbageAction.UnblockAndDelete:
                await PatchOwnersAsync(item, live, item.Owners.Select(o => o with { BlockOwnerDeletion = false }), cancellationToken);
                await client.DeleteAsync(item.Resource, item.Namespace, item.Name, Options(plan.Policy!, item.Uid, null), cancellationToken);
                break;
            case GarbageAction.DropOwners:
                await PatchOwnersAsync(item, live, item.Owners.Where(o => !plan.Drop!.Contains(o.Uid!)), cancellationToken);
                break;
            case GarbageAction.WaitForDependents:
                EnqueueAll(dependents.Where(d => !d.DeletingDependents).Select(d => d.Uid), Activity.Current?.Context ?? default);
                break;
            case GarbageAction.FinishForeground:
                await DropFinalizerAsync(item, live, GraphNode.ForegroundFinalizer, cancellationToken);
                break;
            case GarbageAction.Orphan:
                foreach (var dependent in dependents)
                    await OrphanAsync(dependent, item.Uid, cancellationToken);
                await DropFinalizerAsync(item, live, GraphNode.OrphanFinalizer, cancellationToken);
                break;
            case GarbageAction.Keep:
            default:
                break;
        }
    }

    /// <summary>The preconditions make sure that what is deleted is what was judged: no owner was added in between.</summary>
    private Task<bool> DeleteAsync(GraphNode item, ObjectHead live, string policy, CancellationToken cancellationToken) =>
        client.DeleteAsync(item.Resource, item.Namespace, item.Name, Options(policy, item.Uid, live.Metadata.ResourceVersion), cancellationToken);

    private async Task OrphanAsync(GraphNode dependent, string ownerUid, CancellationToken cancellationToken)
    {
        var live = await client.FindAsync(dependent.Resource, dependent.Namespace, dependent.Name, cancellationToken);
        if (live is null || live.Metadata.Uid != dependent.Uid || live.Metadata.OwnerReferences?.Any(o => o.Uid == ownerUid) != true)
            return;
        await PatchOwnersAsync(dependent, live, live.Metadata.OwnerReferences.Where(o => o.Uid != ownerUid), cancellationToken);
    }

    private Task<bool> PatchOwnersAsync(GraphNode item, ObjectHead live, IEnumerable<OwnerReference> wanted, CancellationToken cancellationToken)
    {
        var list = new JsonArray([.. wanted.Select(o => (JsonNode)Encode(o))]);
        return PatchAsync(item, live, "ownerReferences", list, cancellationToken);
    }

    private Task<bool> DropFinalizerAsync(GraphNode item, ObjectHead live, string finalizer, CancellationToken cancellationToken) =>
        PatchAsync(item, live, "finalizers", new([.. item.Finalizers.Where(f => f != finalizer).Select(f => (JsonNode)f)]), cancellationToken);

    /// <summary>Lists are replaced as a whole, so the patch names the version that it was made from.</summary>
    private Task<bool> PatchAsync(GraphNode item, ObjectHead live, string field, JsonArray value, CancellationToken cancellationToken)
    {
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["uid"] = item.Uid, ["resourceVersion"] = live.Metadata.ResourceVersion, [field] = value },
        };
        return client.PatchAsync(item.Resource, item.Namespace, item.Name, patch.ToJsonString(), cancellationToken);
    }

    private void EnqueueAll(IEnumerable<string> uids, ActivityContext cause)
    {
        foreach (var uid in uids)
            _enqueue!(KeyOf(uid), cause);
    }

    private static ObjectKey KeyOf(string uid) => new("", uid);

    private static DeleteOptions Options(string policy, string uid, string? version) =>
        new() { PropagationPolicy = policy, Preconditions = new() { Uid = uid, ResourceVersion = version } };

    private static JsonObject Encode(OwnerReference owner)
    {
        var result = new JsonObject { ["apiVersion"] = owner.ApiVersion, ["kind"] = owner.Kind, ["name"] = owner.Name, ["uid"] = owner.Uid };
        if (owner.Controller is { } controller)
            result["controller"] = controller;
        if (owner.BlockOwnerDeletion is { } block)
            result["blockOwnerDeletion"] = block;
        return result;
    }
}
