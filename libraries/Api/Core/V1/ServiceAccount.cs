namespace Platform.Api.Core.V1;

/// <summary>An identity for processes in pods.</summary>
[Resource("", "v1", "serviceaccounts", "ServiceAccount", ShortNames = ["sa"])]
[Subresource("token", Kind = "TokenRequest", Group = "authentication.k8s.io", Version = "v1", Verbs = ["create"])]
public sealed partial record ServiceAccount : KubernetesObject
{
    [Proto(2), ListType("map", "name"), PatchStrategy("merge", "name")]
    public IReadOnlyList<ObjectReference>? Secrets { get; set; }

    [Proto(3), ListType("atomic")]
    public IReadOnlyList<LocalObjectReference>? ImagePullSecrets { get; set; }

    [Proto(4)]
    public bool? AutomountServiceAccountToken { get; set; }
}
