using Platform.Api.Meta.V1;
using Platform.ControllerManager.Metadata;

namespace Platform.ControllerManager.GarbageCollection;

/// <summary>
/// Asks the server, live, whether an owner exists. A uid that was found absent stays absent for ever, so it is remembered and a
/// thousand dependents of one owner cost one request. A namespaced object's owner is looked for in its own namespace; a cluster-scoped
/// object cannot have a namespaced owner, and is kept.
/// </summary>
internal sealed class OwnerLookup(MetadataClient client, ObjectFeed feed)
{
    /// <summary>Absent owners that are remembered.</summary>
    private const int MaxAbsent = 500;

    private readonly Lock _gate = new();
    private readonly HashSet<(string? Namespace, string Uid)> _absent = [];
    private readonly Queue<(string? Namespace, string Uid)> _order = [];

    public async Task<OwnerState> StateAsync(GraphNode item, OwnerReference owner, CancellationToken cancellationToken)
    {
        var key = (item.Namespace, owner.Uid!);
        lock (_gate)
        {
            if (_absent.Contains(key))
                return OwnerState.Absent;
        }
        if (Resource(owner) is not { } resource || resource.Namespaced && string.IsNullOrEmpty(item.Namespace))
            return OwnerState.Unknown;
        var live = await client.FindAsync(resource, item.Namespace, owner.Name!, cancellationToken);
        if (live is null || live.Metadata.Uid != owner.Uid)
        {
            Remember(key);
            return OwnerState.Absent;
        }
        return GraphNode.Of(resource, live).DeletingDependents ? OwnerState.WaitingForDependents : OwnerState.Present;
    }

    /// <summary>The resource of a kind; an older version of a group names the same objects.</summary>
    private ServedResource? Resource(OwnerReference owner)
    {
        var group = owner.ApiVersion!.Contains('/', StringComparison.Ordinal) ? owner.ApiVersion[..owner.ApiVersion.IndexOf('/', StringComparison.Ordinal)] : "";
        return feed.Resources.FirstOrDefault(r => r.Group == group && r.Kind == owner.Kind && r.Supports("get"));
    }

    private void Remember((string? Namespace, string Uid) key)
    {
        lock (_gate)
        {
            if (!_absent.Add(key))
                return;
            _order.Enqueue(key);
            if (_order.Count > MaxAbsent)
                _absent.Remove(_order.Dequeue());
        }
    }
}
