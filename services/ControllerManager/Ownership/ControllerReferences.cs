using Platform.Api;
using Platform.Api.Meta.V1;

namespace Platform.ControllerManager.Ownership;

/// <summary>The one owner reference of an object that says which controller manages it.</summary>
internal static class ControllerReferences
{
    public static OwnerReference? ControllerOf(KubernetesObject value) =>
        value.Metadata.OwnerReferences?.FirstOrDefault(o => o.Controller == true);

    public static bool IsControlledBy(KubernetesObject value, string uid) => ControllerOf(value)?.Uid == uid;

    /// <summary>A reference that makes <paramref name="owner"/> the controller, and keeps it until the dependent is gone in a foreground deletion.</summary>
    public static OwnerReference To(KubernetesObject owner, string apiVersion, string kind) => new()
    {
        ApiVersion = apiVersion,
        Kind = kind,
        Name = owner.Metadata.Name,
        Uid = owner.Metadata.Uid,
        Controller = true,
        BlockOwnerDeletion = true,
    };
}
