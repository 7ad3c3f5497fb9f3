using Platform.Api.Coordination.V1;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Scheduling.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules;

/// <summary>Service accounts.</summary>
internal sealed class ServiceAccountRules : ResourceRules<ServiceAccount>
{
    public override bool ReturnsDeletedObject => true;

    public override IReadOnlyList<TableColumn> Columns { get; } = [Cells.Name, new("Secrets", Description: "Number of secrets."), Cells.Age];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override object?[] Row(ServiceAccount value, DateTimeOffset now) =>
        [value.Metadata.Name, value.Secrets?.Count ?? 0, Cells.Since(value.Metadata.CreationTimestamp, now)];
}

/// <summary>Pod templates.</summary>
internal sealed class PodTemplateRules : ResourceRules<PodTemplate>
{
    public override bool ReturnsDeletedObject => true;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Containers", Description: "Names of the containers."),
        new("Images", Description: "Images of the containers."),
        new("Pod Labels", Description: "Labels of the pods."),
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(PodTemplate value)
    {
        if (value.Template?.Spec is { } spec)
            PodSpecDefaults.Apply(spec);
    }

    protected override void PrepareForCreate(PodTemplate value) => value.Metadata.Generation = 1;

    protected override bool PrepareForUpdate(PodTemplate value, PodTemplate old) => !SemanticEquality.Same(value.Template, old.Template);

    protected override IEnumerable<FieldError> Validate(PodTemplate value) =>
        PodSpecValidation.Validate(value.Template?.Spec, "template.spec");

    protected override object?[] Row(PodTemplate value, DateTimeOffset now) =>
    [
        value.Metadata.Name, Cells.ContainerNames(value.Template?.Spec), Cells.Images(value.Template?.Spec), Cells.Labels(value.Template?.Metadata?.Labels),
    ];
}

/// <summary>Bindings are asked for, never stored: a pod is to run on a node.</summary>
internal sealed class BindingRules : ResourceRules<Binding>
{
    protected override IEnumerable<FieldError> Validate(Binding value)
    {
        if (!string.IsNullOrEmpty(value.Target?.Kind) && value.Target.Kind != "Node")
            yield return FieldError.NotSupported("target.kind", value.Target.Kind, ["Node", "<empty>"]);
        if (string.IsNullOrEmpty(value.Target?.Name))
            yield return FieldError.Required("target.name");
    }
}

/// <summary>Leases.</summary>
internal sealed class LeaseRules : ResourceRules<Lease>
{
    public override bool AllowsUnconditionalUpdate => false;

    public override bool AllowsCreateOnUpdate => true;

    public override IReadOnlyList<TableColumn> Columns { get; } = [Cells.Name, new("Holder", Description: "Who holds the lease."), Cells.Age];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override IEnumerable<FieldError> Validate(Lease value)
    {
        if (value.Spec?.LeaseDurationSeconds <= 0)
            yield return FieldError.Invalid("spec.leaseDurationSeconds", value.Spec.LeaseDurationSeconds, "must be greater than 0");
        if (value.Spec?.LeaseTransitions < 0)
            yield return FieldError.Invalid("spec.leaseTransitions", value.Spec.LeaseTransitions, "must be greater than or equal to 0");
    }

    protected override object?[] Row(Lease value, DateTimeOffset now) =>
        [value.Metadata.Name, value.Spec?.HolderIdentity ?? "", Cells.Since(value.Metadata.CreationTimestamp, now)];
}

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
