using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Meta.V1;
using Platform.Api.Policy.V1;
using Platform.ApiServer.Admission;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry.Subresources;

/// <summary>
/// <c>pods/eviction</c>: a deletion that a disruption budget may refuse. The budget is charged before the pod is deleted, so that its controller never
/// sees a pod missing that nobody has accounted for.
/// </summary>
internal sealed class EvictionSubresource(ObjectDeletion deletion, ObjectWrites writes, WatchCaches caches, DisruptionBudgets budgets, AdmissionChain admission) : ISubresource
{
    public string Name => "eviction";

    public async Task HandleAsync(RegistryRequest request)
    {
        var (definition, info) = (request.Definition, request.Info);
        var rehearsal = request.ForWrite();
        var eviction = ObjectDecoding.Decode<Eviction>(
            await ObjectBody.ReadJsonAsync(request.Http, "Eviction"), request, rehearsal, "Eviction", "policy/v1", "policy/v1beta1");
        if (!string.IsNullOrEmpty(eviction.Metadata.Name) && eviction.Metadata.Name != info.Name)
            throw ApiErrors.BadRequest("name in URL does not match name in Eviction object");
        var context = request.ForWrite(eviction.DeleteOptions?.DryRun);
        eviction = await admission.PostAsync(context, definition, eviction);
        var options = eviction.DeleteOptions ?? new();
        context = context with { Admits = false };
        await caches.FreshAsync(request.Aborted);
        for (var attempt = 1; !await TryEvictAsync(request, context, options, attempt == ObjectWrites.MaximumAttempts); attempt++)
        {
        }

        await Success.CreatedAsync(request.Http);
    }

    /// <summary>False where the pod changed in between and what was decided about it must be decided anew.</summary>
    private async Task<bool> TryEvictAsync(RegistryRequest request, WriteContext context, DeleteOptions options, bool last)
    {
        var definition = request.Definition;
        var current = await writes.ReadAsync(definition, request.CacheKey, request.Aborted) ?? throw request.NotFound();
        var pod = (Pod)current.Decode();
        // A pod that is missed less because it is not ready must not be deleted when it has become ready since.
        var binding = (IsHarmless(pod) || await budgets.ChargeAsync(context, pod)) && options.Preconditions?.ResourceVersion is null;
        try
        {
            await deletion.DeleteAsync(context, definition, request.Info.Namespace, request.Info.Name, binding
                ? options with { Preconditions = (options.Preconditions ?? new()) with { ResourceVersion = pod.Metadata.ResourceVersion } }
                : options);
            return true;
        }
        catch (ApiException e) when (e.IsConflict && binding && !last)
        {
            return false;
        }
    }

    /// <summary>A pod that has ended, has not started or is going already is not missed.</summary>
    private static bool IsHarmless(Pod pod) => pod.Status?.Phase is "Succeeded" or "Failed" or "Pending" || pod.Metadata.DeletionTimestamp is not null;
}
