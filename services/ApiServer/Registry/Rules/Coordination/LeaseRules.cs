using Platform.Api;
using Platform.Api.Coordination.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Coordination;

/// <summary>Leases.</summary>
internal sealed class LeaseRules : ResourceRules<Lease>
{
    public override bool AllowsUnconditionalUpdate => false;

    public override bool AllowsCreateOnUpdate => true;

    public override IReadOnlyList<TableColumn> Columns { get; } = [Cells.Name, new("Holder", Description: "Who holds the lease."), Cells.Age];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    public override bool IsMinorUpdate(KubernetesObject value, KubernetesObject old) => ((Lease)value).Spec?.HolderIdentity == ((Lease)old).Spec?.HolderIdentity;

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
