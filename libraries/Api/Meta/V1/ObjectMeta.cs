using System.Text.Json;

namespace Platform.Api.Meta.V1;

/// <summary>ManagedFieldsEntry.</summary>
public sealed partial record ManagedFieldsEntry
{
    /// <summary>apiVersion.</summary>
    [Proto(3)]
    public string? ApiVersion { get; set; }

    /// <summary>manager.</summary>
    [Proto(1)]
    public string? Manager { get; set; }

    /// <summary>operation.</summary>
    [Proto(2)]
    public string? Operation { get; set; }

    /// <summary>time.</summary>
    [Proto(4)]
    public DateTimeOffset? Time { get; set; }

    /// <summary>fieldsType.</summary>
    [Proto(6)]
    public string? FieldsType { get; set; }

    /// <summary>fieldsV1.</summary>
    [Proto(7)]
    public JsonElement? FieldsV1 { get; set; }

    /// <summary>subresource.</summary>
    [Proto(8)]
    public string? Subresource { get; set; }
}

/// <summary>ObjectMeta.</summary>
public sealed partial record ObjectMeta
{
    /// <summary>name.</summary>
    [Proto(1)]
    public string? Name { get; set; }

    /// <summary>generateName.</summary>
    [Proto(2)]
    public string? GenerateName { get; set; }

    /// <summary>namespace.</summary>
    [Proto(3)]
    public string? Namespace { get; set; }

    /// <summary>selfLink.</summary>
    [Proto(4)]
    public string? SelfLink { get; set; }

    /// <summary>uid.</summary>
    [Proto(5)]
    public string? Uid { get; set; }

    /// <summary>resourceVersion.</summary>
    [Proto(6)]
    public string? ResourceVersion { get; set; }

    /// <summary>generation.</summary>
    [Proto(7)]
    public long? Generation { get; set; }

    /// <summary>creationTimestamp.</summary>
    [Proto(8)]
    public DateTimeOffset? CreationTimestamp { get; set; }

    /// <summary>deletionTimestamp.</summary>
    [Proto(9)]
    public DateTimeOffset? DeletionTimestamp { get; set; }

    /// <summary>deletionGracePeriodSeconds.</summary>
    [Proto(10)]
    public long? DeletionGracePeriodSeconds { get; set; }

    /// <summary>labels.</summary>
    [Proto(11)]
    public IReadOnlyDictionary<string, string>? Labels { get; set; }

    /// <summary>annotations.</summary>
    [Proto(12)]
    public IReadOnlyDictionary<string, string>? Annotations { get; set; }

    /// <summary>ownerReferences.</summary>
    [Proto(13), ListType("map", "uid"), PatchStrategy("merge", "uid")]
    public IReadOnlyList<OwnerReference>? OwnerReferences { get; set; }

    /// <summary>finalizers.</summary>
    [Proto(14), ListType("set"), PatchStrategy("merge")]
    public IReadOnlyList<string>? Finalizers { get; set; }

    /// <summary>managedFields.</summary>
    [Proto(17), ListType("atomic")]
    public IReadOnlyList<ManagedFieldsEntry>? ManagedFields { get; set; }
}

/// <summary>OwnerReference.</summary>
[MapType("atomic")]
public sealed partial record OwnerReference
{
    /// <summary>kind.</summary>
    [Proto(1), Required]
    public string? Kind { get; set; }

    /// <summary>apiVersion.</summary>
    [Proto(5), Required]
    public string? ApiVersion { get; set; }

    /// <summary>name.</summary>
    [Proto(3), Required]
    public string? Name { get; set; }

    /// <summary>uid.</summary>
    [Proto(4), Required]
    public string? Uid { get; set; }

    /// <summary>controller.</summary>
    [Proto(6)]
    public bool? Controller { get; set; }

    /// <summary>blockOwnerDeletion.</summary>
    [Proto(7)]
    public bool? BlockOwnerDeletion { get; set; }
}
