using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Meta.V1;
using Platform.Api.Validation;
using Platform.ApiServer.Patching;
using Platform.ApiServer.Registry.Rules;

namespace Platform.ApiServer.CustomResources.Schemas;

/// <summary>
/// Objects within objects (<c>x-kubernetes-embedded-resource</c>): their metadata is metadata, without fields that no metadata has, and must be well-formed as
/// that of any object.
/// </summary>
internal static class EmbeddedObjects
{
    /// <summary>Drops what is not metadata from the metadata of embedded objects.</summary>
    /// <exception cref="JsonException">A field of such metadata has the wrong type.</exception>
    public static void Coerce(JsonNode? value, StructuralSchema? schema)
    {
        if (schema is null)
            return;
        if (value is JsonArray list)
        {
            foreach (var item in list)
                Coerce(item, schema.Items);
        }
        if (value is not JsonObject map)
            return;
        if (schema.IsEmbeddedResource && map["metadata"] is JsonObject metadata)
        {
            var typed = ApiJson.Decode<ObjectMeta>(JsonSerializer.SerializeToUtf8Bytes(metadata, SchemaJson.Default.JsonNode));
            map["metadata"] = JsonTree.Parse(ApiJson.Encode(typed));
        }
        foreach (var (name, member) in map)
            Coerce(member, schema.Member(name));
    }

    /// <summary>Findings in embedded objects.</summary>
    public static IEnumerable<FieldError> Validate(JsonNode? value, StructuralSchema? schema, string path, JsonNode? old)
    {
        if (schema is null || (old is not null && JsonNode.DeepEquals(value, old)))
            yield break;
        if (value is JsonArray list)
        {
            var before = ListItems.ByKey(old as JsonArray, schema.Declared);
            for (var i = 0; i < list.Count; i++)
            {
                foreach (var finding in Validate(list[i], schema.Items, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), ListItems.Find(before, list[i],
                    schema.Declared)))
                    yield return finding;
            }
        }
        if (value is not JsonObject map)
            yield break;
        foreach (var finding in schema.IsEmbeddedResource ? ValidateObject(map, path) : [])
            yield return finding;
        foreach (var (name, member) in map)
        {
            foreach (var finding in Validate(member, schema.Member(name), path.Length == 0 ? name : $"{path}.{name}", (old as JsonObject)?[name]))
                yield return finding;
        }
    }

    private static IEnumerable<FieldError> ValidateObject(JsonObject map, string path)
    {
        var apiVersion = Text(map["apiVersion"]);
        if (string.IsNullOrEmpty(apiVersion))
            yield return FieldError.Required($"{path}.apiVersion", "must not be empty");
        else if (apiVersion.Count(c => c == '/') > 1)
            yield return FieldError.Invalid($"{path}.apiVersion", apiVersion, $"unexpected GroupVersion string: {apiVersion}");
        var kind = Text(map["kind"]);
        if (string.IsNullOrEmpty(kind))
            yield return FieldError.Required($"{path}.kind", "must not be empty");
        else if (NameFormats.Dns1035Label(kind.ToLowerInvariant()).ToList() is { Count: > 0 } wrong)
            yield return FieldError.Invalid($"{path}.kind", kind, "may have mixed case, but should otherwise match: " + string.Join(",", wrong));
        if (map["metadata"] is not JsonObject metadata)
            yield break;
        var typed = ApiJson.Decode<ObjectMeta>(JsonSerializer.SerializeToUtf8Bytes(metadata, SchemaJson.Default.JsonNode));
        foreach (var finding in ObjectMetaValidation.Labels(typed.Labels, $"{path}.metadata.labels").Concat(ObjectMetaValidation.Annotations(typed.Annotations,
            $"{path}.metadata.annotations")))
            yield return finding;
        foreach (var wrong in string.IsNullOrEmpty(typed.Name) ? [] : NameFormats.DnsSubdomain(typed.Name))
            yield return FieldError.Invalid($"{path}.metadata.name", typed.Name, wrong);
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
