using Platform.Api;
using Platform.Api.Errors;
using Platform.Client;

namespace Platform.ControllerManager.VolumeProtection;

/// <summary>Takes a finalizer off an object that is being deleted.</summary>
internal static class FinalizerRelease
{
    public static async Task ReleaseAsync<T>(this IApiClient api, T value, string finalizer, CancellationToken cancellationToken)
        where T : KubernetesObject
    {
        if (value.Metadata.Finalizers?.Contains(finalizer) != true)
            return;
        try
        {
            await api.Resource<T>().UpdateAsync(
                value with { Metadata = value.Metadata with { Finalizers = [.. value.Metadata.Finalizers.Where(f => f != finalizer)] } }, cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            // It has gone meanwhile.
        }
    }
}
