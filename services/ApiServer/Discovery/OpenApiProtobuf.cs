using System.Text;
using System.Text.Json.Nodes;

namespace Platform.ApiServer.Discovery;

/// <summary>
/// OpenAPI 2 in the protobuf form of gnostic's <c>openapi.v2.Document</c>, which kubectl asks for because it is quicker to read than JSON. It is
/// made from the JSON form; the numbers are those of gnostic's OpenAPIv2.proto. Only what the JSON form uses is written.
/// </summary>
internal static class OpenApiProtobuf
{
    public static byte[] Encode(JsonObject document)
    {
        var message = new ProtobufMessage();
        message.Text(1, Text(document["swagger"]));
        message.Message(2, Info((JsonObject)document["info"]!));
        message.Message(8, Named((JsonObject)document["paths"]!, 2, PathItem));
        message.Message(9, Named((JsonObject)document["definitions"]!, 1, Schema));
        return message.ToArray();
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static ProtobufMessage Info(JsonObject info)
    {
        var message = new ProtobufMessage();
        message.Text(1, Text(info["title"]));
        message.Text(2, Text(info["version"]));
        return message;
    }

    /// <summary>A map as gnostic has it: a message whose repeated field holds name and value.</summary>
    private static ProtobufMessage Named(JsonObject map, int field, Func<JsonObject, ProtobufMessage> value)
    {
        var message = new ProtobufMessage();
        foreach (var (name, node) in map)
        {
            var entry = new ProtobufMessage();
            entry.Text(1, name);
            entry.Message(2, value((JsonObject)node!));
            message.Message(field, entry);
        }

        return message;
    }

    private static ProtobufMessage PathItem(JsonObject item)
    {
        var message = new ProtobufMessage();
        foreach (var (method, field) in new[] { ("get", 2), ("put", 3), ("post", 4), ("delete", 5), ("patch", 8) })
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
        message.Text(5, Text(operation["operationId"]));
        foreach (var media in operation["consumes"] as JsonArray ?? [])
            message.Text(7, Text(media));
        Parameters(message, 8, operation["parameters"]);
        message.Message(9, Named((JsonObject)operation["responses"]!, 1, Response));
        Extensions(message, 13, operation);
        return message;
    }

    private static void Parameters(ProtobufMessage message, int field, JsonNode? list)
    {
        foreach (var parameter in (list as JsonArray ?? []).Cast<JsonObject>())
        {
            var item = new ProtobufMessage();
            item.Message(1, Parameter(parameter));
            message.Message(field, item);
        }
    }

    private static ProtobufMessage Parameter(JsonObject parameter)
    {
        var (message, inner) = (new ProtobufMessage(), new ProtobufMessage());
        var required = parameter["required"]?.GetValue<bool>() == true;
        if (Text(parameter["in"]) == "body")
        {
            inner.Text(2, Text(parameter["name"]));
            inner.Text(3, "body");
            inner.Boolean(4, required);
            inner.Message(5, Schema((JsonObject)parameter["schema"]!));
            message.Message(1, inner);
            return message;
        }

        var query = Text(parameter["in"]) == "query";
        inner.Boolean(1, required);
        inner.Text(2, Text(parameter["in"]));
        inner.Text(3, Text(parameter["description"]));
        inner.Text(4, Text(parameter["name"]));
        inner.Text(query ? 6 : 5, Text(parameter["type"]));
        var place = new ProtobufMessage();
        place.Message(query ? 3 : 4, inner);
        message.Message(2, place);
        return message;
    }

    private static ProtobufMessage Response(JsonObject response)
    {
        var (value, inner, schema) = (new ProtobufMessage(), new ProtobufMessage(), new ProtobufMessage());
        inner.Text(1, Text(response["description"]));
        schema.Message(1, Schema((JsonObject)response["schema"]!));
        inner.Message(2, schema);
        value.Message(1, inner);
        return value;
    }

    private static ProtobufMessage Schema(JsonObject schema)
    {
        var message = new ProtobufMessage();
        message.Text(1, Text(schema["$ref"]));
        message.Text(2, Text(schema["format"]));
        message.Text(4, Text(schema["description"]));
        if (schema["default"] is { } fallback)
            message.Message(5, Any(fallback));
        foreach (var name in schema["required"] as JsonArray ?? [])
            message.Text(19, Text(name));
        if (schema["additionalProperties"] is JsonObject additional)
            message.Message(21, Wrapped(1, Schema(additional)));
        if (Text(schema["type"]) is { } type)
        {
            var item = new ProtobufMessage();
            item.Text(1, type);
            message.Message(22, item);
        }

        if (schema["items"] is JsonObject items)
            message.Message(23, Wrapped(1, Schema(items)));
        if (schema["properties"] is JsonObject properties)
            message.Message(25, Named(properties, 1, Schema));
        Extensions(message, 31, schema);
        return message;
    }

    private static ProtobufMessage Wrapped(int field, ProtobufMessage inner)
    {
        var message = new ProtobufMessage();
        message.Message(field, inner);
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
        message.Text(2, value.ToJsonString() + "\n");
        return message;
    }
}

/// <summary>Writes the fields of a protobuf message.</summary>
internal sealed class ProtobufMessage
{
    private readonly MemoryStream _output = new();

    /// <summary>A string field; left out where it is empty.</summary>
    public void Text(int field, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        var bytes = Encoding.UTF8.GetBytes(value);
        Header(field, 2);
        Number((ulong)bytes.Length);
        _output.Write(bytes);
    }

    /// <summary>A boolean field; left out where it is false.</summary>
    public void Boolean(int field, bool value)
    {
        if (!value)
            return;
        Header(field, 0);
        Number(1);
    }

    /// <summary>A message field; written even where it is empty, since its presence says something.</summary>
    public void Message(int field, ProtobufMessage value)
    {
        Header(field, 2);
        Number((ulong)value._output.Length);
        value._output.WriteTo(_output);
    }

    public byte[] ToArray() => _output.ToArray();

    private void Header(int field, int type) => Number((ulong)((field << 3) | type));

    private void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _output.WriteByte((byte)(value | 0x80));
        _output.WriteByte((byte)value);
    }
}
