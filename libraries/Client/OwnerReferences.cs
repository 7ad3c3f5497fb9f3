using Platform.Api;
using Platform.Api.Meta.V1;

namespace Platform.Client;

/// <summary>Who owns an object. At most one owner is its controller, the one that may change and delete it.</summary>
public static class OwnerReferences
{
    /// <summary>The reference to the object's controller, or null.</summary>
    public static OwnerReference? ControllerOf(KubernetesObject value)
    {
        if (value.Metadata.OwnerReferences is not { } owners)
            return null;
        foreach (var owner in owners)
        {
            if (owner.Controller == true)
                return owner;
        }
        return null;
    }

    /// <summary>Whether the owner controls the object. The uid decides: an owner of the same name made anew is another one.</summary>
    public static bool IsControlledBy(KubernetesObject value, KubernetesObject owner) =>
        ControllerOf(value)?.Uid is { } uid && uid == owner.Metadata.Uid;

    /// <summary>A reference that makes an object controlled by the owner, and keeps the owner from going first in a foreground deletion.</summary>
    public static OwnerReference Controller<T>(T owner)
        where T : KubernetesObject =>
        new()
        {
            ApiVersion = ResourcePath<T>.ApiVersion,
            Kind = ResourcePath<T>.Resource.Kind,
            Name = owner.Metadata.Name,
            Uid = owner.Metadata.Uid,
            Controller = true,
            BlockOwnerDeletion = true,
        };
}
