using System.Text.Json.Serialization;
using Platform.Api.Meta.V1;

namespace Platform.ControllerManager.Metadata;

/// <summary>An object of any kind, of which only the metadata was asked for.</summary>
internal sealed record ObjectHead
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public HeadMetadata Metadata { get; init; } = new();
}

/// <summary>The few fields of an object's metadata that deletion depends on; everything else is skipped while reading and takes no memory.</summary>
internal sealed record HeadMetadata
{
    public string? Name { get; init; }

    public string? Namespace { get; init; }

    public string? Uid { get; init; }

    public string? ResourceVersion { get; init; }

    public DateTimeOffset? DeletionTimestamp { get; init; }

    public IReadOnlyList<string>? Finalizers { get; init; }

    public IReadOnlyList<OwnerReference>? OwnerReferences { get; init; }
}

/// <summary>A page of a list.</summary>
internal sealed record HeadList
{
    public ListMeta Metadata { get; init; } = new();

    public IReadOnlyList<ObjectHead> Items { get; init; } = [];
}

/// <summary>An event of a watch; for an error the object is a status, whose code is all that matters.</summary>
internal sealed record HeadEvent
{
    public string? Type { get; init; }

    public ObjectHead? Object { get; init; }

    public HeadCause? Cause { get; init; }
}

/// <summary>Trace context of the write that made a change.</summary>
internal sealed record HeadCause
{
    public string? Traceparent { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ObjectHead))]
[JsonSerializable(typeof(HeadList))]
[JsonSerializable(typeof(HeadEvent))]
internal sealed partial class MetadataJson : JsonSerializerContext;
