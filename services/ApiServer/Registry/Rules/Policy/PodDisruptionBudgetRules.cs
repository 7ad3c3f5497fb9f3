using Platform.Api.Errors;
using Platform.Api.Policy.V1;
using Platform.Api.Validation;
using Platform.ApiServer.Registry.Rules.Core.Pods;

namespace Platform.ApiServer.Registry.Rules.Policy;

/// <summary>Disruption budgets. An update must name the version it changes: the eviction of pods counts in the status.</summary>
internal sealed class PodDisruptionBudgetRules : ResourceRules<PodDisruptionBudget>
{
    public override bool AllowsUnconditionalUpdate => false;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Min Available", Description: "Pods that must stay available."),
        new("Max Unavailable", Description: "Pods that may be unavailable."),
        new("Allowed Disruptions", "integer", Description: "Pods that may be disrupted now."),
        Cells.Age,
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(PodDisruptionBudget value) => value.Spec ??= new();

    protected override void PrepareForCreate(PodDisruptionBudget value)
    {
        value.Status = Nothing();
        value.Metadata.Generation = 1;
    }

    protected override bool PrepareForUpdate(PodDisruptionBudget value, PodDisruptionBudget old)
    {
        value.Status = old.Status;
        return !SemanticEquality.Same(value.Spec, old.Spec);
    }

    protected override void PrepareForStatusUpdate(PodDisruptionBudget value, PodDisruptionBudget old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> Validate(PodDisruptionBudget value)
    {
        var spec = value.Spec!;
        if (spec.MinAvailable is not null && spec.MaxUnavailable is not null)
            yield return FieldError.Invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set");
        foreach (var (amount, path) in new[] { (spec.MinAvailable, "spec.minAvailable"), (spec.MaxUnavailable, "spec.maxUnavailable") })
        {
            foreach (var error in TemplateValidation.IntOrPercent(amount, path).Concat(TemplateValidation.AtMostAll(amount, path)))
                yield return error;
        }

        if (spec.UnhealthyPodEvictionPolicy is { } policy and not ("AlwaysAllow" or "IfHealthyBudget"))
            yield return FieldError.NotSupported("spec.unhealthyPodEvictionPolicy", policy, ["AlwaysAllow", "IfHealthyBudget"]);
        foreach (var error in LabelSelectorValidation.Validate(spec.Selector, "spec.selector"))
            yield return error;
    }

    protected override IEnumerable<FieldError> ValidateStatusUpdate(PodDisruptionBudget value, PodDisruptionBudget old)
    {
        var status = value.Status ?? new();
        return
        [
            .. ConditionValidation.Validate(status.Conditions, "status.conditions"),
            .. TemplateValidation.Count(status.DisruptionsAllowed, "status.disruptionsAllowed"),
            .. TemplateValidation.Count(status.CurrentHealthy, "status.currentHealthy"),
            .. TemplateValidation.Count(status.DesiredHealthy, "status.desiredHealthy"),
            .. TemplateValidation.Count(status.ExpectedPods, "status.expectedPods"),
        ];
    }

    protected override object?[] Row(PodDisruptionBudget value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        value.Spec?.MinAvailable?.ToString() ?? "N/A",
        value.Spec?.MaxUnavailable?.ToString() ?? "N/A",
        value.Status?.DisruptionsAllowed ?? 0,
        Cells.Since(value.Metadata.CreationTimestamp, now),
    ];

    private static PodDisruptionBudgetStatus Nothing() => new() { DisruptionsAllowed = 0, CurrentHealthy = 0, DesiredHealthy = 0, ExpectedPods = 0 };
}
