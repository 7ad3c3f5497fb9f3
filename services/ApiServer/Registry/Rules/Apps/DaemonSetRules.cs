using System.Globalization;
using Platform.Api;
using Platform.Api.Apps.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;
using Platform.ApiServer.Registry.Rules.Core.Pods;

namespace Platform.ApiServer.Registry.Rules.Apps;

/// <summary>
/// Daemon sets. The template's own generation, a field of the API before v1, lives on in an annotation that the server keeps: it rises with every
/// change of the template, and controllers label pods with it.
/// </summary>
internal sealed class DaemonSetRules : ResourceRules<DaemonSet>
{
    private const string TemplateGeneration = "deprecated.daemonset.template.generation";

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Desired", "integer", Description: "Nodes that should run the pod."),
        new("Current", "integer", Description: "Nodes that run it and should."),
        new("Ready", "integer", Description: "Nodes whose pod is ready."),
        new("Up-to-date", "integer", Description: "Nodes whose pod is made from the present template."),
        new("Available", "integer", Description: "Nodes whose pod has been ready long enough."),
        new("Node Selector", Description: "Labels of the nodes that should run the pod."),
        Cells.Age,
        new("Containers", Description: "Names of the template's containers.", Priority: 1),
        new("Images", Description: "Images of the template's containers.", Priority: 1),
        new("Selector", Description: "Labels of the set's pods.", Priority: 1),
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(DaemonSet value)
    {
        var spec = value.Spec ??= new();
        spec.RevisionHistoryLimit ??= 10;
        spec.UpdateStrategy ??= new();
        if (string.IsNullOrEmpty(spec.UpdateStrategy.Type))
            spec.UpdateStrategy.Type = "RollingUpdate";
        if (spec.UpdateStrategy.Type == "RollingUpdate")
        {
            spec.UpdateStrategy.RollingUpdate ??= new();
            spec.UpdateStrategy.RollingUpdate.MaxUnavailable ??= 1;
            spec.UpdateStrategy.RollingUpdate.MaxSurge ??= 0;
        }

        spec.Template = PodSpecDefaults.Of(spec.Template);
    }

    protected override void PrepareForCreate(DaemonSet value)
    {
        value.Status = new() { CurrentNumberScheduled = 0, NumberMisscheduled = 0, DesiredNumberScheduled = 0, NumberReady = 0 };
        value.Metadata.Generation = 1;
        SetTemplateGeneration(value, Math.Max(1, TemplateGenerationOf(value)));
    }

    protected override bool PrepareForUpdate(DaemonSet value, DaemonSet old)
    {
        value.Status = old.Status;
        var generation = TemplateGenerationOf(old);
        SetTemplateGeneration(value, SemanticEquality.Same(value.Spec?.Template, old.Spec?.Template) ? generation : generation + 1);
        return !SemanticEquality.Same(value.Spec, old.Spec);
    }

    protected override void PrepareForStatusUpdate(DaemonSet value, DaemonSet old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> Validate(DaemonSet value)
    {
        var spec = value.Spec!;
        return
        [
            .. spec.Selector is null
                ? [TemplateValidation.NotSelected(spec.Template, "spec")]
                : TemplateValidation.Selects(spec.Selector, spec.Template, "spec", "daemonset"),
            .. TemplateValidation.Template(spec.Template, "spec.template", "DaemonSet"),
            .. TemplateValidation.Count(spec.MinReadySeconds, "spec.minReadySeconds"),
            .. Strategy(spec.UpdateStrategy!, "spec.updateStrategy"),
            .. TemplateValidation.Count(spec.RevisionHistoryLimit, "spec.revisionHistoryLimit"),
        ];
    }

    protected override IEnumerable<FieldError> ValidateUpdate(DaemonSet value, DaemonSet old)
    {
        if (!SemanticEquality.Same(value.Spec?.Selector, old.Spec?.Selector))
            yield return FieldError.Invalid("spec.selector", value.Spec?.Selector, "field is immutable");
    }

    protected override IEnumerable<FieldError> ValidateStatusUpdate(DaemonSet value, DaemonSet old)
    {
        var status = value.Status ?? new();
        (long? Count, string Field)[] counts =
        [
            (status.CurrentNumberScheduled, "currentNumberScheduled"), (status.NumberMisscheduled, "numberMisscheduled"),
            (status.DesiredNumberScheduled, "desiredNumberScheduled"), (status.NumberReady, "numberReady"),
            (status.ObservedGeneration, "observedGeneration"), (status.UpdatedNumberScheduled, "updatedNumberScheduled"),
            (status.NumberAvailable, "numberAvailable"), (status.NumberUnavailable, "numberUnavailable"), (status.CollisionCount, "collisionCount"),
        ];
        foreach (var error in counts.SelectMany(c => TemplateValidation.Count(c.Count, $"status.{c.Field}")))
            yield return error;
        if ((status.CollisionCount ?? 0) < (old.Status?.CollisionCount ?? 0))
            yield return FieldError.Invalid("status.collisionCount", status.CollisionCount ?? 0, "cannot be decremented");
    }

    protected override IEnumerable<string> Warnings(DaemonSet value) => PodWarnings.Of(value.Spec?.Template, "spec.template");

    protected override object?[] Row(DaemonSet value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        value.Status?.DesiredNumberScheduled ?? 0,
        value.Status?.CurrentNumberScheduled ?? 0,
        value.Status?.NumberReady ?? 0,
        value.Status?.UpdatedNumberScheduled ?? 0,
        value.Status?.NumberAvailable ?? 0,
        Cells.Labels(value.Spec?.Template?.Spec?.NodeSelector),
        Cells.Since(value.Metadata.CreationTimestamp, now),
        Cells.ContainerNames(value.Spec?.Template?.Spec),
        Cells.Images(value.Spec?.Template?.Spec),
        Cells.Selector(value.Spec?.Selector),
    ];

    private static IEnumerable<FieldError> Strategy(DaemonSetUpdateStrategy strategy, string path)
    {
        if (strategy.Type is not ("RollingUpdate" or "OnDelete"))
            yield return FieldError.NotSupported(path, strategy, ["OnDelete", "RollingUpdate"]);
        if (strategy.Type != "RollingUpdate")
            yield break;
        var rolling = strategy.RollingUpdate!;
        foreach (var (value, field) in new[] { (rolling.MaxUnavailable, "maxUnavailable"), (rolling.MaxSurge, "maxSurge") })
        {
            foreach (var error in TemplateValidation.IntOrPercent(value, $"{path}.rollingUpdate.{field}"))
                yield return error;
        }

        foreach (var (value, field) in new[] { (rolling.MaxUnavailable, "maxUnavailable"), (rolling.MaxSurge, "maxSurge") })
        {
            foreach (var error in TemplateValidation.AtMostAll(value, $"{path}.rollingUpdate.{field}"))
                yield return error;
        }

        var (unavailable, surge) = (IsSome(rolling.MaxUnavailable), IsSome(rolling.MaxSurge));
        if (unavailable && surge)
            yield return FieldError.Invalid($"{path}.rollingUpdate.maxSurge", rolling.MaxSurge, "may not be set when maxUnavailable is non-zero");
        else if (!unavailable && !surge)
            yield return FieldError.Required($"{path}.rollingUpdate.maxUnavailable", "cannot be 0 when maxSurge is 0");
    }

    private static bool IsSome(IntOrString? value) => value?.Scale(100, roundUp: true) is not (null or 0);

    private static long TemplateGenerationOf(DaemonSet value) =>
        value.Metadata.Annotations?.GetValueOrDefault(TemplateGeneration) is { } text
        && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var generation) ? generation : 0;

    private static void SetTemplateGeneration(DaemonSet value, long generation) =>
        value.Metadata.Annotations = new Dictionary<string, string>(value.Metadata.Annotations ?? new Dictionary<string, string>(), StringComparer.Ordinal)
        {
            [TemplateGeneration] = generation.ToString(CultureInfo.InvariantCulture),
        };
}
