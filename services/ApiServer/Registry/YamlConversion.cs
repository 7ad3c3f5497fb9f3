using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.Api.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Platform.ApiServer.Registry;

/// <summary>
/// Turns a YAML body into JSON, as upstream does before it decodes: plain scalars get YAML 1.1's types, quoted ones are strings. Aliases
/// are expanded, so the size of the result and the depth are bounded.
/// </summary>
internal static class YamlConversion
{
    /// <summary>Most bytes of JSON that a body may become.</summary>
    private const int MaximumBytes = 8 * 1024 * 1024;

    /// <summary>Deepest nesting.</summary>
    private const int MaximumDepth = 64;

    public static byte[] ToJson(ReadOnlySpan<byte> yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(Encoding.UTF8.GetString(yaml)));
        }
        catch (YamlException e)
        {
            throw ApiErrors.BadRequest($"error converting YAML to JSON: yaml: line {e.Start.Line}: {e.Message}");
        }
        if (stream.Documents.Count == 0)
            return [];
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
            Write(stream.Documents[0].RootNode, writer, 0);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(YamlNode node, Utf8JsonWriter writer, int depth)
    {
        if (depth > MaximumDepth || writer.BytesCommitted + writer.BytesPending > MaximumBytes)
            throw ApiErrors.BadRequest("error converting YAML to JSON: the document is nested too deeply or expands to too much");
        switch (node)
        {
            case YamlMappingNode mapping:
                writer.WriteStartObject();
                foreach (var (key, value) in mapping.Children)
                {
                    writer.WritePropertyName((key as YamlScalarNode)?.Value ?? throw ApiErrors.BadRequest("error converting YAML to JSON: a key is not a scalar"));
                    Write(value, writer, depth + 1);
                }
                writer.WriteEndObject();
                break;
            case YamlSequenceNode sequence:
                writer.WriteStartArray();
                foreach (var item in sequence.Children)
                    Write(item, writer, depth + 1);
                writer.WriteEndArray();
                break;
            case YamlScalarNode scalar:
                WriteScalar(scalar, writer);
                break;
            default:
                throw ApiErrors.BadRequest("error converting YAML to JSON: unknown kind of node");
        }
    }

    private static void WriteScalar(YamlScalarNode scalar, Utf8JsonWriter writer)
    {
        var text = scalar.Value ?? "";
        var isPlain = scalar.Style is ScalarStyle.Plain or ScalarStyle.Any && (scalar.Tag.IsEmpty || scalar.Tag.Value != "tag:yaml.org,2002:str");
        if (!isPlain)
            writer.WriteStringValue(text);
        else if (text is "" or "~" or "null" or "Null" or "NULL")
            writer.WriteNullValue();
        else if (text is "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON")
            writer.WriteBooleanValue(true);
        else if (text is "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF")
            writer.WriteBooleanValue(false);
        else if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
            writer.WriteNumberValue(Octal(text) ?? integer);
        else if (text.StartsWith("0x", StringComparison.Ordinal) && long.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hexadecimal))
            writer.WriteNumberValue(hexadecimal);
        else if (LooksLikeNumber(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            writer.WriteNumberValue(number);
        else
            writer.WriteStringValue(text);
    }

    /// <summary>YAML 1.1 reads 0644 as octal, which is how file modes are written.</summary>
    private static long? Octal(string text)
    {
        if (text.Length < 2 || text[0] != '0' || text.AsSpan().IndexOfAnyExceptInRange('0', '7') >= 0)
            return null;
        return Convert.ToInt64(text, 8);
    }

    private static bool LooksLikeNumber(string text) => char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.';
}
