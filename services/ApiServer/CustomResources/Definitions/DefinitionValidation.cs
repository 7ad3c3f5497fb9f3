using Platform.Api.ApiExtensions.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Validation;

namespace Platform.ApiServer.CustomResources.Definitions;

/// <summary>
/// What a CustomResourceDefinition must be. Upstream validates a form of its own, in which what all versions share stands once for all of them: there a finding
/// in the only schema is one of <c>spec.validation</c>, and people know the messages by those paths.
/// </summary>
internal static class DefinitionValidation
{
    public static IEnumerable<FieldError> Create(CustomResourceDefinition value) => [.. Name(value), .. Spec(value.Spec!, null)];

    public static IEnumerable<FieldError> Update(CustomResourceDefinition value, CustomResourceDefinition old)
    {
        List<FieldError> findings = [.. Name(value), .. Spec(value.Spec!, old.Spec)];
        var (spec, before) = (value.Spec!, old.Spec!);
        if (old.Is(DefinitionConditions.Established))
        {
            Immutable(findings, "spec.scope", spec.Scope, before.Scope);
            Immutable(findings, "spec.names.kind", spec.Names!.Kind, before.Names!.Kind);
        }
        Immutable(findings, "spec.group", spec.Group, before.Group);
        Immutable(findings, "spec.names.plural", spec.Names!.Plural, before.Names!.Plural);
        findings.AddRange(StoredVersions(value));
        return findings;
    }

    /// <summary>Checks names, wanted or accepted.</summary>
    public static IEnumerable<FieldError> Names(CustomResourceDefinitionNames names, string path)
    {
        foreach (var (field, name) in new[] { ("plural", names.Plural), ("singular", names.Singular) })
        {
            if (!string.IsNullOrEmpty(name) && Wrong(name) is { } fault)
                yield return FieldError.Invalid($"{path}.{field}", name, fault);
        }
        foreach (var (field, name) in new[] { ("kind", names.Kind), ("listKind", names.ListKind) })
        {
            if (!string.IsNullOrEmpty(name) && Wrong(name.ToLowerInvariant()) is { } fault)
                yield return FieldError.Invalid($"{path}.{field}", name, "may have mixed case, but should otherwise match: " + fault);
        }
        foreach (var finding in All(names.ShortNames, $"{path}.shortNames"))
            yield return finding;
        if (!string.IsNullOrEmpty(names.Kind) && names.Kind == names.ListKind)
            yield return FieldError.Invalid($"{path}.listKind", names.ListKind, "kind and listKind may not be the same");
        foreach (var finding in All(names.Categories, $"{path}.categories"))
            yield return finding;
    }

    private static IEnumerable<FieldError> Name(CustomResourceDefinition value)
    {
        if (!string.IsNullOrEmpty(value.Metadata.Name) && value.Metadata.Name != $"{value.Spec!.Names!.Plural}.{value.Spec.Group}")
            yield return FieldError.Invalid("metadata.name", value.Metadata.Name, "must be spec.names.plural+\".\"+spec.group");
        if (value.Spec!.Group is not { } group || !(group == "k8s.io" || group.EndsWith(".k8s.io", StringComparison.Ordinal) || group == "kubernetes.io"
            || group.EndsWith(".kubernetes.io", StringComparison.Ordinal)))
            yield break;
        const string annotation = "api-approved.kubernetes.io";
        var approval = value.Metadata.Annotations?.GetValueOrDefault(annotation);
        if (approval is null)
            yield return FieldError.Required($"metadata.annotations[{annotation}]",
                "protected groups must have approval annotation \"api-approved.kubernetes.io\", see https://github.com/kubernetes/enhancements/pull/1111");
        else if (!approval.StartsWith("unapproved", StringComparison.Ordinal) && !(Uri.TryCreate(approval, UriKind.Absolute, out var url) && url.Host.Length > 0))
            yield return FieldError.Invalid($"metadata.annotations[{annotation}]", approval,
                "protected groups must have approval annotation \"api-approved.kubernetes.io\" with either a URL or a reason starting with \"unapproved\","
                + " see https://github.com/kubernetes/enhancements/pull/1111");
    }

    private static List<FieldError> Spec(CustomResourceDefinitionSpec spec, CustomResourceDefinitionSpec? old)
    {
        List<FieldError> findings = [];
        if (string.IsNullOrEmpty(spec.Group))
            findings.Add(FieldError.Required("spec.group"));
        else if (string.Join(",", NameFormats.DnsSubdomain(spec.Group)) is { Length: > 0 } fault)
            findings.Add(FieldError.Invalid("spec.group", spec.Group, fault));
        else if (!spec.Group.Contains('.', StringComparison.Ordinal))
            findings.Add(FieldError.Invalid("spec.group", spec.Group, "should be a domain with at least one dot"));
        findings.AddRange(OneOf(spec.Scope, "spec.scope", "Cluster", "Namespaced"));
        if (spec.PreserveUnknownFields == true && old?.PreserveUnknownFields != true)
            findings.Add(FieldError.Invalid("spec.preserveUnknownFields", true,
                "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead"));
        var versions = spec.Versions ?? [];
        for (var i = 0; i < versions.Count; i++)
        {
            if (versions[i].Schema?.OpenAPIV3Schema is null && (old is null || old.Versions!.All(v => v.Schema?.OpenAPIV3Schema is not null)))
                findings.Add(FieldError.Required($"spec.versions[{i}].schema.openAPIV3Schema", "schemas are required"));
        }
        for (var i = 0; i < versions.Count; i++)
        {
            if (Wrong(versions[i].Name ?? "") is { } wrong)
                findings.Add(FieldError.Invalid($"spec.versions[{i}].name", versions[i].Name ?? "", wrong));
        }
        findings.AddRange(VersionValidation.Validate(spec, old));
        if (versions.Select(v => v.Name).Distinct().Count() != versions.Count)
            findings.Add(FieldError.Invalid("spec.versions", new ShownVersions(versions), "must contain unique version names"));
        if (versions.Count(v => v.Storage == true) != 1)
            findings.Add(FieldError.Invalid("spec.versions", new ShownVersions(versions), "must have exactly one version marked as storage version"));
        var names = spec.Names ?? new();
        foreach (var (field, name) in new[] { ("plural", names.Plural), ("singular", names.Singular), ("kind", names.Kind), ("listKind", names.ListKind) })
        {
            if (string.IsNullOrEmpty(name))
                findings.Add(FieldError.Required($"spec.names.{field}"));
        }
        findings.AddRange(Names(names, "spec.names"));
        if (spec is { PreserveUnknownFields: true, Conversion.Strategy: not "None" and { } strategy })
            findings.Add(FieldError.Invalid("spec.conversion.strategy", strategy, "must be None if spec.preserveUnknownFields is true"));
        findings.AddRange(ConversionValidation.Validate(spec.Conversion));
        return findings;
    }

    private static IEnumerable<FieldError> StoredVersions(CustomResourceDefinition value)
    {
        const string path = "status.storedVersions";
        var stored = value.Status?.StoredVersions ?? [];
        if (stored.Count == 0)
        {
            yield return FieldError.Invalid(path, stored, "must have at least one stored version");
            yield break;
        }
        foreach (var version in value.Spec!.Versions ?? [])
        {
            if (version.Storage == true && !stored.Contains(version.Name!))
                yield return FieldError.Invalid(path, stored, "must have the storage version " + version.Name);
        }
        for (var i = 0; i < stored.Count; i++)
        {
            var name = stored[i];
            if (value.Spec.Versions?.Any(v => v.Name == name) != true)
            {
                yield return FieldError.Invalid($"{path}[{i}]", name, $"missing from spec.versions; {name} was previously a storage version, and must remain in spec.versions "
                    + $"until a storage migration ensures no data remains persisted in {name} and removes {name} from status.storedVersions");
            }
        }
    }

    internal static IEnumerable<FieldError> OneOf(string? value, string path, params string[] accepted)
    {
        if (string.IsNullOrEmpty(value))
            yield return FieldError.Required(path);
        else if (!accepted.Contains(value))
            yield return FieldError.NotSupported(path, value, accepted);
    }

    internal static string? Wrong(string label) => string.Join(",", NameFormats.Dns1035Label(label)) is { Length: > 0 } fault ? fault : null;

    private static IEnumerable<FieldError> All(IReadOnlyList<string>? names, string path)
    {
        for (var i = 0; i < (names?.Count ?? 0); i++)
        {
            if (Wrong(names![i]) is { } fault)
                yield return FieldError.Invalid($"{path}[{i}]", names[i], fault);
        }
    }

    private static void Immutable(List<FieldError> findings, string path, string? now, string? before)
    {
        if (now != before)
            findings.Add(FieldError.Invalid(path, now ?? "", "field is immutable"));
    }
}

/// <summary>Versions as a finding shows them.</summary>
internal sealed class ShownVersions(IReadOnlyList<CustomResourceDefinitionVersion> versions) : IFormattable
{
    public string ToString(string? format, IFormatProvider? formatProvider) =>
        "[" + string.Join(",", versions.Select(v => System.Text.Encoding.UTF8.GetString(ApiJson.Encode(v with { Schema = null })))) + "]";
}
