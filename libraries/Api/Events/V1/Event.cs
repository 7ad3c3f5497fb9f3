using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.Api.Events.V1;

[Resource("events.k8s.io", "v1", "events", "Event", ShortNames = ["ev"])]
public sealed partial record Event : KubernetesObject
{
    [Proto(2), Required]
    public MicroTime? EventTime { get; set; }

    [Proto(3)]
    public EventSeries? Series { get; set; }

    [Proto(4)]
    public string? ReportingController { get; set; }

    [Proto(5)]
    public string? ReportingInstance { get; set; }

    [Proto(6)]
    public string? Action { get; set; }

    [Proto(7)]
    public string? Reason { get; set; }

    [Proto(8)]
    public ObjectReference? Regarding { get; set; }

    [Proto(9)]
    public ObjectReference? Related { get; set; }

    [Proto(10)]
    public string? Note { get; set; }

    [Proto(11)]
    public string? Type { get; set; }

    [Proto(12)]
    public EventSource? DeprecatedSource { get; set; }

    [Proto(13)]
    public DateTimeOffset? DeprecatedFirstTimestamp { get; set; }

    [Proto(14)]
    public DateTimeOffset? DeprecatedLastTimestamp { get; set; }

    [Proto(15)]
    public int? DeprecatedCount { get; set; }
}

public sealed partial record EventSeries
{
    [Proto(1), Required]
    public int? Count { get; set; }

    [Proto(2), Required]
    public MicroTime? LastObservedTime { get; set; }
}
