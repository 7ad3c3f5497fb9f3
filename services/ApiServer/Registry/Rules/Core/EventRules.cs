using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>Events.</summary>
internal sealed class EventRules : ResourceRules<Event>
{
    public override bool AllowsCreateOnUpdate => true;

    /// <summary>An event is updated when it happens again.</summary>
    public override bool IsMinorUpdate(KubernetesObject value, KubernetesObject old) => true;

    private static readonly SelectableField[] Fields =
    [
        new("involvedObject.kind"),
        new("involvedObject.namespace"),
        new("involvedObject.name"),
        new("involvedObject.uid"),
        new("involvedObject.apiVersion"),
        new("involvedObject.resourceVersion"),
        new("involvedObject.fieldPath"),
        new("reason"),
        new("reportingComponent"),
        new("source") { Paths = ["source.component", "reportingComponent"] },
        new("type"),
    ];

    public override IReadOnlyList<SelectableField> SelectableFields => Fields;

    public override DependentsPolicy DependentsPolicy => DependentsPolicy.Unsupported;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        new("Last Seen", Description: "Time since the event happened last."),
        new("Type", Description: "Normal or Warning."),
        new("Reason", Description: "Why it happened, in a word."),
        new("Object", Description: "What it happened to."),
        new("Subobject", Description: "Part of that object.", Priority: 1),
        new("Source", Description: "Who reported it.", Priority: 1),
        new("Message", Description: "What happened."),
        new("First Seen", Description: "Time since the event happened first.", Priority: 1),
        new("Count", Description: "How often it happened.", Priority: 1),
        Cells.Name with { Priority = 1 },
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override IEnumerable<FieldError> Validate(Event value) => EventValidation.Validate(value, "reportingComponent");

    protected override object?[] Row(Event value, DateTimeOffset now)
    {
        var first = value.FirstTimestamp ?? value.EventTime?.Value;
        var last = value.Series?.LastObservedTime?.Value ?? value.LastTimestamp ?? first;
        var target = value.InvolvedObject;
        var kind = (target?.Kind ?? "").ToLowerInvariant();
        return
        [
            Cells.Since(last, now),
            value.Type,
            value.Reason,
            string.IsNullOrEmpty(target?.Name) ? kind : $"{kind}/{target.Name}",
            target?.FieldPath ?? "",
            Source(value),
            (value.Message ?? "").Trim(),
            Cells.Since(first, now),
            value.Series?.Count ?? (value.Count is null or 0 ? 1 : value.Count),
            value.Metadata.Name,
        ];
    }

    private static string Source(Event value)
    {
        var (component, host) = (value.Source?.Component, value.Source?.Host);
        if (string.IsNullOrEmpty(component))
            (component, host) = (value.ReportingComponent ?? "", value.ReportingInstance);
        return string.IsNullOrEmpty(host) ? component : $"{component}, {host}";
    }
}
