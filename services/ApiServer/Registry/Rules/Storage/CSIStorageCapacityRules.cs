using Platform.Api;
using Platform.Api.Errors;
using Platform.Api.Storage.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Storage;

/// <summary>How much storage there is for a class in a part of the cluster.</summary>
internal sealed class CSIStorageCapacityRules : ResourceRules<CSIStorageCapacity>
{
    public override bool ReturnsDeletedObject => true;

    public override bool AllowsUnconditionalUpdate => false;

    public override IReadOnlyList<TableColumn> Columns { get; } =
        [Cells.Name, new("StorageClassName", Description: "Class of the volumes."), new("Capacity", Description: "Bytes that are free.")];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override IEnumerable<FieldError> Validate(CSIStorageCapacity value) =>
    [
        .. LabelSelectorValidation.Validate(value.NodeTopology, "nodeTopology"),
        .. Findings.Of(NameFormats.DnsSubdomain(value.StorageClassName ?? ""), "storageClassName", value.StorageClassName ?? ""),
        .. NotNegative(value.Capacity, "capacity"),
        .. NotNegative(value.MaximumVolumeSize, "maximumVolumeSize"),
    ];

    protected override IEnumerable<FieldError> ValidateUpdate(CSIStorageCapacity value, CSIStorageCapacity old) =>
    [
        .. Immutable.Check(value.NodeTopology, old.NodeTopology, "nodeTopology"),
        .. Immutable.Check(value.StorageClassName, old.StorageClassName, "storageClassName"),
    ];

    protected override IEnumerable<string> Warnings(CSIStorageCapacity value) => NodeLabels.Warn(value.NodeTopology, "nodeTopology");

    protected override object?[] Row(CSIStorageCapacity value, DateTimeOffset now) =>
        [value.Metadata.Name, value.StorageClassName, value.Capacity is { } capacity ? capacity.ToString() : "<unset>"];

    private static IEnumerable<FieldError> NotNegative(Quantity? value, string path)
    {
        if (value is { Sign: < 0 } negative)
            yield return FieldError.Invalid(path, negative.ToString(), "must be greater than or equal to 0");
    }
}
