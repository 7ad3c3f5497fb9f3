using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Cel.Values;

/// <summary>
/// Values of JSON documents. Scalars are converted when they are read, lists and objects are wrapped: nothing of a document is copied that an expression does not
/// look at. A document that does not fit its type is an error where it is read.
/// </summary>
internal static class JsonValues
{
    public static CelValue From(JsonNode? node, CelType type)
    {
        switch (node)
        {
            case null:
                return CelNull.Instance;
            case JsonArray array:
                return type.Kind is CelKind.List or CelKind.Dyn ? new JsonList(array, type) : Mismatch(type, "array");
            case JsonObject map:
                return type.Kind is CelKind.Map or CelKind.Object or CelKind.Dyn ? new JsonMap(map, type) : Mismatch(type, "object");
        }
        return node.GetValueKind() switch
        {
            JsonValueKind.True => CelBool.True,
            JsonValueKind.False => CelBool.False,
            JsonValueKind.String => Text(node.GetValue<string>(), type),
            JsonValueKind.Number => Number((JsonValue)node, type),
            _ => CelNull.Instance,
        };
    }

    private static CelValue Text(string text, CelType type)
    {
        switch (type.Kind)
        {
            case CelKind.String or CelKind.Dyn:
                return new CelString(text);
            case CelKind.Bytes:
                var bytes = new byte[((text.Length + 3) / 4 * 3) + 3];
                return Convert.TryFromBase64String(text, bytes, out var length) ? new CelBytes(bytes[..length]) : new CelError("invalid base64 bytes");
            case CelKind.Timestamp:
                if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                    return new CelTimestamp(new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds(), 0);
                return CelTimestamp.Parse(text) ?? (CelValue)new CelError($"invalid timestamp {text}");
            case CelKind.Duration:
                return CelDuration.Parse(text) ?? (CelValue)new CelError($"invalid duration {text}");
            default:
                return Mismatch(type, "string");
        }
    }

    private static CelValue Number(JsonValue node, CelType type)
    {
        if (type.Kind is not (CelKind.Int or CelKind.Uint or CelKind.Double or CelKind.Dyn))
            return Mismatch(type, "number");
        var (whole, real) = Read(node);
        if (type.Kind == CelKind.Double)
            return new CelDouble(real);
        if (whole is { } value)
            return type.Kind == CelKind.Uint ? value < 0 ? CelError.UintOverflow : new CelUint((ulong)value) : new CelInt(value);
        return type.Kind == CelKind.Dyn ? new CelDouble(real) : double.IsInteger(real) && Math.Abs(real) < 9e18 ? new CelInt((long)real) : Mismatch(type, "number");
    }

    private static (long? Whole, double Real) Read(JsonValue node)
    {
        if (node.TryGetValue<JsonElement>(out var element))
            return element.TryGetInt64(out var number) ? (number, number) : (null, element.GetDouble());
        if (node.TryGetValue<long>(out var wide))
            return (wide, wide);
        if (node.TryGetValue<int>(out var narrow))
            return (narrow, narrow);
        if (node.TryGetValue<double>(out var real))
            return (null, real);
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.TryGetInt64(out var parsed) ? (parsed, parsed) : (null, document.RootElement.GetDouble());
    }

    private static CelError Mismatch(CelType type, string found) => new($"invalid data, expected {type.Describe()} but found {found}");
}

/// <summary>A list of a document.</summary>
internal sealed class JsonList(JsonArray array, CelType type) : CelList
{
    public override int Count => array.Count;

    /// <summary>Type as declared, which says how the list is compared and merged.</summary>
    public CelType Declared => type;

    public override CelValue this[int index] => JsonValues.From(array[index], type.Item);
}

/// <summary>An object of a document: a map, or an object with declared fields.</summary>
internal sealed class JsonMap(JsonObject map, CelType type) : CelMap
{
    public override CelType Type => type.Kind == CelKind.Object ? type : base.Type;

    public override int Count => map.Count;

    public override IEnumerable<CelValue> Keys => map.Select(p => new CelString(p.Key));

    public override CelValue? Find(CelValue key) => key is CelString text ? Find(text.Value) : null;

    public override CelValue? Find(string key)
    {
        if (type.Kind != CelKind.Object)
            return map.TryGetPropertyValue(key, out var value) ? JsonValues.From(value, type.Item) : null;
        return type.Fields.TryGetValue(key, out var field) && map.TryGetPropertyValue(field.JsonName, out var content)
            ? JsonValues.From(content, field.Type)
            : null;
    }
}
