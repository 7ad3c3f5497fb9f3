using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Meta.V1;
using Platform.Client;

namespace Platform.NodeAgent.Pods;

/// <summary>Pod workers' way to the API server.</summary>
internal sealed class PodApi(IApiClient client) : IPodApi
{
    public async Task WriteStatusAsync(Pod pod, PodStatus before, PodStatus status, CancellationToken cancellationToken)
    {
        var patch = PodStatusPatch.Build(pod.Metadata.Uid!, before, status);
        try
        {
            await client.Resource<Pod>().PatchAsync(pod.Metadata.Namespace, pod.Metadata.Name!, PatchType.StrategicMerge, patch, "status", cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound || e.IsConflict)
        {
            return; // gone, or another pod of that name: nothing to report about ours
        }
    }

    public async Task ConfirmDeletionAsync(Pod pod, CancellationToken cancellationToken)
    {
        try
        {
            await client.Resource<Pod>().DeleteAsync(pod.Metadata.Namespace, pod.Metadata.Name!, new DeleteOptions
            {
                GracePeriodSeconds = 0,
                Preconditions = new() { Uid = pod.Metadata.Uid },
            }, cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound || e.IsConflict)
        {
            return; // somebody else was faster
        }
    }
}
