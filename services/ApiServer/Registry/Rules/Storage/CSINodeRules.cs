using Platform.Api.Errors;
using Platform.Api.Storage.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Storage;

/// <summary>What CSI drivers a node has.</summary>
internal sealed class CSINodeRules : ResourceRules<CSINode>
{
    /// <summary>Longest identifier of a node within a driver, in characters.</summary>
    private const int LongestNodeId = 192;

    public override bool AllowsUnconditionalUpdate => false;

    public override bool ReturnsDeletedObject => true;

    public override IReadOnlyList<TableColumn> Columns { get; } = [Cells.Name, new("Drivers", "integer", Description: "Number of drivers on the node."), Cells.Age];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    // The field is required on the wire, and upstream writes an empty list.
    protected override void Default(CSINode value) => (value.Spec ??= new()).Drivers ??= [];

    protected override IEnumerable<FieldError> Validate(CSINode value)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (driver, at) in (value.Spec?.Drivers).At("spec.drivers"))
        {
            foreach (var error in Driver(driver, at))
                yield return error;
            if (!names.Add(driver.Name ?? ""))
                yield return FieldError.Duplicate($"{at}.name", driver.Name ?? "");
        }
    }

    protected override IEnumerable<FieldError> ValidateUpdate(CSINode value, CSINode old)
    {
        foreach (var before in old.Spec?.Drivers ?? [])
        {
            foreach (var now in (value.Spec?.Drivers ?? []).Where(d => d.Name == before.Name && !SemanticEquality.Same(d, before)))
                yield return FieldError.Invalid("CSINodeDriver", now, Immutable.Message);
        }
    }

    protected override object?[] Row(CSINode value, DateTimeOffset now) =>
        [value.Metadata.Name, value.Spec?.Drivers?.Count ?? 0, Cells.Since(value.Metadata.CreationTimestamp, now)];

    private static IEnumerable<FieldError> Driver(CSINodeDriver driver, string path)
    {
        foreach (var error in Findings.DriverName(driver.Name, $"{path}.name"))
            yield return error;
        if (string.IsNullOrEmpty(driver.NodeID))
            yield return FieldError.Required($"{path}.nodeID");
        else if (driver.NodeID.Length > LongestNodeId)
            yield return FieldError.Invalid($"{path}.nodeID", driver.NodeID, $"must be {LongestNodeId} characters or less");
        foreach (var error in Findings.NotNegative(driver.Allocatable?.Count, $"{path}.allocatable.count"))
            yield return error;
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in driver.TopologyKeys ?? [])
        {
            if (key.Length == 0)
                yield return FieldError.Required($"{path}.topologyKeys");
            if (!keys.Add(key))
                yield return FieldError.Duplicate($"{path}.topologyKeys", key);
            foreach (var error in Findings.Of(NameFormats.QualifiedName(key), $"{path}.topologyKeys", key))
                yield return error;
        }
    }
}
