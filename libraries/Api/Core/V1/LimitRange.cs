using Platform.Api.Meta.V1;

namespace Platform.Api.Core.V1;

[Resource("", "v1", "limitranges", "LimitRange", ShortNames = ["limits"])]
public sealed partial record LimitRange : KubernetesObject
{
    [Proto(2)]
    public LimitRangeSpec? Spec { get; set; }
}

public sealed partial record LimitRangeItem
{
    [Proto(1), Required]
    public string? Type { get; set; }

    [Proto(2)]
    public IReadOnlyDictionary<string, Quantity>? Max { get; set; }

    [Proto(3)]
    public IReadOnlyDictionary<string, Quantity>? Min { get; set; }

    [Proto(4)]
    public IReadOnlyDictionary<string, Quantity>? Default { get; set; }

    [Proto(5)]
    public IReadOnlyDictionary<string, Quantity>? DefaultRequest { get; set; }

    [Proto(6)]
    public IReadOnlyDictionary<string, Quantity>? MaxLimitRequestRatio { get; set; }
}

public sealed partial record LimitRangeSpec
{
    [Proto(1), Required, ListType("atomic")]
    public IReadOnlyList<LimitRangeItem>? Limits { get; set; }
}
