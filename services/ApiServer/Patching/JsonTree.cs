using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Json;

namespace Platform.ApiServer.Patching;

/// <summary>
/// JSON as nodes that can be changed. Unlike the framework's parser this one lets the last of several members of one name win, as upstream's
/// does, since a duplicate is reported by field validation and not by the codec.
/// </summary>
internal static class JsonTree
{
    /// <summary>Parses a document.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, JsonDepth.Reader);
            reader.Read();
            var node = Read(ref reader);
            // Throws where something follows.
            reader.Read();
            return node;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw JsonFault.Of(e, utf8);
        }
    }

    /// <summary>Whether two nodes are the same value, whatever the order of members and the spelling of numbers.</summary>
    public static bool Same(JsonNode? left, JsonNode? right) => JsonNode.DeepEquals(left, right);

    /// <summary>How deeply objects and lists are nested in a value; 0 for a scalar.</summary>
    public static int DepthOf(JsonNode? value)
    {
        var deepest = 0;
        if (value is JsonObject map)
        {
            foreach (var (_, member) in map)
                deepest = Math.Max(deepest, DepthOf(member));
        }
        else if (value is JsonArray list)
        {
            foreach (var item in list)
                deepest = Math.Max(deepest, DepthOf(item));
        }
        else
            return 0;
        return deepest + 1;
    }

    private static JsonNode? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var map = new JsonObject();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    map[name] = Read(ref reader);
                }

                return map;
            case JsonTokenType.StartArray:
                var list = new JsonArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    list.Add(Read(ref reader));
                return list;
            case JsonTokenType.String:
                return JsonValue.Create(reader.GetString());
            case JsonTokenType.True:
                return JsonValue.Create(true);
            case JsonTokenType.False:
                return JsonValue.Create(false);
            case JsonTokenType.Null:
                return null;
            default:
                return JsonValue.Create(JsonElement.ParseValue(ref reader));
        }
    }

    /// <summary>A value as Go prints one in a message, where upstream's message has it so.</summary>
    public static string GoText(JsonNode? value) => value switch
    {
        null => "<nil>",
        JsonObject map => $"map[{string.Join(' ', map.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}:{GoText(m.Value)}"))}]",
        JsonArray list => $"[{string.Join(' ', list.Select(GoText))}]",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        _ => value.ToJsonString(),
    };
}
