using System.Globalization;
using System.Text.Json;
using Platform.Api.ApiExtensions.V1;
using Platform.Api.Errors;
using Platform.ApiServer.CustomResources.Schemas;

namespace Platform.ApiServer.CustomResources.Definitions;

/// <summary>What of OpenAPI a schema may use, and which of Kubernetes' extensions go together.</summary>
internal sealed class OpenApiSchemaRules
{
    private static readonly string[] Types = ["array", "boolean", "integer", "number", "object", "string"];
    private static readonly string[] Reasons = ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"];
    private static readonly string[] MetaFields = ["metadata", "kind", "apiVersion"];

    private readonly List<FieldError> _findings = [];

    public static List<FieldError> Validate(JSONSchemaProps schema, string path)
    {
        var rules = new OpenApiSchemaRules();
        rules.Schema(schema, path, new(IsRoot: true));
        return rules._findings;
    }

    /// <summary>Where in the whole a schema is.</summary>
    private sealed record Place(bool IsRoot = false, bool InMeta = false, string? NoDefault = null);

    private void Schema(JSONSchemaProps s, string path, Place place)
    {
        Vocabulary(s, path, place);
        var inner = place with { IsRoot = false };
        if (s.AdditionalProperties is { } additional)
        {
            var schema = StructuralSchema.DeclaredIn(additional);
            if (s.Properties is { Count: > 0 } && (schema is not null || additional.ValueKind == JsonValueKind.False))
                Add(FieldError.Forbidden($"{path}.additionalProperties", "additionalProperties and properties are mutual exclusive"));
            if (schema is not null)
                Schema(schema, $"{path}.additionalProperties", place.InMeta ? inner with { NoDefault = " inside additionalProperties applying to object metadata" } : inner);
        }
        foreach (var (name, property) in (s.Properties ?? new Dictionary<string, JSONSchemaProps>()).OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            var below = inner;
            if ((place.IsRoot || s.XKubernetesEmbeddedResource == true) && MetaFields.Contains(name))
                below = below with { InMeta = true, NoDefault = place.IsRoot ? $" in top-level {name}" : below.NoDefault };
            Schema(property, $"{path}.properties[{name}]", below);
        }
        foreach (var (field, list) in new[] { ("allOf", s.AllOf), ("oneOf", s.OneOf), ("anyOf", s.AnyOf) })
        {
            for (var i = 0; i < (list?.Count ?? 0); i++)
                Schema(list![i], string.Create(CultureInfo.InvariantCulture, $"{path}.{field}[{i}]"), inner);
        }
        if (s.Not is not null)
            Schema(s.Not, $"{path}.not", inner);
        if (StructuralSchema.DeclaredIn(s.Items) is { } items)
            Schema(items, $"{path}.items", inner);
        Extensions(s, path);
        Rules(s, path);
    }

    private void Vocabulary(JSONSchemaProps s, string path, Place place)
    {
        if (s.Type == "null")
            Add(FieldError.Forbidden($"{path}.type", "type cannot be set to null, use nullable as an alternative"));
        if (!string.IsNullOrEmpty(s.Type) && !Types.Contains(s.Type))
            Add(FieldError.NotSupported($"{path}.type", s.Type, Types));
        if (s.Default is not null && place.NoDefault is not null)
            Add(FieldError.Forbidden($"{path}.default", "must not be set" + place.NoDefault));
        Unsupported(!string.IsNullOrEmpty(s.Id), path, "id");
        Unsupported(s.AdditionalItems is not null, path, "additionalItems");
        Unsupported(s.PatternProperties is { Count: > 0 }, path, "patternProperties");
        Unsupported(s.Definitions is { Count: > 0 }, path, "definitions");
        Unsupported(s.Dependencies is not null, path, "dependencies");
        Unsupported(s.Ref is not null, path, "$ref");
        if (s.Items is { ValueKind: JsonValueKind.Array })
            Add(FieldError.Forbidden($"{path}.items", "items must be a schema object and not an array"));
        if (place.InMeta && s.XKubernetesEmbeddedResource == true)
            Add(FieldError.Forbidden($"{path}.x-kubernetes-embedded-resource", "must not be used inside of resource meta"));
        if (s.UniqueItems == true)
            Add(FieldError.Forbidden($"{path}.uniqueItems", "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"));
    }

    private void Extensions(JSONSchemaProps s, string path)
    {
        if (s.XKubernetesPreserveUnknownFields == false)
            Add(FieldError.Invalid($"{path}.x-kubernetes-preserve-unknown-fields", false, "must be true or undefined"));
        if (s.XKubernetesMapType is { } mapType)
        {
            NeedsType(s, path, "object", "must be object if x-kubernetes-map-type is specified");
            if (mapType is not ("atomic" or "granular"))
                Add(FieldError.NotSupported($"{path}.x-kubernetes-map-type", mapType, ["atomic", "granular"]));
        }
        if (s.XKubernetesListType is { } listType)
        {
            NeedsType(s, path, "array", "must be array if x-kubernetes-list-type is specified");
            if (listType is not ("atomic" or "set" or "map"))
                Add(FieldError.NotSupported($"{path}.x-kubernetes-list-type", listType, ["atomic", "set", "map"]));
        }
        var items = StructuralSchema.DeclaredIn(s.Items);
        if (s is { XKubernetesListType: "set", Type: "array" } && items is { Type: "array", XKubernetesListType: { } inner and not "atomic" })
            Add(FieldError.Invalid($"{path}.items.x-kubernetes-list-type", inner, "must be atomic as item of a list with x-kubernetes-list-type=set"));
        if (s is { XKubernetesListType: "set", Type: "array" } && items is { Type: "object", XKubernetesMapType: not "atomic" })
            Add(FieldError.Invalid($"{path}.items.x-kubernetes-map-type", items.XKubernetesMapType, "must be atomic as item of a list with x-kubernetes-list-type=set"));
        if (s.XKubernetesListMapKeys is { Count: > 0 } && s.XKubernetesListType != "map")
        {
            const string detail = "must be map if x-kubernetes-list-map-keys is non-empty";
            Add(s.XKubernetesListType is null ? FieldError.Required($"{path}.x-kubernetes-list-type", detail)
                : FieldError.Invalid($"{path}.x-kubernetes-list-type", s.XKubernetesListType, detail));
        }
        if (s.XKubernetesListType == "map")
            MapList(s, items, path);
        if (s.XKubernetesListType is "set" or "map" && items?.Nullable == true)
            Add(FieldError.Forbidden($"{path}.items.nullable", $"cannot be nullable when x-kubernetes-list-type is {s.XKubernetesListType}"));
    }

    private void MapList(JSONSchemaProps s, JSONSchemaProps? items, string path)
    {
        var keys = s.XKubernetesListMapKeys ?? [];
        if (keys.Count == 0)
            Add(FieldError.Required($"{path}.x-kubernetes-list-map-keys", "must not be empty if x-kubernetes-list-type is map"));
        if (s.Items is null)
            Add(FieldError.Required($"{path}.items", "must have a schema if x-kubernetes-list-type is map"));
        if (items is null)
            return;
        if (items.Type != "object")
        {
            Add(FieldError.Invalid($"{path}.items.type", items.Type ?? "", "must be object if parent array's x-kubernetes-list-type is map"));
            return;
        }
        for (var i = 0; i < keys.Count; i++)
        {
            var key = items.Properties?.GetValueOrDefault(keys[i]);
            var place = $"{path}.items.properties[{keys[i]}]";
            if (key is null)
                Add(FieldError.Invalid($"{path}.x-kubernetes-list-map-keys", keys, "entries must all be names of item properties"));
            else if (key.Type is "array" or "object")
                Add(FieldError.Invalid($"{place}.type", items.Type, "must be a scalar type if parent array's x-kubernetes-list-type is map"));
            if (keys.Take(i).Contains(keys[i]))
                Add(FieldError.Invalid($"{path}.x-kubernetes-list-map-keys", keys, "must not contain duplicate entries"));
            if (key is not null && key.Default is null && items.Required?.Contains(keys[i]) != true)
                Add(FieldError.Required($"{place}.default", "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"));
            if (key?.Nullable == true)
                Add(FieldError.Forbidden($"{place}.nullable", "this property is in x-kubernetes-list-map-keys, so it cannot be nullable"));
        }
    }

    private void Rules(JSONSchemaProps s, string path)
    {
        for (var i = 0; i < (s.XKubernetesValidations?.Count ?? 0); i++)
        {
            var (rule, at) = (s.XKubernetesValidations![i], string.Create(CultureInfo.InvariantCulture, $"{path}.x-kubernetes-validations[{i}]"));
            var (text, message) = (rule.Rule?.Trim() ?? "", rule.Message?.Trim() ?? "");
            if (text.Length == 0)
                Add(FieldError.Required($"{at}.rule", "rule is not specified"));
            else if (rule.Message is { Length: > 0 } && message.Length == 0)
                Add(FieldError.Invalid($"{at}.message", rule.Message, "message must be non-empty if specified"));
            else if (HasLineBreaks(message))
                Add(FieldError.Invalid($"{at}.message", rule.Message, "message must not contain line breaks"));
            else if (HasLineBreaks(text) && message.Length == 0)
                Add(FieldError.Required($"{at}.message", "message must be specified if rule contains line breaks"));
            if (rule.MessageExpression is { Length: > 0 } && rule.MessageExpression.Trim().Length == 0)
                Add(FieldError.Required($"{at}.messageExpression", "messageExpression must be non-empty if specified"));
            if (rule.Reason is not null && !Reasons.Contains(rule.Reason))
                Add(FieldError.NotSupported($"{at}.reason", rule.Reason, Reasons));
            if (rule.FieldPath is not { Length: > 0 } fieldPath)
                continue;
            if (fieldPath.Trim().Length == 0)
                Add(FieldError.Invalid($"{at}.fieldPath", fieldPath, "fieldPath must be non-empty if specified"));
            if (HasLineBreaks(fieldPath))
                Add(FieldError.Invalid($"{at}.fieldPath", fieldPath, "fieldPath must not contain line breaks"));
            if (RulePath.Resolve(fieldPath, StructuralSchema.Of(s)) is null)
                Add(FieldError.Invalid($"{at}.fieldPath", fieldPath, "fieldPath must be a valid path"));
        }
    }

    private static bool HasLineBreaks(string text) => text.AsSpan().IndexOfAny('\n', '\r') >= 0;

    private void NeedsType(JSONSchemaProps s, string path, string type, string detail)
    {
        if (string.IsNullOrEmpty(s.Type))
            Add(FieldError.Required($"{path}.type", detail));
        else if (s.Type != type)
            Add(FieldError.Invalid($"{path}.type", s.Type, detail));
    }

    private void Unsupported(bool present, string path, string field)
    {
        if (present)
            Add(FieldError.Forbidden($"{path}.{field}", $"{field} is not supported"));
    }

    private void Add(FieldError finding) => _findings.Add(finding);
}
