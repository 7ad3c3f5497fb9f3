using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Api.Json;
using Platform.Api.Schema;

namespace Platform.Api.ManagedFields;

/// <summary>
/// Merges what somebody applies into an object. Nothing is removed; a leaf that both have gets the applied value. In sets and lists with keys the
/// applied items keep the order in which they are applied, and items that only the object has stay where they are between them.
/// </summary>
public static class TypedMerge
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = JsonDepth.Enclosed };

    /// <summary>The merged document as JSON.</summary>
    public static byte[] Merge(JsonElement live, JsonElement applied, MergeSchema schema)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
            Write(writer, live, applied, schema);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement live, JsonElement applied, MergeSchema schema)
    {
        var shape = PlaceKind.ShapeOf(schema, applied);
        if (shape == MergeShape.Map && live.ValueKind == JsonValueKind.Object && applied.ValueKind == JsonValueKind.Object)
            WriteMembers(writer, live, applied, schema);
        else if (shape is MergeShape.SetList or MergeShape.MapList && live.ValueKind == JsonValueKind.Array && applied.ValueKind == JsonValueKind.Array)
            WriteItems(writer, live, applied, schema);
        else if (IsEmptyMerge(shape, live, applied))
            live.WriteTo(writer);
        else
            applied.WriteTo(writer);
    }

    /// <summary>Applying nothing to a container that can be merged leaves what is there.</summary>
    private static bool IsEmptyMerge(MergeShape shape, JsonElement live, JsonElement applied) =>
        shape is MergeShape.Map or MergeShape.SetList or MergeShape.MapList && PlaceKind.IsBare(applied)
        && live.ValueKind is JsonValueKind.Object or JsonValueKind.Array && !PlaceKind.IsBare(live);

    private static void WriteMembers(Utf8JsonWriter writer, JsonElement live, JsonElement applied, MergeSchema schema)
    {
        var changes = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in applied.EnumerateObject())
            changes[property.Name] = property.Value;
        writer.WriteStartObject();
        foreach (var property in live.EnumerateObject())
        {
            writer.WritePropertyName(property.Name);
            if (changes.Remove(property.Name, out var change))
                Write(writer, property.Value, change, PlaceKind.Member(schema, property.Name));
            else
                property.Value.WriteTo(writer);
        }

        foreach (var property in applied.EnumerateObject())
        {
            if (!changes.Remove(property.Name, out var value))
                continue;
            writer.WritePropertyName(property.Name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter writer, JsonElement live, JsonElement applied, MergeSchema schema)
    {
        var item = schema.Item ?? MergeSchema.Deduced;
        var (left, right) = (ListItems.Named(live, schema), ListItems.Named(applied, schema));
        var before = left.GroupBy(l => l.Step).ToDictionary(g => g.Key, g => g.Select(i => i.Item).ToList());
        var after = right.GroupBy(r => r.Step).ToDictionary(g => g.Key, g => g.First().Item);
        // The items that both have, in the applied order; each is written when its turn comes, and moves there if it was elsewhere.
        var shared = new Queue<PathElement>(right.Select(r => r.Step).Distinct().Where(before.ContainsKey));
        var (l, r) = (0, 0);
        var written = new HashSet<PathElement>();
        writer.WriteStartArray();
        while (l < left.Count || r < right.Count)
        {
            if (l < left.Count && after.ContainsKey(left[l].Step) && (r == right.Count || !left[l].Step.Equals(right[r].Step))
                && !(shared.TryPeek(out var next) && next.Equals(left[l].Step)))
            {
                l++;
                continue;
            }

            if (l < left.Count && !after.ContainsKey(left[l].Step))
            {
                left[l++].Item.WriteTo(writer);
                continue;
            }

            if (r == right.Count)
            {
                l++;
                continue;
            }

            var (step, value) = right[r++];
            if (l < left.Count && left[l].Step.Equals(step))
                l++;
            if (shared.TryPeek(out next) && next.Equals(step))
                shared.Dequeue();
            if (!written.Add(step))
                continue;
            if (before.TryGetValue(step, out var olds) && olds.Count == 1)
                Write(writer, olds[0], value, item);
            else
                value.WriteTo(writer);
        }

        writer.WriteEndArray();
    }
}
