namespace Platform.Api.Core.V1;

/// <summary>An identity for processes in pods.</summary>
[Resource("", "v1", "serviceaccounts", "ServiceAccount", ShortNames = ["sa"])]
[Subresource("token", Kind = "TokenRequest", Group = "authentication.k8s.io", Version = "v1", Verbs = ["create"])]
public sealed partial record ServiceAccount : KubernetesObject
{
    /// <summary>Secrets that pods of the account may use. Deprecated.</summary>
    [Proto(2), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<ObjectReference>? Secrets { get; set; }

    /// <summary>Secrets for pulling images, for pods that name none.</summary>
    [Proto(3), ListType("atomic")]
    public IReadOnlyList<LocalObjectReference>? ImagePullSecrets { get; set; }

    /// <summary>Whether pods get the account's token; a pod can say otherwise.</summary>
    [Proto(4)]
    public bool? AutomountServiceAccountToken { get; set; }
}
