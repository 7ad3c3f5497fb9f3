using System.Globalization;
using System.Text;
using Platform.Api.ApiExtensions.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.CustomResources.Schemas;

namespace Platform.ApiServer.CustomResources.Definitions;

/// <summary>What each version of a definition must be: schema, subresources, columns, selectable fields, deprecation.</summary>
internal static class VersionValidation
{
    /// <summary>Most characters of a deprecation warning.</summary>
    private const int WarningLength = 256;

    /// <summary>Most selectable fields of a version.</summary>
    private const int MaximumSelectableFields = 8;

    private static readonly string[] ColumnTypes = ["boolean", "date", "integer", "number", "string"];
    private static readonly string[] ColumnFormats = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];

    public static IEnumerable<FieldError> Validate(CustomResourceDefinitionSpec spec, CustomResourceDefinitionSpec? old)
    {
        var versions = spec.Versions ?? [];
        // What all versions have in common is validated once, where upstream's form has it.
        var sameSchema = versions.Count > 0 && versions.All(v => v.Schema is not null && ApiJson.Same(v.Schema, versions[0].Schema));
        var sameSubresources = versions.Count > 0 && versions.All(v => v.Subresources is not null && ApiJson.Same(v.Subresources, versions[0].Subresources));
        var sameColumns = versions.Count > 0 && versions.All(v => v.AdditionalPrinterColumns is { Count: > 0 }
            && ApiJson.Same(v.AdditionalPrinterColumns, versions[0].AdditionalPrinterColumns));
        var sameFields = versions.Count > 0 && versions.All(v => v.SelectableFields is { Count: > 0 } && ApiJson.Same(v.SelectableFields, versions[0].SelectableFields));
        List<FieldError> findings = [];
        for (var i = 0; i < versions.Count; i++)
        {
            var (version, path) = (versions[i], $"spec.versions[{i.ToString(CultureInfo.InvariantCulture)}]");
            findings.AddRange(Deprecation(version, path));
            var isFirst = i == 0;
            if (!sameSchema || isFirst)
                findings.AddRange(Schema(version, sameSchema ? "spec.validation" : $"{path}.schema", sameSubresources || version.Subresources?.Status is not null, old));
            if (!sameSubresources || isFirst)
                findings.AddRange(Subresources(version.Subresources, sameSubresources ? "spec.subresources" : $"{path}.subresources"));
            if (!sameColumns || isFirst)
                findings.AddRange(Columns(version.AdditionalPrinterColumns, sameColumns ? "spec.additionalPrinterColumns" : $"{path}.additionalPrinterColumns"));
            if (!sameFields || isFirst)
                findings.AddRange(Fields(version, sameFields ? "spec.selectableFields" : $"{path}.selectableFields"));
        }
        return findings;
    }

    private static IEnumerable<FieldError> Schema(CustomResourceDefinitionVersion version, string path, bool hasStatus, CustomResourceDefinitionSpec? old)
    {
        if (version.Schema?.OpenAPIV3Schema is not { } schema)
            return [];
        // A schema that is stored already is not held to rules that are stricter than those it was stored under.
        var unchanged = old?.Versions?.FirstOrDefault(v => v.Name == version.Name)?.Schema is { } before && ApiJson.Same(before, version.Schema);
        return unchanged ? [] : SchemaDeclarationValidation.Validate(schema, $"{path}.openAPIV3Schema", hasStatus);
    }

    private static IEnumerable<FieldError> Deprecation(CustomResourceDefinitionVersion version, string path)
    {
        path += ".deprecationWarning";
        if (version.DeprecationWarning is not { } warning)
            yield break;
        if (version.Deprecated != true)
        {
            yield return FieldError.Invalid(path, warning, "can only be set for deprecated versions");
            yield break;
        }
        if (Encoding.UTF8.GetByteCount(warning) > WarningLength)
            yield return FieldError.Invalid(path, warning, "must be <= 256 characters long");
        if (warning.Length == 0)
            yield return FieldError.Invalid(path, warning, "must not be an empty string");
        var at = 0;
        foreach (var rune in warning.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned)
            {
                yield return FieldError.Invalid(path, warning, $"must only contain printable UTF-8 characters; non-printable character found at index {at}");
                yield break;
            }
            at += rune.Utf8SequenceLength;
        }
    }

    private static IEnumerable<FieldError> Subresources(CustomResourceSubresources? subresources, string path)
    {
        if (subresources?.Scale is not { } scale)
            return [];
        return
        [
            .. ScalePath(scale.SpecReplicasPath, $"{path}.scale.specReplicasPath", true, "should be a json path under .spec", ".spec."),
            .. ScalePath(scale.StatusReplicasPath, $"{path}.scale.statusReplicasPath", true, "should be a json path under .status", ".status."),
            .. ScalePath(scale.LabelSelectorPath, $"{path}.scale.labelSelectorPath", false, "should be a json path under either .spec or .status", ".spec.", ".status."),
        ];
    }

    private static IEnumerable<FieldError> ScalePath(string? value, string path, bool required, string detail, params string[] under)
    {
        if (string.IsNullOrEmpty(value))
        {
            if (required)
                yield return FieldError.Required(path);
        }
        else if (value[0] != '.')
            yield return FieldError.Invalid(path, value, "must be a simple json path starting with .");
        else if (!under.Any(u => value.StartsWith(u, StringComparison.Ordinal)))
            yield return FieldError.Invalid(path, value, detail);
    }

    private static IEnumerable<FieldError> Columns(IReadOnlyList<CustomResourceColumnDefinition>? columns, string path)
    {
        for (var i = 0; i < (columns?.Count ?? 0); i++)
        {
            var (column, at) = (columns![i], $"{path}[{i.ToString(CultureInfo.InvariantCulture)}]");
            if (string.IsNullOrEmpty(column.Name))
                yield return FieldError.Required($"{at}.name");
            if (string.IsNullOrEmpty(column.Type))
                yield return FieldError.Required($"{at}.type", $"must be one of {string.Join(",", ColumnTypes)}");
            else if (!ColumnTypes.Contains(column.Type))
                yield return FieldError.Invalid($"{at}.type", column.Type, $"must be one of {string.Join(",", ColumnTypes)}");
            if (!string.IsNullOrEmpty(column.Format) && !ColumnFormats.Contains(column.Format))
                yield return FieldError.Invalid($"{at}.format", column.Format, $"must be one of {string.Join(",", ColumnFormats)}");
            if (string.IsNullOrEmpty(column.JsonPath))
                yield return FieldError.Required($"{at}.JSONPath");
            else if (column.JsonPath[0] != '.')
                yield return FieldError.Invalid($"{at}.JSONPath", column.JsonPath, "must be a simple json path starting with .");
        }
    }

    private static IEnumerable<FieldError> Fields(CustomResourceDefinitionVersion version, string path)
    {
        if (version.SelectableFields is not { Count: > 0 } fields)
            yield break;
        var schema = version.Schema?.OpenAPIV3Schema is { } declared ? StructuralSchema.Of(declared) : null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < fields.Count; i++)
        {
            var at = $"{path}[{i.ToString(CultureInfo.InvariantCulture)}].jsonPath";
            if (fields[i].JsonPath is not { Length: > 0 } text)
            {
                yield return FieldError.Required(at);
                continue;
            }
            var (found, fault) = Resolve(schema, text);
            if (fault is not null)
            {
                yield return FieldError.Invalid(at, text, $"is an invalid path: {fault}");
                continue;
            }
            if (text.StartsWith(".metadata", StringComparison.Ordinal))
                yield return FieldError.Invalid(at, text, "must not point to fields in metadata");
            if (found!.Type is not ("string" or "boolean" or "integer"))
                yield return FieldError.Invalid(at, text, "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.");
            if (!seen.Add(text))
                yield return FieldError.Duplicate(at, text);
        }
        if (seen.Count > MaximumSelectableFields)
            yield return new FieldError(FieldErrorType.FieldValueTooMany, path, seen.Count, $"must have at most {MaximumSelectableFields} items");
    }

    /// <summary>The schema that a path of members leads to, or what is wrong with the path.</summary>
    public static (StructuralSchema? Schema, string? Fault) Resolve(StructuralSchema? schema, string path)
    {
        if (!path.StartsWith('.'))
            return (null, $"expected [ or . but got: {path.Split('.', '[')[0]}");
        var at = schema;
        foreach (var name in path[1..].Split('.'))
        {
            if (at?.Member(name) is not { } next)
                return (null, "does not refer to a valid field");
            at = next;
        }
        return (at, null);
    }
}
