using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Events.V1;

/// <summary>Something that happened to an object.</summary>
[Resource("events.k8s.io", "v1", "events", "Event", ShortNames = ["ev"])]
public sealed partial record Event : KubernetesObject
{
    /// <summary>When it was first seen.</summary>
    [Proto(2), Required]
    public MicroTime? EventTime { get; set; }

    /// <summary>How often it was seen, where it is one of a series.</summary>
    [Proto(3)]
    public EventSeries? Series { get; set; }

    /// <summary>Name of the controller that reports, such as kubernetes.io/kubelet.</summary>
    [Proto(4)]
    public string? ReportingController { get; set; }

    /// <summary>Which instance of the controller reports, such as the name of its node.</summary>
    [Proto(5)]
    public string? ReportingInstance { get; set; }

    /// <summary>What was done or tried.</summary>
    [Proto(6)]
    public string? Action { get; set; }

    /// <summary>Why, as a word in CamelCase.</summary>
    [Proto(7)]
    public string? Reason { get; set; }

    /// <summary>The object that it is about.</summary>
    [Proto(8)]
    public ObjectReference? Regarding { get; set; }

    /// <summary>A second object that it is about.</summary>
    [Proto(9)]
    public ObjectReference? Related { get; set; }

    /// <summary>Explanation for people, up to 1 KiB.</summary>
    [Proto(10)]
    public string? Note { get; set; }

    /// <summary>Normal or Warning.</summary>
    [Proto(11)]
    public string? Type { get; set; }

    /// <summary>Who reports, in the older form.</summary>
    [Proto(12)]
    public EventSource? DeprecatedSource { get; set; }

    /// <summary>When it was first seen, in the older form.</summary>
    [Proto(13)]
    public DateTimeOffset? DeprecatedFirstTimestamp { get; set; }

    /// <summary>When it was last seen, in the older form.</summary>
    [Proto(14)]
    public DateTimeOffset? DeprecatedLastTimestamp { get; set; }

    /// <summary>How often it was seen, in the older form.</summary>
    [Proto(15)]
    public int? DeprecatedCount { get; set; }
}

/// <summary>Repetitions of an event.</summary>
public sealed partial record EventSeries
{
    /// <summary>How often it was seen.</summary>
    [Proto(1), Required]
    public int? Count { get; set; }

    /// <summary>When it was last seen.</summary>
    [Proto(2), Required]
    public MicroTime? LastObservedTime { get; set; }
}
