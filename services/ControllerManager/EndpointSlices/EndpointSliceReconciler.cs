using Platform.Api.Core.V1;
using Platform.Api.Discovery.V1;
using Platform.Api.Errors;
using Platform.Client;
using Platform.ControllerManager.Ownership;

namespace Platform.ControllerManager.EndpointSlices;

/// <summary>
/// Keeps the endpoint slices of each service with a selector. There is no batching delay: a pod that becomes ready is written at once,
/// and further changes meanwhile gather in the queue, where a key waits only once.
/// </summary>
internal sealed class EndpointSliceReconciler(IApiClient api, IInformerFactory informers, IEventRecorder events, TimeProvider clock) : IReconciler
{
    private const string ByService = "service";
    private const string ZoneLabel = "topology.kubernetes.io/zone";
    private readonly Expectations _expectations = new(clock);
    private readonly IInformer<Service> _services = informers.For<Service>();
    private readonly IInformer<Pod> _pods = informers.For<Pod>();
    private readonly IInformer<Node> _nodes = informers.For<Node>();
    private readonly IInformer<EndpointSlice> _slices = informers.For<EndpointSlice>();

    public string Name => "endpoint-slice-controller";

    public void Watch(IReconcilerTriggers triggers)
    {
        _slices.AddIndex(ByService, s => ServiceOf(s) is { } key ? [key.ToString()] : []);
        triggers.On(_services);
        triggers.On(_pods, e => ServicePods.Concerned(_services, e));
        triggers.On(_slices, SliceChanged);
        // A node's zone is set once; then all services may have endpoints on it.
        triggers.On(_nodes, e => Zone(e.Old) == Zone(e.New) ? [] : _services.List().Select(ObjectKey.Of));
    }

    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var service = _services.Get(key.Namespace, key.Name);
        if (service is null)
            _expectations.Forget(key);
        // The slices of a deleted service go by their owner reference.
        if (service is null || service.Metadata.DeletionTimestamp is not null || !ServiceTargets.IsManaged(service))
            return ReconcileResult.Done;
        if (!_expectations.Satisfied(key))
            return ReconcileResult.After(_expectations.Remaining(key));
        var existing = _slices.ByIndex(ByService, key.ToString()).Where(s => s.Metadata.DeletionTimestamp is null).ToList();
        var plan = EndpointSlicePlan.Compute(service, ServicePods.Of(service, _pods), existing, node => Zone(_nodes.Get("", node)));
        await ApplyAsync(key, service, plan, cancellationToken);
        return ReconcileResult.Done;
    }

    private async Task ApplyAsync(ObjectKey key, Service service, EndpointSlicePlan plan, CancellationToken cancellationToken)
    {
        var slices = api.Resource<EndpointSlice>();
        if (plan.Create.Count + plan.Delete.Count > 0)
            _expectations.Begin(key);
        try
        {
            // New endpoints before old ones go: a service should never be without any in between.
            foreach (var slice in plan.Create)
                _expectations.Created(key, (await slices.CreateAsync(slice, cancellationToken)).Metadata.Uid!);
            foreach (var slice in plan.Update)
                await slices.UpdateAsync(slice, cancellationToken);
            foreach (var slice in plan.Delete)
                await DeleteAsync(key, slice, cancellationToken);
        }
        catch (ApiException e) when (NamespaceTermination.IsCause(e))
        {
            _expectations.Forget(key);
        }
        catch (ApiException e) when (!e.IsConflict && !e.IsNotFound)
        {
            events.Warning(service, "FailedToUpdateEndpointSlices", $"Error updating Endpoint Slices for Service {key}: {e.Message}");
            throw;
        }
    }

    private async Task DeleteAsync(ObjectKey key, EndpointSlice slice, CancellationToken cancellationToken)
    {
        _expectations.Leaving(key, slice.Metadata.Uid!);
        try
        {
            await api.Resource<EndpointSlice>().DeleteAsync(
                slice.Metadata.Namespace, slice.Metadata.Name!, new() { Preconditions = new() { Uid = slice.Metadata.Uid } }, cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            _expectations.NotLeaving(key, slice.Metadata.Uid!);
        }
    }

    private IEnumerable<ObjectKey> SliceChanged(InformerEvent<EndpointSlice> change)
    {
        if (ServiceOf(change.Object) is not { } key)
            return change.Old is not null && ServiceOf(change.Old) is { } former ? [former] : [];
        _expectations.Observed(key, change.Object.Metadata.Uid!, change.New is null || change.New.Metadata.DeletionTimestamp is not null);
        return [key];
    }

    /// <summary>The service of a slice that this controller manages.</summary>
    private static ObjectKey? ServiceOf(EndpointSlice slice) =>
        slice.Metadata.Labels is { } labels
        && labels.TryGetValue(EndpointSlicePlan.ManagedByLabel, out var manager) && manager == EndpointSlicePlan.ManagedBy
        && labels.TryGetValue(EndpointSlicePlan.ServiceNameLabel, out var name)
            ? new ObjectKey(slice.Metadata.Namespace ?? "", name) : null;

    private static string? Zone(Node? node) => node?.Metadata.Labels is { } labels && labels.TryGetValue(ZoneLabel, out var zone) ? zone : null;
}
