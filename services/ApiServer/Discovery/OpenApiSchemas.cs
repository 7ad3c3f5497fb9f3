using System.Text.Json.Nodes;
using Platform.Api.Schema;

namespace Platform.ApiServer.Discovery;

/// <summary>
/// Schemas of declared types, in the dialect of OpenAPI 2 or 3. They differ in how a described field refers to another schema, and in how a
/// value of either type is written.
/// </summary>
internal sealed class OpenApiSchemas(bool version3, IReadOnlyList<string> groups)
{
    private readonly SortedDictionary<string, JsonObject> _known = new(StringComparer.Ordinal);

    private string Prefix => version3 ? "#/components/schemas/" : "#/definitions/";

    /// <summary>All schemas that were referred to.</summary>
    public JsonObject All()
    {
        var all = new JsonObject();
        foreach (var (name, schema) in _known)
            all[name] = schema;
        return all;
    }

    /// <summary>A reference to the schema of what an operation takes or gives.</summary>
    public JsonObject Reference(OpenApiShape shape)
    {
        if (shape.Custom is not { } custom)
            return Reference(shape.Type!);
        var name = CustomSchemas.NameOf(custom) + (shape.IsList ? "List" : "");
        if (_known.TryAdd(name, []))
        {
            _known[name] = shape.IsList
                ? CustomSchemas.List(custom, Reference(shape with { IsList = false }), Reference(typeof(Platform.Api.Meta.V1.ListMeta)), version3)
                : CustomSchemas.Object(custom, Reference(typeof(Platform.Api.Meta.V1.ObjectMeta)), version3);
        }

        return new() { ["$ref"] = Prefix + name };
    }

    /// <summary>A reference to the schema of a declared type, which is added with all that it refers to.</summary>
    public JsonObject Reference(Type type) => Reference(TypeSchema.Of(type));

    private JsonObject Reference(TypeSchema schema)
    {
        var name = SchemaName.Of(schema)!;
        if (!_known.ContainsKey(name))
        {
            _known[name] = [];
            _known[name] = Named(schema);
        }

        return new() { ["$ref"] = Prefix + name };
    }

    private JsonObject Named(TypeSchema schema) => schema.Shape switch
    {
        SchemaShape.Quantity => version3 ? new() { ["oneOf"] = Types("string", "number"), ["description"] = "An amount, such as 100m or 1.5Gi." } : Plain("string"),
        SchemaShape.IntOrString => version3 ? new() { ["format"] = "int-or-string", ["oneOf"] = Types("integer", "string") } : Plain("string", "int-or-string"),
        SchemaShape.Time or SchemaShape.MicroTime => Plain("string", "date-time"),
        _ => Record(schema),
    };

    /// <summary>A document of any shape, under the name that clients know it by.</summary>
    private JsonObject RawReference(string name)
    {
        if (!_known.ContainsKey(name))
        {
            _known[name] = name switch
            {
                SchemaName.FieldsV1 => new() { ["description"] = "A set of fields, as a tree of their names.", ["type"] = "object" },
                SchemaName.RawExtension => new() { ["description"] = "An object of any kind.", ["type"] = "object" },
                SchemaName.SubresourceStatus => new() { ["description"] = "Present where there is a status subresource.", ["type"] = "object" },
                SchemaName.SchemaOrBool => new() { ["description"] = "A schema, or whether anything is allowed." },
                SchemaName.SchemaOrArray => new() { ["description"] = "A schema, or a list of schemas." },
                SchemaName.SchemaOrStringArray => new() { ["description"] = "A schema, or a list of names." },
                _ => new() { ["description"] = "Any JSON value." },
            };
        }

        return new() { ["$ref"] = Prefix + name };
    }

    private JsonObject Record(TypeSchema schema)
    {
        var result = new JsonObject();
        Describe(result, Descriptions.Of(schema.Type.IsGenericType ? schema.Type.GetGenericTypeDefinition() : schema.Type));
        var fields = schema.Fields.Values.OrderBy(f => f.Name, StringComparer.Ordinal).ToList();
        if (fields.Any(f => f.Required))
            result["required"] = new JsonArray([.. fields.Where(f => f.Required).Select(f => JsonValue.Create(f.Name))]);
        result["type"] = "object";
        var properties = new JsonObject();
        foreach (var field in fields)
            properties[field.Name] = Field(field);
        result["properties"] = properties;
        if (schema.MapType is { } mapType)
            result["x-kubernetes-map-type"] = mapType;
        if (Kinds(schema) is { Count: > 0 } kinds)
            result["x-kubernetes-group-version-kind"] = kinds;
        return result;
    }

    private JsonArray Kinds(TypeSchema schema)
    {
        var kinds = new JsonArray();
        var list = schema.Type.IsGenericType;
        var resource = list ? TypeSchema.Of(schema.Type.GetGenericArguments()[0]).Resource : schema.Resource;
        if (resource is not null)
            kinds.Add((JsonNode)Kind(resource.Group, resource.Version, resource.Kind + (list ? "List" : "")));
        else if (schema.Type == typeof(Platform.Api.Autoscaling.V1.Scale))
            kinds.Add((JsonNode)Kind("autoscaling", "v1", "Scale"));
        else if (schema.Type == typeof(Platform.Api.Meta.V1.DeleteOptions))
        {
            foreach (var group in groups)
                kinds.Add((JsonNode)Kind(group, "v1", "DeleteOptions"));
        }
        else if (schema.Type == typeof(Platform.Api.Meta.V1.Status))
            kinds.Add((JsonNode)Kind("", "v1", "Status"));
        return kinds;
    }

    internal static JsonObject Kind(string group, string version, string kind) => new() { ["group"] = group, ["version"] = version, ["kind"] = kind };

    private JsonObject Field(FieldSchema field)
    {
        var type = field.Type;
        var value = Value(type, field.PublishedAs);
        if (version3 && value.ContainsKey("$ref"))
            value = new() { ["allOf"] = new JsonArray(value) };
        Describe(value, Descriptions.Of(field));
        if (field.Default is not null && (version3 || field.Default is not ("" or 0 or false)))
            value["default"] = field.Default switch { int number => JsonValue.Create(number), bool flag => JsonValue.Create(flag), var text => JsonValue.Create(text.ToString()) };
        if (field.Enum is { Count: > 0 } choices)
            value["enum"] = Texts(choices);
        if (field.ListKeys.Count > 0)
            value["x-kubernetes-list-map-keys"] = Texts(field.ListKeys);
        if (field.ListType is { } listType)
            value["x-kubernetes-list-type"] = listType;
        if (field.MapType is { } mapType)
            value["x-kubernetes-map-type"] = mapType;
        if (field.MergeKey is { } mergeKey)
            value["x-kubernetes-patch-merge-key"] = mergeKey;
        if (field.PatchStrategy is { } strategy)
            value["x-kubernetes-patch-strategy"] = strategy;
        return value;
    }

    private JsonObject Value(TypeSchema schema, string? raw = null) => schema.Shape switch
    {
        SchemaShape.String => Plain("string"),
        SchemaShape.Bytes => Plain("string", "byte"),
        SchemaShape.Boolean => Plain("boolean"),
        SchemaShape.Int32 => Plain("integer", "int32"),
        SchemaShape.Int64 => Plain("integer", "int64"),
        SchemaShape.Number => Plain("number", "double"),
        SchemaShape.List => new() { ["type"] = "array", ["items"] = Item(schema.Item!, raw) },
        SchemaShape.Map => new() { ["type"] = "object", ["additionalProperties"] = Item(schema.Item!, raw) },
        SchemaShape.Raw => RawReference(raw ?? SchemaName.RawExtension),
        _ => Reference(schema),
    };

    private JsonObject Item(TypeSchema schema, string? raw)
    {
        var value = Value(schema, raw);
        return version3 && value.ContainsKey("$ref") ? new() { ["allOf"] = new JsonArray(value) } : value;
    }

    private static JsonObject Plain(string type, string? format = null)
    {
        var result = new JsonObject { ["type"] = type };
        if (format is not null)
            result["format"] = format;
        return result;
    }

    private static JsonArray Types(params string[] types) => new([.. types.Select(t => Plain(t))]);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);

    private static void Describe(JsonObject schema, string text)
    {
        if (text.Length > 0)
            schema["description"] = text;
    }
}
