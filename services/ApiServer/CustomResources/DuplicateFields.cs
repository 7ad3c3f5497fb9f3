using System.Text.Json;
using Platform.Api.Json;

namespace Platform.ApiServer.CustomResources;

/// <summary>Finds members that come twice in one object of a document, which the parser silently resolves to the last one.</summary>
internal static class DuplicateFields
{
    /// <summary>Paths of repeated members, in document order.</summary>
    public static IReadOnlyList<string> Find(ReadOnlySpan<byte> json, int most)
    {
        var found = new List<string>();
        var reader = new Utf8JsonReader(json, JsonDepth.Reader);
        reader.Read();
        Value(ref reader, DocumentPath.Root, found, most);
        return found;
    }

    private static void Value(ref Utf8JsonReader reader, DocumentPath path, List<string> found, int most)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var seen = new HashSet<string>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    if (!seen.Add(name) && found.Count < most && path.Member(name).ToString() is var place && !found.Contains(place))
                        found.Add(place);
                    reader.Read();
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                        Value(ref reader, path.Member(name), found, most);
                }
                break;
            case JsonTokenType.StartArray:
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                {
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                        Value(ref reader, path.Item(i), found, most);
                }
                break;
        }
    }
}
