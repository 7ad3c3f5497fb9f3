using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Api.Json;

namespace Platform.Api.ManagedFields;

/// <summary>
/// The wire form of field sets: nested objects whose names are steps; <c>"."</c> says that the object's own path is a member, and an empty object says
/// so as well. Written in upstream's order, so that equal sets have equal bytes.
/// </summary>
public static class FieldsV1
{
    /// <summary>Deepest nesting: a set has an object more than the value whose fields it names.</summary>
    private const int Depth = JsonDepth.Object + 1;

    /// <summary>Bytes that a thread keeps for the next set.</summary>
    private const int LargestScratch = 64 * 1024;

    private const int ShortName = 62;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = Depth };

    [ThreadStatic]
    private static Scratch? t_scratch;

    /// <summary>Reads a set.</summary>
    /// <exception cref="JsonException">The document is no field set.</exception>
    public static FieldSet Read(JsonElement fields)
    {
        if (fields.ValueKind == JsonValueKind.Null)
            return FieldSet.Empty;
        try
        {
            return Read(fields, 0).Set;
        }
        catch (InvalidOperationException e)
        {
            // A name that is no Unicode text is only found when it is read.
            throw new JsonException(e.Message, e);
        }
    }

    /// <summary>Reads a set from bytes.</summary>
    /// <exception cref="JsonException">The document is no field set.</exception>
    public static FieldSet Read(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8, new() { MaxDepth = Depth });
        return Read(document.RootElement);
    }

    /// <summary>The set as JSON.</summary>
    /// <exception cref="JsonException">It is of a value that is nested more deeply than objects may be.</exception>
    public static byte[] Write(FieldSet set) => Encode(set).ToArray();

    /// <summary>The set as an element that does not depend on anything pooled.</summary>
    public static JsonElement ToElement(FieldSet set)
    {
        var reader = new Utf8JsonReader(Encode(set), new JsonReaderOptions { MaxDepth = Depth });
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>The set as JSON, until this thread encodes the next.</summary>
    private static ReadOnlySpan<byte> Encode(FieldSet set)
    {
        var scratch = t_scratch is { Buffer.Capacity: <= LargestScratch } kept ? kept : t_scratch = new();
        scratch.Buffer.ResetWrittenCount();
        scratch.Writer.Reset();
        Write(scratch.Writer, set, isMember: false, 1);
        scratch.Writer.Flush();
        return scratch.Buffer.WrittenSpan;
    }

    private static (FieldSet Set, bool IsMember) Read(JsonElement node, int depth)
    {
        if (node.ValueKind != JsonValueKind.Object)
            throw new JsonException("a field set must be an object");
        if (depth > Depth)
            throw new JsonException("a field set is nested too deeply");
        List<FieldSetEntry>? entries = null;
        var isMember = false;
        foreach (var property in node.EnumerateObject())
        {
            if (property.NameEquals("."u8))
            {
                isMember = true;
                continue;
            }

            if (PathElement.Parse(property.Name) is not { } element)
                continue;
            var (children, childIsMember) = Read(property.Value, depth + 1);
            (entries ??= []).Add(new(element, childIsMember, children.IsEmpty ? null : children));
        }

        if (entries is null)
            return (FieldSet.Empty, true);
        var set = FieldSet.From(entries);
        for (var i = 1; i < set.Entries.Count; i++)
        {
            if (set.Entries[i - 1].Element.Equals(set.Entries[i].Element))
                throw new JsonException("a field set names a path twice");
        }

        return (set, isMember);
    }

    private static void Write(Utf8JsonWriter writer, FieldSet set, bool isMember, int depth)
    {
        // Whatever way an object comes, its fields are written here, in the object itself.
        if (depth > JsonDepth.Object)
            throw new DocumentException(JsonDepth.Exceeded);
        writer.WriteStartObject();
        if (isMember && !set.IsEmpty)
        {
            writer.WriteStartObject("."u8);
            writer.WriteEndObject();
        }
        foreach (ref readonly var entry in set.AsSpan())
        {
            WriteName(writer, entry.Element);
            if (entry.Children is not null)
            {
                Write(writer, entry.Children, entry.IsMember, depth + 1);
                continue;
            }
            writer.WriteStartObject();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a step; nearly all are short names of fields, for which no text is made.</summary>
    private static void WriteName(Utf8JsonWriter writer, PathElement step)
    {
        if (step.Name is not { Length: <= ShortName } name)
        {
            writer.WritePropertyName(step.ToWire());
            return;
        }
        Span<char> text = stackalloc char[ShortName + 2];
        "f:".CopyTo(text);
        name.CopyTo(text[2..]);
        writer.WritePropertyName(text[..(name.Length + 2)]);
    }

    /// <summary>What a thread writes sets with, one after the other.</summary>
    private sealed class Scratch
    {
        public Scratch() => Writer = new(Buffer, Writing);

        public ArrayBufferWriter<byte> Buffer { get; } = new(2 * 1024);

        public Utf8JsonWriter Writer { get; }
    }
}
