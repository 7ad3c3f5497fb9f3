using Platform.Api.Scheduling.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Scheduling;

/// <summary>Priority classes.</summary>
internal sealed class PriorityClassRules : ResourceRules<PriorityClass>
{
    /// <summary>Greatest priority of a class that is not the system's.</summary>
    private const int HighestUserPriority = 1_000_000_000;

    private const string SystemPrefix = "system-";
    private const string Reserved = $"priority class names with '{SystemPrefix}' prefix are reserved for system use only. error: ";
    private static readonly Dictionary<string, int> System = new(StringComparer.Ordinal)
    {
        ["system-cluster-critical"] = 2_000_000_000,
        ["system-node-critical"] = 2_000_001_000,
    };

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Value", "integer", Description: "Priority."),
        new("Global-Default", "boolean", Description: "Whether pods without a class get this one."),
        Cells.Age,
        new("PreemptionPolicy", Description: "Whether pods of the class evict others."),
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(PriorityClass value) => value.PreemptionPolicy ??= "PreemptLowerPriority";

    protected override IEnumerable<FieldError> Validate(PriorityClass value)
    {
        var name = value.Metadata.Name ?? "";
        if (name.StartsWith(SystemPrefix, StringComparison.Ordinal))
        {
            if (!System.TryGetValue(name, out var priority))
                yield return FieldError.Forbidden("metadata.name", $"{Reserved}{name} is not a known system priority class");
            else if (value.Value != priority)
                yield return FieldError.Forbidden("metadata.name", $"{Reserved}value of {name} PriorityClass must be {priority}");
        }
        else if (value.Value > HighestUserPriority)
            yield return FieldError.Forbidden("value", $"maximum allowed value of a user defined priority is {HighestUserPriority}");
        if (value.PreemptionPolicy is not ("Never" or "PreemptLowerPriority"))
            yield return FieldError.NotSupported("preemptionPolicy", value.PreemptionPolicy, ["Never", "PreemptLowerPriority"]);
    }

    protected override IEnumerable<FieldError> ValidateUpdate(PriorityClass value, PriorityClass old)
    {
        if ((value.Value ?? 0) != (old.Value ?? 0))
            yield return FieldError.Forbidden("value", "may not be changed in an update.");
        if (value.PreemptionPolicy != old.PreemptionPolicy)
            yield return FieldError.Invalid("preemptionPolicy", value.PreemptionPolicy, "field is immutable");
    }

    protected override object?[] Row(PriorityClass value, DateTimeOffset now) =>
        [value.Metadata.Name, value.Value ?? 0, value.GlobalDefault ?? false, Cells.Since(value.Metadata.CreationTimestamp, now), value.PreemptionPolicy];
}
