using System.Text.Json.Nodes;

namespace Platform.ApiServer.Discovery;

/// <summary>
/// OpenAPI 2 in the protobuf form of gnostic's <c>openapi.v2.Document</c>, which kubectl asks for because it is quicker to read than JSON. It is
/// made from the JSON form; the numbers are those of gnostic's OpenAPIv2.proto. What this server's documents use is written, and what those of extension
/// servers use; of the latter nothing is taken for granted, and what has another shape than it should is left out.
/// </summary>
internal static class OpenApiProtobuf
{
    public static byte[] Encode(JsonObject document)
    {
        var message = new ProtobufMessage();
        message.Text(1, Text(document["swagger"]));
        message.Message(2, Info((JsonObject)document["info"]!));
        message.Message(8, Named(document["paths"], 2, PathItem));
        message.Message(9, Named(document["definitions"], 1, Schema));
        if (document["parameters"] is JsonObject { Count: > 0 } parameters)
            message.Message(10, Named(parameters, 1, Parameter));
        if (document["responses"] is JsonObject { Count: > 0 } responses)
            message.Message(11, Named(responses, 1, Response));
        return message.ToArray();
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static bool Flag(JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool flag) && flag;

    private static double? Real(JsonNode? node) => node is JsonValue value && value.TryGetValue(out double number) ? number : null;

    private static long? Whole(JsonNode? node) => node is JsonValue value && value.TryGetValue(out long number) ? number : null;

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();

    private static ProtobufMessage Info(JsonObject info)
    {
        var message = new ProtobufMessage();
        message.Text(1, Text(info["title"]));
        message.Text(2, Text(info["version"]));
        return message;
    }

    /// <summary>A map as gnostic has it: a message whose repeated field holds name and value.</summary>
    private static ProtobufMessage Named(JsonNode? map, int field, Func<JsonObject, ProtobufMessage> value)
    {
        var message = new ProtobufMessage();
        foreach (var (name, node) in map as JsonObject ?? [])
        {
            if (node is not JsonObject member)
                continue;
            var entry = new ProtobufMessage();
            entry.Text(1, name);
            entry.Message(2, value(member));
            message.Message(field, entry);
        }

        return message;
    }

    private static ProtobufMessage PathItem(JsonObject item)
    {
        var message = new ProtobufMessage();
        foreach (var (method, field) in new[] { ("get", 2), ("put", 3), ("post", 4), ("delete", 5), ("options", 6), ("head", 7), ("patch", 8) })
        {
            if (item[method] is JsonObject operation)
                message.Message(field, Operation(operation));
        }

        Parameters(message, 9, item["parameters"]);
        return message;
    }

    private static ProtobufMessage Operation(JsonObject operation)
    {
        var message = new ProtobufMessage();
        Texts(message, 1, operation["tags"]);
        message.Text(3, Text(operation["description"]));
        message.Text(5, Text(operation["operationId"]));
        Texts(message, 6, operation["produces"]);
        Texts(message, 7, operation["consumes"]);
        Parameters(message, 8, operation["parameters"]);
        message.Message(9, Named(operation["responses"], 1, ResponseOrReference));
        Texts(message, 10, operation["schemes"]);
        Extensions(message, 13, operation);
        return message;
    }

    private static void Texts(ProtobufMessage message, int field, JsonNode? list)
    {
        foreach (var text in list as JsonArray ?? [])
            message.Text(field, Text(text));
    }

    private static void Parameters(ProtobufMessage message, int field, JsonNode? list)
    {
        foreach (var parameter in Objects(list))
            message.Message(field, Reference(parameter) is { } reference ? Wrapped(2, reference) : Wrapped(1, Parameter(parameter)));
    }

    /// <summary>A reference to what several places share; null where the object is none.</summary>
    private static ProtobufMessage? Reference(JsonObject holder)
    {
        if (Text(holder["$ref"]) is not { } target)
            return null;
        var message = new ProtobufMessage();
        message.Text(1, target);
        return message;
    }

    private static ProtobufMessage Parameter(JsonObject parameter)
    {
        var inner = new ProtobufMessage();
        var place = Text(parameter["in"]);
        if (place == "body")
        {
            inner.Text(1, Text(parameter["description"]));
            inner.Text(2, Text(parameter["name"]));
            inner.Text(3, place);
            inner.Boolean(4, Flag(parameter["required"]));
            inner.Message(5, Schema(parameter["schema"] as JsonObject ?? []));
            return Wrapped(1, inner);
        }

        inner.Boolean(1, Flag(parameter["required"]));
        inner.Text(2, place);
        inner.Text(3, Text(parameter["description"]));
        inner.Text(4, Text(parameter["name"]));
        // Parameters of a query and of a form may be empty, which takes the fifth place.
        var type = place is "query" or "formData" ? 6 : 5;
        inner.Text(type, Text(parameter["type"]));
        inner.Text(type + 1, Text(parameter["format"]));
        return Wrapped(2, Wrapped(place switch { "header" => 1, "formData" => 2, "query" => 3, _ => 4 }, inner));
    }

    private static ProtobufMessage ResponseOrReference(JsonObject response) =>
        Reference(response) is { } reference ? Wrapped(2, reference) : Wrapped(1, Response(response));

    private static ProtobufMessage Response(JsonObject response)
    {
        var message = new ProtobufMessage();
        message.Text(1, Text(response["description"]));
        if (response["schema"] is JsonObject schema)
            message.Message(2, Wrapped(1, Schema(schema)));
        return message;
    }

    private static ProtobufMessage Schema(JsonObject schema)
    {
        var message = new ProtobufMessage();
        message.Text(1, Text(schema["$ref"]));
        message.Text(2, Text(schema["format"]));
        message.Text(3, Text(schema["title"]));
        message.Text(4, Text(schema["description"]));
        if (schema["default"] is { } fallback)
            message.Message(5, Any(fallback));
        Bounds(message, schema);
        Texts(message, 19, schema["required"]);
        foreach (var value in schema["enum"] as JsonArray ?? [])
        {
            if (value is not null)
                message.Message(20, Any(value));
        }

        if (schema["additionalProperties"] is JsonObject additional)
            message.Message(21, Wrapped(1, Schema(additional)));
        else if (Flag(schema["additionalProperties"]))
            message.Message(21, Yes());
        if (schema["type"] is { } type)
        {
            var item = new ProtobufMessage();
            item.Text(1, Text(type));
            Texts(item, 1, type);
            message.Message(22, item);
        }

        if (schema["items"] is JsonObject items)
            message.Message(23, Wrapped(1, Schema(items)));
        foreach (var part in Objects(schema["allOf"]))
            message.Message(24, Schema(part));
        if (schema["properties"] is JsonObject properties)
            message.Message(25, Named(properties, 1, Schema));
        Extensions(message, 31, schema);
        return message;
    }

    private static void Bounds(ProtobufMessage message, JsonObject schema)
    {
        message.Double(6, Real(schema["multipleOf"]));
        message.Double(7, Real(schema["maximum"]));
        message.Boolean(8, Flag(schema["exclusiveMaximum"]));
        message.Double(9, Real(schema["minimum"]));
        message.Boolean(10, Flag(schema["exclusiveMinimum"]));
        message.Integer(11, Whole(schema["maxLength"]));
        message.Integer(12, Whole(schema["minLength"]));
        message.Text(13, Text(schema["pattern"]));
        message.Integer(14, Whole(schema["maxItems"]));
        message.Integer(15, Whole(schema["minItems"]));
        message.Boolean(16, Flag(schema["uniqueItems"]));
        message.Integer(17, Whole(schema["maxProperties"]));
        message.Integer(18, Whole(schema["minProperties"]));
    }

    private static ProtobufMessage Wrapped(int field, ProtobufMessage inner)
    {
        var message = new ProtobufMessage();
        message.Message(field, inner);
        return message;
    }

    private static ProtobufMessage Yes()
    {
        var message = new ProtobufMessage();
        message.Boolean(2, true);
        return message;
    }

    private static void Extensions(ProtobufMessage message, int field, JsonObject from)
    {
        foreach (var (name, value) in from)
        {
            if (value is null || !name.StartsWith("x-", StringComparison.Ordinal))
                continue;
            var entry = new ProtobufMessage();
            entry.Text(1, name);
            entry.Message(2, Any(value));
            message.Message(field, entry);
        }
    }

    /// <summary>Any value as YAML, of which JSON is a part.</summary>
    private static ProtobufMessage Any(JsonNode value)
    {
        var message = new ProtobufMessage();
        message.Text(2, OpenApiDocuments.Text(value) + "\n");
        return message;
    }
}
