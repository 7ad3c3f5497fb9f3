using System.Globalization;
using System.Text.Json;
using Platform.Api.Schema;

namespace Platform.ApiServer.History;

/// <summary>
/// The fields in which two revisions of an object differ. Objects are compared member by member. Items of a list are matched as server-side apply
/// matches them: by their keys where the list has some, as members where it is a set; in any other list by position while its length
/// is the same. So a container that moved within its pod is no change, and one whose image changed is one change of one field.
/// </summary>
internal static class FieldDiff
{
    /// <summary>What the server keeps for itself; it changes with nearly every write and says nothing about it.</summary>
    private static readonly HashSet<string> Bookkeeping = new(StringComparer.Ordinal)
    {
        "metadata.resourceVersion", "metadata.managedFields", "metadata.generation",
    };

    public static IReadOnlyList<FieldChange> Between(JsonElement before, JsonElement after, MergeSchema schema)
    {
        var found = new List<FieldChange>();
        Compare("", before, after, schema, found);
        return found;
    }

    private static void Compare(string path, JsonElement before, JsonElement after, MergeSchema? schema, List<FieldChange> found)
    {
        if (before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object)
            CompareMembers(path, before, after, schema, found);
        else if (before.ValueKind == JsonValueKind.Array && after.ValueKind == JsonValueKind.Array)
            CompareItems(path, before, after, schema, found);
        else if (!JsonElement.DeepEquals(before, after))
            found.Add(new(path, before, after));
    }

    private static void CompareMembers(string path, JsonElement before, JsonElement after, MergeSchema? schema, List<FieldChange> found)
    {
        foreach (var member in before.EnumerateObject())
        {
            var at = Member(path, member.Name);
            if (Bookkeeping.Contains(at))
                continue;
            if (after.TryGetProperty(member.Name, out var now))
                Compare(at, member.Value, now, schema?.Field(member.Name) ?? schema?.Item, found);
            else
                found.Add(new(at, member.Value, null));
        }

        foreach (var member in after.EnumerateObject())
        {
            var at = Member(path, member.Name);
            if (!before.TryGetProperty(member.Name, out _) && !Bookkeeping.Contains(at))
                found.Add(new(at, null, member.Value));
        }
    }

    private static void CompareItems(string path, JsonElement before, JsonElement after, MergeSchema? schema, List<FieldChange> found)
    {
        if (JsonElement.DeepEquals(before, after))
            return;
        if (schema is { Shape: MergeShape.MapList or MergeShape.SetList } && Named(before, schema) is { } old && Named(after, schema) is { } items)
        {
            foreach (var (name, item) in old)
            {
                if (items.TryGetValue(name, out var now))
                    Compare(path + name, item, now, schema.Item, found);
                else
                    found.Add(new(path + name, item, null));
            }

            found.AddRange(items.Where(i => !old.ContainsKey(i.Key)).Select(i => new FieldChange(path + i.Key, null, i.Value)));
            return;
        }

        if (before.GetArrayLength() != after.GetArrayLength())
        {
            found.Add(new(path, before, after));
            return;
        }

        for (var i = 0; i < before.GetArrayLength(); i++)
            Compare(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), before[i], after[i], schema?.Item, found);
    }

    /// <summary>The items by what identifies them; null where two have the same identity, so that it identifies neither.</summary>
    private static Dictionary<string, JsonElement>? Named(JsonElement list, MergeSchema schema)
    {
        var named = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var item in list.EnumerateArray())
        {
            var name = schema.Shape == MergeShape.SetList ? item.GetRawText() : string.Join(',', schema.Keys.Select(key => $"{key}={KeyOf(item, key, schema)}"));
            if (!named.TryAdd($"[{name}]", item))
                return null;
        }

        return named;
    }

    private static string KeyOf(JsonElement item, string key, MergeSchema schema) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(key, out var value) ? value.GetRawText() : schema.KeyDefault(key)?.GetRawText() ?? "";

    private static string Member(string path, string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '$') && name.Length > 0
            ? path.Length == 0 ? name : $"{path}.{name}"
            : $"{path}[\"{name}\"]";
}
