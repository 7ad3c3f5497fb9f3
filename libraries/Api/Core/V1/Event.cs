namespace Platform.Api.Core.V1;

/// <summary>A report of something that happened to an object.</summary>
[Required]
[Resource("", "v1", "events", "Event", ShortNames = ["ev"])]
public sealed partial record Event : KubernetesObject
{
    /// <summary>Object that it happened to.</summary>
    [Proto(2), Required]
    public ObjectReference? InvolvedObject { get; set; }

    /// <summary>Why, in one word.</summary>
    [Proto(3)]
    public string? Reason { get; set; }

    /// <summary>What happened, in words for people.</summary>
    [Proto(4)]
    public string? Message { get; set; }

    /// <summary>Who reported it.</summary>
    [Proto(5)]
    public EventSource? Source { get; set; }

    /// <summary>When it happened first.</summary>
    [Proto(6)]
    public DateTimeOffset? FirstTimestamp { get; set; }

    /// <summary>When it happened last.</summary>
    [Proto(7)]
    public DateTimeOffset? LastTimestamp { get; set; }

    /// <summary>How often it happened.</summary>
    [Proto(8)]
    public int? Count { get; set; }

    /// <summary>Normal or Warning.</summary>
    [Proto(9)]
    public string? Type { get; set; }

    /// <summary>When the event was first seen.</summary>
    [Proto(10)]
    public MicroTime? EventTime { get; set; }

    /// <summary>How often it was seen, where it is one of a series.</summary>
    [Proto(11)]
    public EventSeries? Series { get; set; }

    /// <summary>What was done or tried.</summary>
    [Proto(12)]
    public string? Action { get; set; }

    /// <summary>A second object that it is about.</summary>
    [Proto(13)]
    public ObjectReference? Related { get; set; }

    /// <summary>Name of the controller that reports, such as kubernetes.io/kubelet.</summary>
    [Proto(14), Default("")]
    public string? ReportingComponent { get; set; }

    /// <summary>Which instance of the controller reports, such as the name of its node.</summary>
    [Proto(15), Default("")]
    public string? ReportingInstance { get; set; }
}

/// <summary>Repetitions of an event.</summary>
public sealed partial record EventSeries
{
    /// <summary>How often it was seen.</summary>
    [Proto(1)]
    public int? Count { get; set; }

    /// <summary>When it was last seen.</summary>
    [Proto(2)]
    public MicroTime? LastObservedTime { get; set; }
}

/// <summary>Who reports an event.</summary>
public sealed partial record EventSource
{
    /// <summary>Component, such as kubelet.</summary>
    [Proto(1)]
    public string? Component { get; set; }

    /// <summary>Host name or address to connect to; the pod's own address when empty.</summary>
    [Proto(2)]
    public string? Host { get; set; }
}
