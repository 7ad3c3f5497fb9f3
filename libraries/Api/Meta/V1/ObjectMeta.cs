using System.Text.Json;
using Platform.Api.Schema;

namespace Platform.Api.Meta.V1;

/// <summary>Fields that one manager set through one operation.</summary>
public sealed partial record ManagedFieldsEntry
{
    /// <summary>Version of the kind in which the fields are named.</summary>
    [Proto(3)]
    public string? ApiVersion { get; set; }

    /// <summary>Name of the actor.</summary>
    [Proto(1)]
    public string? Manager { get; set; }

    /// <summary>Apply or Update.</summary>
    [Proto(2)]
    public string? Operation { get; set; }

    /// <summary>When the fields were last changed by this manager.</summary>
    [Proto(4)]
    public DateTimeOffset? Time { get; set; }

    /// <summary>Form of the field set; the only one is FieldsV1.</summary>
    [Proto(6)]
    public string? FieldsType { get; set; }

    /// <summary>The set of fields.</summary>
    [Proto(7), PublishedAs(SchemaName.FieldsV1)]
    public JsonElement? FieldsV1 { get; set; }

    /// <summary>Subresource through which the fields were set; empty for the object itself.</summary>
    [Proto(8)]
    public string? Subresource { get; set; }
}

/// <summary>Metadata that every stored object has.</summary>
public sealed partial record ObjectMeta
{
    /// <summary>Name of the object, unique among its kind in the namespace; cannot be changed.</summary>
    [Proto(1)]
    public string? Name { get; set; }

    /// <summary>Prefix from which the server makes a unique name where none is given.</summary>
    [Proto(2)]
    public string? GenerateName { get; set; }

    /// <summary>Namespace that the object lives in; cannot be changed.</summary>
    [Proto(3)]
    public string? Namespace { get; set; }

    /// <summary>Former path of the object; no longer filled in.</summary>
    [Proto(4)]
    public string? SelfLink { get; set; }

    /// <summary>Identity of the object in time and space, given by the server at creation.</summary>
    [Proto(5)]
    public string? Uid { get; set; }

    /// <summary>Version of the object, which changes with every write; compare it for equality only.</summary>
    [Proto(6)]
    public string? ResourceVersion { get; set; }

    /// <summary>Counts the changes of the desired state.</summary>
    [Proto(7)]
    public long? Generation { get; set; }

    /// <summary>When the server created the object.</summary>
    [Proto(8)]
    public DateTimeOffset? CreationTimestamp { get; set; }

    /// <summary>When the object is to be gone; set by the server when a deletion must wait.</summary>
    [Proto(9)]
    public DateTimeOffset? DeletionTimestamp { get; set; }

    /// <summary>How long the object may take to end once its deletion was asked for, in seconds.</summary>
    [Proto(10)]
    public long? DeletionGracePeriodSeconds { get; set; }

    /// <summary>Keys and values by which objects are grouped and selected.</summary>
    [Proto(11)]
    public IReadOnlyDictionary<string, string>? Labels { get; set; }

    /// <summary>Keys and values that tools keep with the object; not for selection.</summary>
    [Proto(12)]
    public IReadOnlyDictionary<string, string>? Annotations { get; set; }

    /// <summary>Objects that this one depends on; when all are gone, it is collected.</summary>
    [Proto(13), ListType("map", "uid"), PatchStrategy("merge", "uid")]
    public IReadOnlyList<OwnerReference>? OwnerReferences { get; set; }

    /// <summary>Who must still act before the object is removed.</summary>
    [Proto(14), ListType("set"), PatchStrategy("merge")]
    public IReadOnlyList<string>? Finalizers { get; set; }

    /// <summary>Who manages which fields, as server-side apply records it.</summary>
    [Proto(17), ListType("atomic")]
    public IReadOnlyList<ManagedFieldsEntry>? ManagedFields { get; set; }
}

/// <summary>Names an object that another one depends on.</summary>
[MapType("atomic")]
public sealed partial record OwnerReference
{
    /// <summary>Kind of the owner.</summary>
    [Proto(1), Required]
    public string? Kind { get; set; }

    /// <summary>Group and version of the owner.</summary>
    [Proto(5), Required]
    public string? ApiVersion { get; set; }

    /// <summary>Name of the owner.</summary>
    [Proto(3), Required]
    public string? Name { get; set; }

    /// <summary>Identity of the owner.</summary>
    [Proto(4), Required]
    public string? Uid { get; set; }

    /// <summary>Whether the owner is the one that manages this object.</summary>
    [Proto(6)]
    public bool? Controller { get; set; }

    /// <summary>Whether foreground deletion of the owner waits for this object.</summary>
    [Proto(7)]
    public bool? BlockOwnerDeletion { get; set; }
}
