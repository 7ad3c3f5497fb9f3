using System.Text;
using System.Text.Json.Nodes;
using Platform.Api;
using Platform.Api.Errors;
using Platform.Api.Meta.V1;
using Platform.Client;

namespace Platform.ControllerManager.Ownership;

/// <summary>
/// Carries out a <see cref="ClaimPlan{T}"/>. Before the first adoption the controller is read live: one that was deleted and made
/// again under the same name, or is about to go, must not take orphans on the word of a stale cache. Patches carry the dependent's uid, so that a namesake is never changed.
/// </summary>
internal static class Claims
{
    /// <returns>What the controller owns now, the adopted included.</returns>
    public static async Task<IReadOnlyList<TDependent>> ApplyAsync<TController, TDependent>(
        IApiClient api, TController controller, OwnerReference reference, ClaimPlan<TDependent> plan, CancellationToken cancellationToken)
        where TController : KubernetesObject
        where TDependent : KubernetesObject
    {
        var owned = plan.Owned.ToList();
        if (plan.ToAdopt.Count > 0 && await IsCurrentAsync(api, controller, cancellationToken))
        {
            foreach (var orphan in plan.ToAdopt)
            {
                if (await PatchAsync(api, orphan, Adoption(orphan, reference), cancellationToken) is { } adopted)
                    owned.Add(adopted);
            }
        }
        foreach (var stray in plan.ToRelease)
            await PatchAsync(api, stray, Release(stray, reference.Uid!), cancellationToken);
        return owned;
    }

    private static async Task<bool> IsCurrentAsync<T>(IApiClient api, T controller, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        var live = await api.Resource<T>().FindAsync(controller.Metadata.Namespace, controller.Metadata.Name!, cancellationToken);
        return live is not null && live.Metadata.Uid == controller.Metadata.Uid && live.Metadata.DeletionTimestamp is null;
    }

    private static async Task<T?> PatchAsync<T>(IApiClient api, T target, byte[] patch, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        try
        {
            return await api.Resource<T>().PatchAsync(
                target.Metadata.Namespace, target.Metadata.Name!, PatchType.StrategicMerge, patch, cancellationToken: cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound || e.Code == 422 || e.IsConflict)
        {
            // Gone, or replaced by a namesake, or claimed by another controller first: the watch event that says so brings us back.
            return null;
        }
    }

    private static byte[] Adoption(KubernetesObject orphan, OwnerReference reference) => OwnersPatch(orphan, new()
    {
        ["apiVersion"] = reference.ApiVersion,
        ["kind"] = reference.Kind,
        ["name"] = reference.Name,
        ["uid"] = reference.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    });

    private static byte[] Release(KubernetesObject stray, string ownerUid) =>
        OwnersPatch(stray, new() { ["$patch"] = "delete", ["uid"] = ownerUid });

    private static byte[] OwnersPatch(KubernetesObject target, JsonObject owner) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["metadata"] = new JsonObject { ["uid"] = target.Metadata.Uid, ["ownerReferences"] = new JsonArray(owner) },
    }.ToJsonString());
}
