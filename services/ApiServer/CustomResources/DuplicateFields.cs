using System.Globalization;
using System.Text.Json;

namespace Platform.ApiServer.CustomResources;

/// <summary>Finds members that come twice in one object of a document, which the parser silently resolves to the last one.</summary>
internal static class DuplicateFields
{
    /// <summary>Paths of repeated members, in document order.</summary>
    public static IReadOnlyList<string> Find(ReadOnlySpan<byte> json, int most)
    {
        var found = new List<string>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Patching.JsonTree.Depth });
        reader.Read();
        Value(ref reader, "", found, most);
        return found;
    }

    private static void Value(ref Utf8JsonReader reader, string path, List<string> found, int most)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var seen = new HashSet<string>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    var place = path.Length == 0 ? name : $"{path}.{name}";
                    if (!seen.Add(name) && found.Count < most && !found.Contains(place))
                        found.Add(place);
                    reader.Read();
                    Value(ref reader, place, found, most);
                }
                break;
            case JsonTokenType.StartArray:
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                    Value(ref reader, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), found, most);
                break;
        }
    }
}
