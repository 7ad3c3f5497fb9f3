using Platform.Api;
using Platform.Api.Core.V1;

namespace Platform.ApiServer.Admission;

/// <summary>
/// Gives volumes and claims the finalizer with which they stay, being deleted, as long as something uses them. The controller manager's volume protection takes it off.
/// </summary>
internal sealed class StorageObjectInUseProtection : IAdmissionPlugin
{
    public string Name => "StorageObjectInUseProtection";

    public ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request is { Operation: "CREATE", Info.Subresource: "", Object: { } value } && FinalizerOf(value) is { } finalizer
            && value.Metadata.Finalizers?.Contains(finalizer) != true)
            value.Metadata.Finalizers = [.. value.Metadata.Finalizers ?? [], finalizer];
        return ValueTask.CompletedTask;
    }

    private static string? FinalizerOf(KubernetesObject value) => value switch
    {
        PersistentVolumeClaim => "kubernetes.io/pvc-protection",
        PersistentVolume => "kubernetes.io/pv-protection",
        _ => null,
    };
}
