using System.Text.Json.Nodes;
using Platform.Api.Schema;

namespace Platform.Api.Tests.Protobuf;

/// <summary>Makes an object of a declared type in which every field has a value that is not its zero.</summary>
internal static class SampleJson
{
    /// <summary>How often a type may be within itself: schemas of custom resources have no end.</summary>
    private const int Recursion = 2;

    public static JsonObject Of(Type type, string apiVersion, string kind)
    {
        var value = Object(TypeSchema.Of(type), []);
        value["apiVersion"] = apiVersion;
        value["kind"] = kind;
        return value;
    }

    private static JsonObject Object(TypeSchema schema, List<Type> within)
    {
        var value = new JsonObject();
        if (within.Count(t => t == schema.Type) >= Recursion)
            return value;
        List<Type> inside = [.. within, schema.Type];
        foreach (var field in schema.Fields.Values.OrderBy(f => f.Index))
        {
            // What an object is stands in its envelope, and not at all in an object within another.
            if (!schema.Type.IsAssignableTo(typeof(KubernetesObject)) || field.Name is not ("apiVersion" or "kind"))
                value[field.Name] = Value(field.Type, field, inside);
        }

        return value;
    }

    private static JsonNode? Value(TypeSchema type, FieldSchema field, List<Type> within) => type.Shape switch
    {
        SchemaShape.String => $"a \"{field.Name}\" ü",
        SchemaShape.Bytes => Convert.ToBase64String([0, 1, 255]),
        SchemaShape.Time => "2024-02-29T01:02:03Z",
        SchemaShape.MicroTime => "1960-02-29T01:02:03.456789Z",
        SchemaShape.Quantity => "1500m",
        SchemaShape.IntOrString => field.Index % 2 == 0 ? 8080 : "25%",
        SchemaShape.Int32 => -7,
        SchemaShape.Int64 => 1L << 40,
        SchemaShape.Number => 0.25,
        SchemaShape.Boolean => true,
        SchemaShape.Raw => Raw(field, within),
        SchemaShape.List => new JsonArray(Value(type.Item!, field, within), Value(type.Item!, field, within)),
        SchemaShape.Map => new JsonObject { ["first"] = Value(type.Item!, field, within), ["sec/ond"] = Value(type.Item!, field, within) },
        _ => Object(type, within),
    };

    private static JsonNode Raw(FieldSchema field, List<Type> within) => field.PublishedAs switch
    {
        SchemaName.SubresourceStatus => new JsonObject(),
        SchemaName.SchemaOrBool when field.Index % 2 == 0 => false,
        SchemaName.SchemaOrStringArray when within.Count % 2 == 0 => new JsonArray("a", "b"),
        SchemaName.SchemaOrArray when within.Count % 2 == 0 => new JsonArray(Schema(within), Schema(within)),
        SchemaName.SchemaOrBool or SchemaName.SchemaOrArray or SchemaName.SchemaOrStringArray => Schema(within),
        _ => JsonNode.Parse("""{"any":[1,null,"x",{"y":true}]}""")!,
    };

    private static JsonObject Schema(List<Type> within) => Object(TypeSchema.Of(typeof(ApiExtensions.V1.JSONSchemaProps)), within);
}
