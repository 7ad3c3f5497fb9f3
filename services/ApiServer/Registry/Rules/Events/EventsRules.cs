using Platform.Api.Errors;
using Platform.ApiServer.Registry.Rules.Core;
using Platform.ApiServer.Registry.Versions;
using CoreEvent = Platform.Api.Core.V1.Event;
using Event = Platform.Api.Events.V1.Event;

namespace Platform.ApiServer.Registry.Rules.Events;

/// <summary>Events of <c>events.k8s.io/v1</c>: stricter than those of <c>v1</c>, and only their series may change.</summary>
internal sealed class EventsRules(EventRules core) : ConvertedRules<Event, CoreEvent>(core)
{
    /// <summary>Least number of events that are a series.</summary>
    private const int LeastSeries = 2;

    public override DependentsPolicy DependentsPolicy => DependentsPolicy.Unsupported;

    public override IReadOnlyList<SelectableField> SelectableFields { get; } =
    [
        new("regarding.kind") { StoredName = "involvedObject.kind" },
        new("regarding.namespace") { StoredName = "involvedObject.namespace" },
        new("regarding.name") { StoredName = "involvedObject.name" },
        new("regarding.uid") { StoredName = "involvedObject.uid" },
        new("regarding.apiVersion") { StoredName = "involvedObject.apiVersion" },
        new("regarding.resourceVersion") { StoredName = "involvedObject.resourceVersion" },
        new("regarding.fieldPath") { StoredName = "involvedObject.fieldPath" },
        new("reportingController") { StoredName = "reportingComponent" },
        new("reason"),
        new("source") { Paths = ["deprecatedSource.component", "reportingController"] },
        new("type"),
    ];

    protected override CoreEvent ToStorage(Event value) => EventConversion.ToCore(value);

    protected override Event FromStorage(CoreEvent value) => EventConversion.FromCore(value);

    // Defaults and preparation of core events touch nothing.
    protected override void Default(Event value)
    {
    }

    protected override void PrepareForCreate(Event value)
    {
    }

    protected override bool PrepareForUpdate(Event value, Event old) => false;

    protected override void Take(Event value, Event from)
    {
    }

    protected override IEnumerable<FieldError> Validate(Event value) => EventValidation.Validate(ToStorage(value), "reportingController");

    protected override IEnumerable<FieldError> ValidateCreate(Event value)
    {
        foreach (var error in Series(value))
            yield return error;
        if (value.EventTime is null)
            yield return FieldError.Required("eventTime");
        if (value.Type is not ("Normal" or "Warning"))
            yield return FieldError.Invalid("type", "", $"has invalid value: {value.Type}");
        if (value.DeprecatedFirstTimestamp is not null)
            yield return FieldError.Invalid("firstTimestamp", "", "needs to be unset");
        if (value.DeprecatedLastTimestamp is not null)
            yield return FieldError.Invalid("lastTimestamp", "", "needs to be unset");
        if ((value.DeprecatedCount ?? 0) != 0)
            yield return FieldError.Invalid("count", "", "needs to be unset");
        if (value.DeprecatedSource is { } source && (!string.IsNullOrEmpty(source.Component) || !string.IsNullOrEmpty(source.Host)))
            yield return FieldError.Invalid("source", "", "needs to be unset");
    }

    protected override IEnumerable<FieldError> ValidateUpdate(Event value, Event old)
    {
        if (!SemanticEquality.Same(value.Series, old.Series))
        {
            foreach (var error in Series(value))
                yield return error;
        }
        var fields = new (string Name, object? Now, object? Before)[]
        {
            ("involvedObject", value.Regarding, old.Regarding),
            ("reason", value.Reason, old.Reason),
            ("message", value.Note, old.Note),
            ("source", value.DeprecatedSource, old.DeprecatedSource),
            ("firstTimestamp", value.DeprecatedFirstTimestamp, old.DeprecatedFirstTimestamp),
            ("lastTimestamp", value.DeprecatedLastTimestamp, old.DeprecatedLastTimestamp),
            ("count", value.DeprecatedCount, old.DeprecatedCount),
            ("type", value.Type, old.Type),
            ("eventTime", value.EventTime?.ToString(), old.EventTime?.ToString()),
            ("action", value.Action, old.Action),
            ("related", value.Related, old.Related),
            ("reportingController", value.ReportingController, old.ReportingController),
            ("reportingInstance", value.ReportingInstance, old.ReportingInstance),
        };
        foreach (var (name, now, before) in fields)
        {
            if (!Immutable.Same(now, before))
                yield return FieldError.Invalid(name, now, Immutable.Message);
        }
    }

    private static IEnumerable<FieldError> Series(Event value)
    {
        if (value.Series is not { } series)
            yield break;
        if ((series.Count ?? 0) < LeastSeries)
            yield return FieldError.Invalid("series.count", "", "should be at least 2");
        if (series.LastObservedTime is null)
            yield return FieldError.Required("series.lastObservedTime");
    }
}
