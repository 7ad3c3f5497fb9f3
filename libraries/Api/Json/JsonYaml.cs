using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Platform.Api.Json;

/// <summary>
/// JSON to YAML, as sigs.k8s.io/yaml writes it: block style, two spaces per level, lists not indented within their key, members in alphabetical order,
/// texts of several lines as literal blocks, and quotes only around texts that would otherwise be read as something else.
/// </summary>
public static class JsonYaml
{
    /// <summary>Most characters of a text. Each line of a deep document is indented, so that the text can be hundreds of times as long as the document.</summary>
    public const int MostCharacters = 64 * 1024 * 1024;

    /// <summary>Reads a document that is to be written as YAML.</summary>
    public static JsonDocument Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, JsonDepth.Reader);
        return JsonDocument.ParseValue(ref reader);
    }

    /// <summary>Writes a whole document.</summary>
    /// <exception cref="JsonException">The text would be too long.</exception>
    public static void Write(IBufferWriter<byte> output, JsonElement value)
    {
        var text = new StringBuilder();
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                Members(text, value, 0, firstIndented: true);
                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                Items(text, value, 0);
                break;
            default:
                Scalar(text, value, 0);
                text.Append('\n');
                break;
        }

        Encoding.UTF8.GetBytes(text.ToString(), output);
    }

    /// <summary>Writes a member of the outermost object.</summary>
    public static void WriteMember(IBufferWriter<byte> output, JsonProperty member)
    {
        var text = new StringBuilder();
        Member(text, member, 0);
        Encoding.UTF8.GetBytes(text.ToString(), output);
    }

    /// <summary>Writes an item of a list that is a member of the outermost object.</summary>
    public static void WriteItem(IBufferWriter<byte> output, JsonElement item)
    {
        var text = new StringBuilder();
        Item(text, item, 0);
        Encoding.UTF8.GetBytes(text.ToString(), output);
    }

    private static void Members(StringBuilder text, JsonElement value, int indent, bool firstIndented)
    {
        foreach (var member in value.EnumerateObject().OrderBy(m => m.Name, YamlKeyOrder.Instance))
        {
            if (firstIndented)
                text.Append(' ', indent);
            firstIndented = true;
            Member(text, member, indent);
        }
    }

    private static void Member(StringBuilder text, JsonProperty member, int indent)
    {
        Check(text);
        YamlText.Write(text, member.Name, indent, isKey: true);
        text.Append(':');
        switch (member.Value.ValueKind)
        {
            case JsonValueKind.Object when member.Value.EnumerateObject().Any():
                text.Append('\n');
                Members(text, member.Value, indent + 2, firstIndented: true);
                break;
            case JsonValueKind.Array when member.Value.GetArrayLength() > 0:
                text.Append('\n');
                Items(text, member.Value, indent);
                break;
            default:
                text.Append(' ');
                Scalar(text, member.Value, indent + 2);
                text.Append('\n');
                break;
        }
    }

    private static void Items(StringBuilder text, JsonElement value, int indent)
    {
        foreach (var item in value.EnumerateArray())
        {
            text.Append(' ', indent);
            Item(text, item, indent);
        }
    }

    private static void Item(StringBuilder text, JsonElement item, int indent)
    {
        Check(text);
        text.Append("- ");
        switch (item.ValueKind)
        {
            case JsonValueKind.Object when item.EnumerateObject().Any():
                Members(text, item, indent + 2, firstIndented: false);
                break;
            case JsonValueKind.Array when item.GetArrayLength() > 0:
                var isFirst = true;
                foreach (var inner in item.EnumerateArray())
                {
                    text.Append(' ', isFirst ? 0 : indent + 2);
                    isFirst = false;
                    Item(text, inner, indent + 2);
                }

                break;
            default:
                Scalar(text, item, indent + 2);
                text.Append('\n');
                break;
        }
    }

    private static void Check(StringBuilder text)
    {
        if (text.Length > MostCharacters)
            throw new DocumentException("the object is too large to be written as YAML");
    }

    private static void Scalar(StringBuilder text, JsonElement value, int indent)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append("{}");
                break;
            case JsonValueKind.Array:
                text.Append("[]");
                break;
            case JsonValueKind.String:
                YamlText.Write(text, value.GetString()!, indent, isKey: false);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }
}
