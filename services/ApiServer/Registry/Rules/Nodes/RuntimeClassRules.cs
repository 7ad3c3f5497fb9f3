using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Nodes.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Nodes;

/// <summary>Runtime classes: which handler of the container runtime runs a pod, and what that costs.</summary>
internal sealed class RuntimeClassRules : ResourceRules<RuntimeClass>
{
    private static readonly string[] Effects = ["NoExecute", "NoSchedule", "PreferNoSchedule"];
    private static readonly string[] Operators = ["Equal", "Exists"];

    public override bool AllowsUnconditionalUpdate => false;

    public override IReadOnlyList<TableColumn> Columns { get; } = [Cells.Name, new("Handler", Description: "Handler of the container runtime."), Cells.Age];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override IEnumerable<FieldError> Validate(RuntimeClass value)
    {
        foreach (var error in Findings.Of(NameFormats.DnsLabel(value.Handler ?? ""), "handler", value.Handler ?? ""))
            yield return error;
        foreach (var (name, amount) in value.Overhead?.PodFixed ?? new Dictionary<string, Quantity>())
        {
            foreach (var error in Findings.Of(NameFormats.QualifiedName(name), $"overhead.podFixed[{name}]", name))
                yield return error;
            if (amount.Sign < 0)
                yield return FieldError.Invalid($"overhead.podFixed[{name}]", amount.ToString(), "must be greater than or equal to 0");
        }
        foreach (var error in ObjectMetaValidation.Labels(value.Scheduling?.NodeSelector, "scheduling.nodeSelector"))
            yield return error;
        var tolerations = value.Scheduling?.Tolerations;
        foreach (var (toleration, at) in tolerations.At("scheduling.tolerations"))
        {
            foreach (var error in Check(toleration, at))
                yield return error;
            if (tolerations!.TakeWhile(t => !ReferenceEquals(t, toleration)).Any(t => t == toleration))
                yield return FieldError.Duplicate(at, toleration);
        }
    }

    protected override IEnumerable<FieldError> ValidateUpdate(RuntimeClass value, RuntimeClass old) => Immutable.Check(value.Handler, old.Handler, "handler");

    protected override IEnumerable<string> Warnings(RuntimeClass value) =>
        (value.Scheduling?.NodeSelector ?? new Dictionary<string, string>()).SelectMany(l => NodeLabels.Warn(l.Key, "scheduling.nodeSelector"));

    protected override object?[] Row(RuntimeClass value, DateTimeOffset now) =>
        [value.Metadata.Name, value.Handler, Cells.Since(value.Metadata.CreationTimestamp, now)];

    private static IEnumerable<FieldError> Check(Toleration toleration, string path)
    {
        if (!string.IsNullOrEmpty(toleration.Key))
        {
            foreach (var error in Findings.Of(NameFormats.QualifiedName(toleration.Key), $"{path}.key", toleration.Key))
                yield return error;
        }
        else if (toleration.Operator != "Exists")
            yield return FieldError.Invalid($"{path}.operator", toleration.Operator
                ?? "", "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        if (toleration.TolerationSeconds is not null && toleration.Effect != "NoExecute")
            yield return FieldError.Invalid($"{path}.effect", toleration.Effect ?? "", "effect must be 'NoExecute' when `tolerationSeconds` is set");
        switch (toleration.Operator)
        {
            case null or "" or "Equal":
                foreach (var error in Findings.Of(NameFormats.LabelValue(toleration.Value ?? ""), $"{path}.operator", toleration.Value ?? ""))
                    yield return error;
                break;
            case "Exists":
                if (!string.IsNullOrEmpty(toleration.Value))
                    yield return FieldError.Invalid($"{path}.operator", toleration, "value must be empty when `operator` is 'Exists'");
                break;
            default:
                yield return FieldError.NotSupported($"{path}.operator", toleration.Operator, Operators);
                break;
        }
        if (!string.IsNullOrEmpty(toleration.Effect) && !Effects.Contains(toleration.Effect))
            yield return FieldError.NotSupported($"{path}.effect", toleration.Effect, Effects);
    }
}
