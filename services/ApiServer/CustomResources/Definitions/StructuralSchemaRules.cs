using System.Globalization;
using System.Text.Json;
using Platform.Api.ApiExtensions.V1;
using Platform.Api.Errors;
using Platform.ApiServer.CustomResources.Schemas;

namespace Platform.ApiServer.CustomResources.Definitions;

/// <summary>
/// Whether a schema is structural: every field has one type, said in one place, and what stands below <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c> and <c>not</c> only
/// restricts values. Pruning and defaulting need to know, without looking at values, what a document may consist of. The one exception is the way in which an
/// integer or string is written.
/// </summary>
internal sealed class StructuralSchemaRules
{
    private readonly List<FieldError> _findings = [];

    private enum Level
    {
        Root,
        Item,
        Field,
    }

    /// <summary>Violations, ordered by text.</summary>
    public static List<FieldError> Validate(JSONSchemaProps schema, string path)
    {
        var rules = new StructuralSchemaRules();
        rules.Structure(schema, Level.Root, path);
        rules.Complete(schema, schema, path);
        return [.. rules._findings.OrderBy(f => f.ToString(), StringComparer.Ordinal)];
    }

    private void Structure(JSONSchemaProps s, Level level, string path)
    {
        if (s.Type == "array" && s.Items is null)
            Add(FieldError.Required($"{path}.items", "must be specified"));
        if (StructuralSchema.DeclaredIn(s.Items) is { } items)
            Structure(items, Level.Item, $"{path}.items");
        foreach (var (name, property) in s.Properties ?? None)
            Structure(property, Level.Field, $"{path}.properties[{name}]");
        if (s.AdditionalProperties is { } additional)
        {
            if (level == Level.Root)
                Add(FieldError.Forbidden($"{path}.additionalProperties", "must not be used at the root"));
            if (StructuralSchema.DeclaredIn(additional) is { } values)
                Structure(values, Level.Field, $"{path}.additionalProperties");
        }
        if (s is { XKubernetesIntOrString: true, XKubernetesPreserveUnknownFields: true })
            Add(FieldError.Invalid($"{path}.x-kubernetes-preserve-unknown-fields", true, "must be false if x-kubernetes-int-or-string is true"));
        if (s is { XKubernetesIntOrString: true, XKubernetesEmbeddedResource: true })
            Add(FieldError.Invalid($"{path}.x-kubernetes-embedded-resource", true, "must be false if x-kubernetes-int-or-string is true"));
        Values(s, IsIntOrString(s.AnyOf), s.AllOf is { Count: > 0 } all && IsIntOrString(all[0].AnyOf), path);
        Types(s, level, path);
        Metadata(s, level, path);
    }

    private void Types(JSONSchemaProps s, Level level, string path)
    {
        if (s.XKubernetesEmbeddedResource == true && s.Type != "object")
        {
            const string detail = "must be object if x-kubernetes-embedded-resource is true";
            Add(string.IsNullOrEmpty(s.Type) ? FieldError.Required($"{path}.type", detail) : FieldError.Invalid($"{path}.type", s.Type, detail));
        }
        else if (string.IsNullOrEmpty(s.Type) && s.XKubernetesIntOrString != true && s.XKubernetesPreserveUnknownFields != true)
        {
            Add(FieldError.Required($"{path}.type", level switch
            {
                Level.Root => "must not be empty at the root",
                Level.Item => "must not be empty for specified array items",
                _ => "must not be empty for specified object fields",
            }));
        }
        if (s.XKubernetesEmbeddedResource == true && s.AdditionalProperties is not null)
            Add(FieldError.Forbidden($"{path}.additionalProperties", "must not be used if x-kubernetes-embedded-resource is set"));
        if (level == Level.Root && !string.IsNullOrEmpty(s.Type) && s.Type != "object")
            Add(FieldError.Invalid($"{path}.type", s.Type, "must be object at the root"));
    }

    private void Metadata(JSONSchemaProps s, Level level, string path)
    {
        var isResource = level == Level.Root || s.XKubernetesEmbeddedResource == true;
        foreach (var name in new[] { "kind", "apiVersion" })
        {
            if (isResource && s.Properties?.GetValueOrDefault(name) is { } text && text.Type != "string")
                Add(FieldError.Invalid($"{path}.properties[{name}].type", text.Type ?? "", "must be string"));
        }
        if (s.Properties?.GetValueOrDefault("metadata") is { } metadata)
        {
            if (isResource && metadata.Type != "object")
                Add(FieldError.Invalid($"{path}.properties[metadata].type", metadata.Type ?? "", "must be object"));
            if (level == Level.Root && RestrictsMore(metadata))
                Add(FieldError.Forbidden($"{path}.properties[metadata]", "must not specify anything other than name and generateName, but metadata is implicitly specified"));
        }
        if (s.XKubernetesEmbeddedResource == true && s.XKubernetesPreserveUnknownFields != true && s.Properties is not { Count: > 0 })
            Add(FieldError.Required($"{path}.properties", "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields"));
    }

    private static bool RestrictsMore(JSONSchemaProps metadata)
    {
        var onlyNames = metadata.Properties is null || metadata.Properties.Keys.All(k => k is "name" or "generateName");
        var rest = metadata with { Properties = null, Type = null, Default = null };
        return !onlyNames || !Platform.Api.Json.ApiJson.Same(rest, new JSONSchemaProps());
    }

    private void Values(JSONSchemaProps s, bool skipAnyOf, bool skipFirstAllOf, string path)
    {
        for (var i = 0; !skipAnyOf && i < (s.AnyOf?.Count ?? 0); i++)
            Nested(s.AnyOf![i], false, Index(path, "anyOf", i));
        for (var i = 0; i < (s.AllOf?.Count ?? 0); i++)
            Nested(s.AllOf![i], skipFirstAllOf && i == 0, Index(path, "allOf", i));
        for (var i = 0; i < (s.OneOf?.Count ?? 0); i++)
            Nested(s.OneOf![i], false, Index(path, "oneOf", i));
        if (s.Not is not null)
            Nested(s.Not, false, $"{path}.not");
        if (!string.IsNullOrEmpty(s.Pattern) && GoPatternFault.Of(s.Pattern) is { } fault)
            Add(FieldError.Invalid($"{path}.pattern", s.Pattern, $"must be a valid regular expression, but isn't: {fault}"));
    }

    private void Nested(JSONSchemaProps s, bool skipAnyOf, string path)
    {
        Values(s, skipAnyOf, false, path);
        if (StructuralSchema.DeclaredIn(s.Items) is { } items)
            Nested(items, false, $"{path}.items");
        foreach (var (name, property) in s.Properties ?? None)
            Nested(property, false, $"{path}.properties[{name}]");
        Forbid(!string.IsNullOrEmpty(s.Type), path, "type", "must be empty to be structural");
        Forbid(s.AdditionalProperties is not null, path, "additionalProperties", "must be undefined to be structural");
        Forbid(s.Default is not null, path, "default", "must be undefined to be structural");
        Forbid(!string.IsNullOrEmpty(s.Title), path, "title", "must be empty to be structural");
        Forbid(!string.IsNullOrEmpty(s.Description), path, "description", "must be empty to be structural");
        Forbid(s.Nullable == true, path, "nullable", "must be false to be structural");
        Forbid(s.ExternalDocs is not null, path, "externalDocs", "must be undefined to be structural");
        Forbid(s.XKubernetesPreserveUnknownFields == true, path, "x-kubernetes-preserve-unknown-fields", "must be false to be structural");
        Forbid(s.XKubernetesEmbeddedResource == true, path, "x-kubernetes-embedded-resource", "must be false to be structural");
        Forbid(s.XKubernetesIntOrString == true, path, "x-kubernetes-int-or-string", "must be false to be structural");
        Forbid(s.XKubernetesListMapKeys is { Count: > 0 }, path, "x-kubernetes-list-map-keys", "must be empty to be structural");
        Forbid(s.XKubernetesListType is not null, path, "x-kubernetes-list-type", "must be undefined to be structural");
        Forbid(s.XKubernetesMapType is not null, path, "x-kubernetes-map-type", "must be undefined to be structural");
        Forbid(s.XKubernetesValidations is { Count: > 0 }, path, "x-kubernetes-validations", "must be empty to be structural");
        Forbid(s.Properties?.ContainsKey("metadata") == true, path, "properties[metadata]", "must not be specified in a nested context");
    }

    /// <summary>What a restriction names must be declared outside of it.</summary>
    private void Complete(JSONSchemaProps structure, JSONSchemaProps restriction, string path)
    {
        foreach (var (part, name) in Parts(restriction))
            Defined(structure, part, $"{path}.{name}", path);
        foreach (var (name, property) in structure.Properties ?? None)
            Complete(property, property, $"{path}.properties[{name}]");
        if (StructuralSchema.DeclaredIn(structure.Items) is { } items)
            Complete(items, items, $"{path}.items");
        if (StructuralSchema.DeclaredIn(structure.AdditionalProperties) is { } additional)
            Complete(additional, additional, $"{path}.additionalProperties");
    }

    private void Defined(JSONSchemaProps structure, JSONSchemaProps restriction, string at, string path)
    {
        foreach (var (part, _) in Parts(restriction))
            Defined(structure, part, at, path);
        foreach (var (name, property) in restriction.Properties ?? None)
        {
            if (structure.Properties?.GetValueOrDefault(name) is { } declared)
                Defined(declared, property, at, $"{path}.properties[{name}]");
            else if (structure.XKubernetesPreserveUnknownFields != true || structure.Properties is { Count: > 0 })
                Add(FieldError.Required($"{path}.properties[{name}]", $"because it is defined in {at}.properties[{name}]"));
        }
        if (StructuralSchema.DeclaredIn(restriction.Items) is not { } items)
            return;
        if (StructuralSchema.DeclaredIn(structure.Items) is { } declaredItems)
            Defined(declaredItems, items, at, $"{path}.items");
        else
            Add(FieldError.Required($"{path}.items", $"because it is defined in {at}.items"));
    }

    private static IEnumerable<(JSONSchemaProps Schema, string Name)> Parts(JSONSchemaProps s)
    {
        foreach (var (name, list) in new[] { ("allOf", s.AllOf), ("anyOf", s.AnyOf), ("oneOf", s.OneOf) })
        {
            for (var i = 0; i < (list?.Count ?? 0); i++)
                yield return (list![i], string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]"));
        }
        if (s.Not is not null)
            yield return (s.Not, "not");
    }

    private static bool IsIntOrString(IReadOnlyList<JSONSchemaProps>? anyOf) =>
        anyOf is [{ Type: "integer" } a, { Type: "string" } b] && Platform.Api.Json.ApiJson.Same(a, new JSONSchemaProps { Type = "integer" })
        && Platform.Api.Json.ApiJson.Same(b, new JSONSchemaProps { Type = "string" });

    private void Forbid(bool present, string path, string field, string detail)
    {
        if (present)
            Add(FieldError.Forbidden($"{path}.{field}", detail));
    }

    private static string Index(string path, string field, int i) => string.Create(CultureInfo.InvariantCulture, $"{path}.{field}[{i}]");

    private void Add(FieldError finding) => _findings.Add(finding);

    private static readonly Dictionary<string, JSONSchemaProps> None = [];
}
