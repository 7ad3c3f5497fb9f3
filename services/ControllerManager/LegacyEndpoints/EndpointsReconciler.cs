using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Client;
using Platform.ControllerManager.EndpointSlices;
using Platform.ControllerManager.Ownership;

namespace Platform.ControllerManager.LegacyEndpoints;

/// <summary>Keeps the Endpoints object of each service with a selector.</summary>
internal sealed class EndpointsReconciler(IApiClient api, IInformerFactory informers, IEventRecorder events) : IReconciler
{
    private const string LeaderRecord = "control-plane.alpha.kubernetes.io/leader";

    private readonly IInformer<Service> _services = informers.For<Service>();
    private readonly IInformer<Pod> _pods = informers.For<Pod>();
    private readonly IInformer<Endpoints> _endpoints = informers.For<Endpoints>();

    public string Name => "endpoint-controller";

    public void Watch(IReconcilerTriggers triggers)
    {
        triggers.On(_services);
        triggers.On(_pods, e => ServicePods.Concerned(_services, e));
        triggers.On(_endpoints);
    }

    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var service = _services.Get(key.Namespace, key.Name);
        var current = _endpoints.Get(key.Namespace, key.Name);
        if (service is null)
        {
            // Records of leader elections and endpoints that users wrote by hand have names of no service: only what a service left goes.
            if (current is not null && IsLeftByService(current))
                await DeleteAsync(current, cancellationToken);
            return ReconcileResult.Done;
        }
        if (!ServiceTargets.IsManaged(service) || EndpointsPlan.Compute(service, ServicePods.Of(service, _pods), current) is not { } wanted)
            return ReconcileResult.Done;
        try
        {
            if (current is null)
                await api.Resource<Endpoints>().CreateAsync(wanted, cancellationToken);
            else
                await api.Resource<Endpoints>().UpdateAsync(wanted, cancellationToken);
        }
        catch (ApiException e) when (NamespaceTermination.IsCause(e) || e.IsNotFound || current is null && e.IsAlreadyExists)
        {
            // The watch shows what is there instead, and brings the key back.
            return ReconcileResult.Done;
        }
        catch (ApiException e) when (!e.IsConflict)
        {
            var verb = current is null ? "create" : "update";
            events.Warning(service, current is null ? "FailedToCreateEndpoint" : "FailedToUpdateEndpoint",
                $"Failed to {verb} endpoint for service {key}: {e.Message}");
            throw;
        }
        return ReconcileResult.Done;
    }

    private async Task DeleteAsync(Endpoints endpoints, CancellationToken cancellationToken)
    {
        try
        {
            await api.Resource<Endpoints>().DeleteAsync(
                endpoints.Metadata.Namespace, endpoints.Metadata.Name!, new() { Preconditions = new() { Uid = endpoints.Metadata.Uid } }, cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound || e.IsConflict)
        {
            // Gone or new: then it is not what the service left.
        }
    }

    private static bool IsLeftByService(Endpoints endpoints) => endpoints.Subsets is { Count: > 0 } subsets
        ? subsets.Any(IsOfPods)
        : endpoints.Metadata.Annotations?.ContainsKey(LeaderRecord) != true;

    private static bool IsOfPods(EndpointSubset subset) =>
        (subset.Addresses ?? []).Concat(subset.NotReadyAddresses ?? []).Any(a => a.TargetRef?.Kind == "Pod");
}
