using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>Nodes.</summary>
internal sealed class NodeRules : ResourceRules<Node>
{
    private const string RolePrefix = "node-role.kubernetes.io/";
    private static readonly string[] TaintEffects = ["NoExecute", "NoSchedule", "PreferNoSchedule"];

    private static readonly SelectableField[] Fields =
    [
        new("spec.unschedulable") { Absent = "false" },
    ];

    public override IReadOnlyList<SelectableField> SelectableFields => Fields;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Status", Description: "Whether the node is ready and takes pods."),
        new("Roles", Description: "Roles, from the node's labels."),
        Cells.Age,
        new("Version", Description: "Version of the node agent."),
        new("Internal-IP", Description: "Address within the cluster.", Priority: 1),
        new("External-IP", Description: "Address outside of the cluster.", Priority: 1),
        new("OS-Image", Description: "Operating system.", Priority: 1),
        new("Kernel-Version", Description: "Kernel.", Priority: 1),
        new("Container-Runtime", Description: "Container runtime and its version.", Priority: 1),
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(Node value)
    {
        value.Spec ??= new();
        if (value.Status is { Allocatable: null, Capacity: { } capacity })
            value.Status.Allocatable = capacity;
        if (string.IsNullOrEmpty(value.Spec.PodCIDR) && value.Spec.PodCIDRs is { Count: > 0 } ranges)
            value.Spec.PodCIDR = ranges[0];
        else if (!string.IsNullOrEmpty(value.Spec.PodCIDR) && value.Spec.PodCIDRs is not { Count: > 0 })
            value.Spec.PodCIDRs = [value.Spec.PodCIDR];
    }

    protected override bool PrepareForUpdate(Node value, Node old)
    {
        value.Status = old.Status;
        return false;
    }

    protected override void PrepareForStatusUpdate(Node value, Node old) => value.Spec = old.Spec;

    protected override IEnumerable<FieldError> Validate(Node value)
    {
        var seen = new HashSet<(string?, string?)>();
        foreach (var (taint, i) in (value.Spec?.Taints ?? []).Select((t, i) => (t, i)))
        {
            var at = $"spec.taints[{i}]";
            foreach (var error in NameFormats.QualifiedName(taint.Key ?? ""))
                yield return FieldError.Invalid($"{at}.key", taint.Key ?? "", error);
            foreach (var error in NameFormats.LabelValue(taint.Value ?? ""))
                yield return FieldError.Invalid($"{at}.value", taint.Value, error);
            if (string.IsNullOrEmpty(taint.Effect))
                yield return FieldError.Required($"{at}.effect");
            else if (!TaintEffects.Contains(taint.Effect))
                yield return FieldError.NotSupported($"{at}.effect", taint.Effect, TaintEffects);
            if (!seen.Add((taint.Key, taint.Effect)))
                yield return FieldError.Duplicate($"{at}", $"{taint.Key}={taint.Value}:{taint.Effect}");
        }
    }

    protected override IEnumerable<FieldError> ValidateUpdate(Node value, Node old)
    {
        if (!string.IsNullOrEmpty(old.Spec?.PodCIDR) && value.Spec?.PodCIDR != old.Spec.PodCIDR)
            yield return FieldError.Forbidden("spec.podCIDRs", "node updates may not change podCIDR except from \"\" to valid");
        if (!string.IsNullOrEmpty(old.Spec?.ProviderID) && value.Spec?.ProviderID != old.Spec.ProviderID)
            yield return FieldError.Forbidden("spec.providerID", "node updates may not change providerID except from \"\" to valid");
    }

    protected override object?[] Row(Node value, DateTimeOffset now)
    {
        var info = value.Status?.NodeInfo;
        return
        [
            value.Metadata.Name,
            Status(value),
            Roles(value),
            Cells.Since(value.Metadata.CreationTimestamp, now),
            info?.KubeletVersion,
            Address(value, "InternalIP"),
            Address(value, "ExternalIP"),
            string.IsNullOrEmpty(info?.OsImage) ? "<unknown>" : info.OsImage,
            string.IsNullOrEmpty(info?.KernelVersion) ? "<unknown>" : info.KernelVersion,
            string.IsNullOrEmpty(info?.ContainerRuntimeVersion) ? "<unknown>" : info.ContainerRuntimeVersion,
        ];
    }

    private static string Status(Node node)
    {
        var ready = node.Status?.Conditions?.FirstOrDefault(c => c.Type == "Ready")?.Status switch
        {
            null => "Unknown",
            "True" => "Ready",
            _ => "NotReady",
        };
        return node.Spec?.Unschedulable == true ? ready + ",SchedulingDisabled" : ready;
    }

    private static string Roles(Node node)
    {
        var roles = (node.Metadata.Labels ?? new Dictionary<string, string>())
            .Select(l => l.Key.StartsWith(RolePrefix, StringComparison.Ordinal) ? l.Key[RolePrefix.Length..] : l.Key == "kubernetes.io/role" ? l.Value : "")
            .Where(r => r.Length > 0)
            .Distinct()
            .Order(StringComparer.Ordinal);
        return Cells.Or(string.Join(",", roles));
    }

    private static string Address(Node node, string type) =>
        Cells.Or(node.Status?.Addresses?.FirstOrDefault(a => a.Type == type)?.Address);
}
