using Platform.ApiServer.Registry.Versions;
using CoreEvent = Platform.Api.Core.V1.Event;
using Event = Platform.Api.Events.V1.Event;

namespace Platform.ApiServer.Registry.Rules.Events;

/// <summary>An event is one stored object in two shapes: <c>v1</c>, in which it is stored, and <c>events.k8s.io/v1</c>, which names some fields otherwise.</summary>
internal static class EventConversion
{
    public static readonly IObjectConversion Instance = new TypedConversion<CoreEvent, Event>(ToCore, FromCore);

    public static CoreEvent ToCore(Event value) => new()
    {
        Metadata = value.Metadata,
        InvolvedObject = value.Regarding,
        Reason = value.Reason,
        Message = value.Note,
        Source = value.DeprecatedSource,
        FirstTimestamp = value.DeprecatedFirstTimestamp,
        LastTimestamp = value.DeprecatedLastTimestamp,
        Count = value.DeprecatedCount,
        Type = value.Type,
        EventTime = value.EventTime,
        Series = value.Series is { } series ? new() { Count = series.Count, LastObservedTime = series.LastObservedTime } : null,
        Action = value.Action,
        Related = value.Related,
        ReportingComponent = value.ReportingController,
        ReportingInstance = value.ReportingInstance,
    };

    public static Event FromCore(CoreEvent value) => new()
    {
        Metadata = value.Metadata,
        EventTime = value.EventTime,
        Series = value.Series is { } series ? new() { Count = series.Count, LastObservedTime = series.LastObservedTime } : null,
        ReportingController = value.ReportingComponent,
        ReportingInstance = value.ReportingInstance,
        Action = value.Action,
        Reason = value.Reason,
        Regarding = value.InvolvedObject,
        Related = value.Related,
        Note = value.Message,
        Type = value.Type,
        DeprecatedSource = value.Source,
        DeprecatedFirstTimestamp = value.FirstTimestamp,
        DeprecatedLastTimestamp = value.LastTimestamp,
        DeprecatedCount = value.Count,
    };
}
