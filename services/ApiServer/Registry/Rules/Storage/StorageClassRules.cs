using System.Text;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Storage.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Storage;

/// <summary>Storage classes.</summary>
internal sealed class StorageClassRules : ResourceRules<StorageClass>
{
    public const string DefaultAnnotation = "storageclass.kubernetes.io/is-default-class";

    private const string BetaDefaultAnnotation = "storageclass.beta.kubernetes.io/is-default-class";

    /// <summary>Most parameters.</summary>
    private const int MostParameters = 512;

    /// <summary>Most bytes of all parameters' names and values.</summary>
    private const int ParameterBytes = 256 * 1024;

    private static readonly string[] Policies = ["Delete", "Retain"];
    private static readonly string[] Modes = ["Immediate", "WaitForFirstConsumer"];

    public override bool ReturnsDeletedObject => true;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Provisioner", Description: "Who makes the volumes."),
        new("ReclaimPolicy", Description: "What becomes of a volume whose claim is gone."),
        new("VolumeBindingMode", Description: "When volumes are made and bound."),
        new("AllowVolumeExpansion", Description: "Whether volumes may grow."),
        Cells.Age,
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    public static bool IsDefault(StorageClass value) =>
        value.Metadata.Annotations?.GetValueOrDefault(DefaultAnnotation) == "true" || value.Metadata.Annotations?.GetValueOrDefault(BetaDefaultAnnotation) == "true";

    protected override void Default(StorageClass value)
    {
        value.ReclaimPolicy ??= "Delete";
        value.VolumeBindingMode ??= "Immediate";
    }

    protected override IEnumerable<FieldError> Validate(StorageClass value)
    {
        if (string.IsNullOrEmpty(value.Provisioner))
            yield return FieldError.Required("provisioner");
        else
        {
            foreach (var error in Findings.Of(NameFormats.QualifiedName(value.Provisioner.ToLowerInvariant()), "provisioner", value.Provisioner))
                yield return error;
        }
        foreach (var error in Parameters(value.Parameters))
            yield return error;
        foreach (var error in Findings.OneOf(value.ReclaimPolicy, "reclaimPolicy", Policies))
            yield return error;
        foreach (var error in Findings.OneOf(value.VolumeBindingMode, "volumeBindingMode", Modes, required: true))
            yield return error;
        foreach (var (term, at) in value.AllowedTopologies.At("allowedTopologies"))
        {
            foreach (var error in Topology(term, at))
                yield return error;
            if (value.AllowedTopologies!.TakeWhile(t => !ReferenceEquals(t, term)).Any(t => Canonical(t) == Canonical(term)))
                yield return FieldError.Duplicate($"{at}.matchLabelExpressions", "");
        }
    }

    protected override IEnumerable<FieldError> ValidateUpdate(StorageClass value, StorageClass old)
    {
        if (!SemanticEquality.Same(value.Parameters, old.Parameters))
            yield return FieldError.Forbidden("parameters", "updates to parameters are forbidden.");
        if (value.Provisioner != old.Provisioner)
            yield return FieldError.Forbidden("provisioner", "updates to provisioner are forbidden.");
        if (value.ReclaimPolicy != old.ReclaimPolicy)
            yield return FieldError.Forbidden("reclaimPolicy", "updates to reclaimPolicy are forbidden.");
        foreach (var error in Immutable.Check(value.VolumeBindingMode, old.VolumeBindingMode, "volumeBindingMode"))
            yield return error;
    }

    protected override IEnumerable<string> Warnings(StorageClass value) =>
        value.AllowedTopologies.At("allowedTopologies").SelectMany(t => t.Item.MatchLabelExpressions.At($"{t.Path}.matchLabelExpressions"))
            .SelectMany(e => NodeLabels.Warn(e.Item.Key, $"{e.Path}.key"));

    protected override object?[] Row(StorageClass value, DateTimeOffset now) =>
    [
        IsDefault(value) ? value.Metadata.Name + " (default)" : value.Metadata.Name,
        value.Provisioner,
        value.ReclaimPolicy ?? "Delete",
        value.VolumeBindingMode ?? "Immediate",
        value.AllowVolumeExpansion ?? false,
        Cells.Since(value.Metadata.CreationTimestamp, now),
    ];

    private static IEnumerable<FieldError> Parameters(IReadOnlyDictionary<string, string>? parameters)
    {
        if (parameters is null)
            yield break;
        if (parameters.Count > MostParameters)
        {
            yield return FieldError.TooLong("parameters", MostParameters);
            yield break;
        }
        if (parameters.ContainsKey(""))
            yield return FieldError.Invalid("parameters", "", "field can not be empty.");
        if (parameters.Sum(p => Encoding.UTF8.GetByteCount(p.Key) + Encoding.UTF8.GetByteCount(p.Value)) > ParameterBytes)
            yield return FieldError.TooLong("parameters", ParameterBytes);
    }

    private static IEnumerable<FieldError> Topology(TopologySelectorTerm term, string path)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (expression, at) in term.MatchLabelExpressions.At($"{path}.matchLabelExpressions"))
        {
            if (expression.Values is not { Count: > 0 })
                yield return FieldError.Required($"{at}.values");
            var values = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (value, valueAt) in expression.Values.At($"{at}.values"))
            {
                if (!values.Add(value))
                    yield return FieldError.Duplicate(valueAt, value);
            }
            foreach (var error in Findings.Of(NameFormats.QualifiedName(expression.Key ?? ""), $"{at}.key", expression.Key ?? ""))
                yield return error;
            if (!keys.Add(expression.Key ?? ""))
                yield return FieldError.Duplicate($"{at}.key", expression.Key);
        }
    }

    private static string Canonical(TopologySelectorTerm term) => string.Join(";", (term.MatchLabelExpressions ?? [])
        .Select(e => $"{e.Key}={string.Join(",", (e.Values ?? []).Distinct().Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal));
}
