using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Storage.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission;

/// <summary>Gives claims that name no storage class the cluster's default one; of several defaults the newest.</summary>
internal sealed class DefaultStorageClass(IObjectReader reader) : IAdmissionPlugin
{
    private const string IsDefault = "storageclass.kubernetes.io/is-default-class";
    private const string WasDefault = "storageclass.beta.kubernetes.io/is-default-class";
    private const string OldName = "volume.beta.kubernetes.io/storage-class";

    public string Name => "DefaultStorageClass";

    public ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request is not { Operation: "CREATE", Info.Subresource: "", Object: PersistentVolumeClaim { Spec: { StorageClassName: null } spec } claim })
            return ValueTask.CompletedTask;
        if (claim.Metadata.Annotations?.ContainsKey(OldName) == true)
            return ValueTask.CompletedTask;
        var found = reader.List<StorageClass>()
            .Where(c => c.Metadata.Annotations?.GetValueOrDefault(IsDefault) == "true" || c.Metadata.Annotations?.GetValueOrDefault(WasDefault) == "true")
            .OrderByDescending(c => c.Metadata.CreationTimestamp).ThenBy(c => c.Metadata.Name, StringComparer.Ordinal).FirstOrDefault();
        if (found is not null)
            claim.Spec = spec with { StorageClassName = found.Metadata.Name };
        return ValueTask.CompletedTask;
    }
}

/// <summary>Lets a claim ask for more only where its storage class says that volumes can grow.</summary>
internal sealed class PersistentVolumeClaimResize(IObjectReader reader) : IAdmissionPlugin
{
    public string Name => "PersistentVolumeClaimResize";

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request is not { Operation: "UPDATE", Info.Subresource: "", Object: PersistentVolumeClaim claim, OldObject: PersistentVolumeClaim old })
            return ValueTask.CompletedTask;
        if (Size(claim) <= Size(old))
            return ValueTask.CompletedTask;
        if (old.Status?.Phase != "Bound")
            throw ApiErrors.Forbidden("", "persistentvolumeclaims", claim.Metadata.Name ?? "", "Only bound persistent volume claims can be expanded");
        if (claim.Spec?.StorageClassName is not { Length: > 0 } name || reader.Find<StorageClass>(null, name)?.AllowVolumeExpansion != true)
            throw ApiErrors.Forbidden("", "persistentvolumeclaims", claim.Metadata.Name ?? "",
                "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize");
        return ValueTask.CompletedTask;
    }

    private static Platform.Api.Quantity Size(PersistentVolumeClaim claim) =>
        claim.Spec?.Resources?.Requests?.TryGetValue("storage", out var size) == true ? size : Platform.Api.Quantity.Zero;
}
