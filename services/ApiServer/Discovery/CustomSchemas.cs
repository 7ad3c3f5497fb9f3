using System.Text.Json.Nodes;
using Platform.Api.Json;
using Platform.ApiServer.CustomResources;
using Platform.ApiServer.Patching;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Discovery;

/// <summary>
/// Published schemas of custom resources. OpenAPI 3 shows the declared schema; OpenAPI 2 cannot say all of it, and what it says about a place must not make a client
/// refuse what the server accepts, so there the combinations are left out, and everything about places that take values of several types.
/// </summary>
internal static class CustomSchemas
{
    private static readonly string[] NotInVersion2 =
        ["oneOf", "anyOf", "allOf", "not", "nullable", "default", "x-kubernetes-validations"];

    private const string ApiVersionText = "Version of the schema that the object has.";
    private const string KindText = "Kind of the object.";

    /// <summary>Name of the schema: the group's labels reversed, the version and the kind.</summary>
    public static string NameOf(ResourceDefinition definition) =>
        string.Join('.', definition.Group.Split('.').Reverse().Append(definition.Version).Append(definition.Kind));

    public static JsonObject Object(ResourceDefinition definition, JsonObject metadata, bool version3)
    {
        var schema = (JsonObject)JsonTree.Parse(ApiJson.Encode(((CustomCodec)definition.Codec).Schema.Declared))!;
        if (!version3)
            ToVersion2(schema);
        schema["type"] ??= "object";
        if (schema["properties"] is not JsonObject properties)
            schema["properties"] = properties = [];
        properties["apiVersion"] = new JsonObject { ["type"] = "string", ["description"] = ApiVersionText };
        properties["kind"] = new JsonObject { ["type"] = "string", ["description"] = KindText };
        properties["metadata"] = version3 ? new JsonObject { ["allOf"] = new JsonArray(metadata), ["description"] = "Metadata that every object has." } : metadata;
        schema["x-kubernetes-group-version-kind"] = new JsonArray(OpenApiSchemas.Kind(definition.Group, definition.Version, definition.Kind));
        return schema;
    }

    public static JsonObject List(ResourceDefinition definition, JsonObject item, JsonObject metadata, bool version3) => new()
    {
        ["description"] = $"{definition.ListKind} is a list of {definition.Kind}",
        ["type"] = "object",
        ["required"] = new JsonArray("items"),
        ["properties"] = new JsonObject
        {
            ["apiVersion"] = new JsonObject { ["type"] = "string", ["description"] = ApiVersionText },
            ["kind"] = new JsonObject { ["type"] = "string", ["description"] = KindText },
            ["items"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = version3 ? new JsonObject { ["allOf"] = new JsonArray(item) } : item,
                ["description"] = $"List of {definition.Plural}.",
            },
            ["metadata"] = version3 ? new JsonObject { ["allOf"] = new JsonArray(metadata) } : metadata,
        },
        ["x-kubernetes-group-version-kind"] = new JsonArray(OpenApiSchemas.Kind(definition.Group, definition.Version, definition.ListKind)),
    };

    private static void ToVersion2(JsonObject schema)
    {
        var isNullable = schema["nullable"]?.GetValue<bool>() == true;
        var takesSeveral = schema["x-kubernetes-int-or-string"]?.GetValue<bool>() == true || schema["x-kubernetes-preserve-unknown-fields"]?.GetValue<bool>() == true;
        foreach (var name in NotInVersion2)
            schema.Remove(name);
        if (isNullable || takesSeveral)
        {
            // A value of another type than the one that is named would be refused by the client.
            if (isNullable || schema["x-kubernetes-int-or-string"] is not null)
                schema.Remove("type");
            foreach (var name in new[] { "items", "properties", "additionalProperties", "required" })
                schema.Remove(name);
        }
        foreach (var inner in (schema["properties"] as JsonObject ?? []).Select(p => p.Value).Append(schema["items"]).Append(schema["additionalProperties"]))
        {
            if (inner is JsonObject map)
                ToVersion2(map);
        }
    }
}
