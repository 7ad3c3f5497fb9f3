using Platform.Api.Errors;
using Platform.Api.FlowControl.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.FlowControl;

/// <summary>Flow schemas: which requests share a priority level, and what tells their flows apart.</summary>
internal sealed class FlowSchemaRules : ResourceRules<FlowSchema>
{
    public const string Exempt = "exempt";

    private const int DefaultPrecedence = 1000;
    private const int MostPrecedence = 10000;

    private static readonly string[] Distinguishers = ["ByNamespace", "ByUser"];

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("PriorityLevel", Description: "Level of the schema's requests."),
        new("MatchingPrecedence", Description: "Of several schemas that match, the one with the least counts."),
        new("DistinguisherMethod", Description: "What tells flows apart."),
        Cells.Age,
        new("MissingPL", Description: "Whether the level does not exist."),
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(FlowSchema value)
    {
        var spec = value.Spec ??= new();
        if (spec.MatchingPrecedence is null or 0)
            spec.MatchingPrecedence = DefaultPrecedence;
    }

    protected override void PrepareForCreate(FlowSchema value)
    {
        value.Metadata.Generation = 1;
        value.Status = new();
    }

    protected override bool PrepareForUpdate(FlowSchema value, FlowSchema old)
    {
        value.Status = old.Status;
        return !SemanticEquality.Same(value.Spec, old.Spec);
    }

    protected override void PrepareForStatusUpdate(FlowSchema value, FlowSchema old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> Validate(FlowSchema value)
    {
        var spec = value.Spec ?? new();
        const string precedence = "spec.matchingPrecedence";
        if (spec.MatchingPrecedence <= 0)
            yield return FieldError.Invalid(precedence, spec.MatchingPrecedence, "must be a positive value");
        if (spec.MatchingPrecedence > MostPrecedence)
            yield return FieldError.Invalid(precedence, spec.MatchingPrecedence, $"must not be greater than {MostPrecedence}");
        if (spec.MatchingPrecedence == 1 && value.Metadata.Name != Exempt)
            yield return FieldError.Invalid(precedence, spec.MatchingPrecedence, $"only the schema named '{Exempt}' may have matchingPrecedence 1");
        if (spec.DistinguisherMethod is { } method)
        {
            foreach (var error in Findings.OneOf(method.Type ?? "", "spec.distinguisherMethod.type", Distinguishers))
                yield return error;
        }
        const string level = "spec.priorityLevelConfiguration.name";
        if (string.IsNullOrEmpty(spec.PriorityLevelConfiguration?.Name))
            yield return FieldError.Required(level, "must reference a priority level");
        else
        {
            foreach (var error in Findings.Of(NameFormats.DnsSubdomain(spec.PriorityLevelConfiguration.Name), level, spec.PriorityLevelConfiguration.Name))
                yield return error;
        }
        foreach (var error in spec.Rules.At("spec.rules").SelectMany(r => FlowRuleValidation.Validate(r.Item, r.Path)))
            yield return error;
    }

    protected override IEnumerable<FieldError> ValidateStatusUpdate(FlowSchema value, FlowSchema old) =>
        FlowConditionValidation.Validate((value.Status?.Conditions ?? []).Select(c => c.Type));

    protected override object?[] Row(FlowSchema value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        value.Spec?.PriorityLevelConfiguration?.Name,
        value.Spec?.MatchingPrecedence ?? 0,
        value.Spec?.DistinguisherMethod?.Type ?? Cells.None,
        Cells.Since(value.Metadata.CreationTimestamp, now),
        value.Status?.Conditions?.FirstOrDefault(c => c.Type == "Dangling")?.Status ?? "?",
    ];
}

/// <summary>Conditions of flow schemas and priority levels: one of each type.</summary>
internal static class FlowConditionValidation
{
    public static IEnumerable<FieldError> Validate(IEnumerable<string?> types)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (type, at) in types.ToList().At("status.conditions"))
        {
            if (string.IsNullOrEmpty(type))
                yield return FieldError.Required($"{at}.type");
            else if (!seen.Add(type))
                yield return FieldError.Duplicate($"{at}.type", type);
        }
    }
}
