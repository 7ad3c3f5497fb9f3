namespace Platform.Api.Scheduling.V1;

[Resource("scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", Scope = ResourceScope.Cluster, ShortNames = ["pc"])]
public sealed partial record PriorityClass : KubernetesObject
{
    [Proto(2), Required]
    public int? Value { get; set; }

    [Proto(3)]
    public bool? GlobalDefault { get; set; }

    [Proto(4)]
    public string? Description { get; set; }

    [Proto(5)]
    public string? PreemptionPolicy { get; set; }
}
