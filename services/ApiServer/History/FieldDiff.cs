using System.Text.Json;
using Platform.Api.Json;
using Platform.Api.Schema;

namespace Platform.ApiServer.History;

/// <summary>
/// The fields in which two revisions of an object differ. Objects are compared member by member. Items of a list are matched as server-side apply
/// matches them: by their keys where the list has some, as members where it is a set; in any other list by position while its length
/// is the same. So a container that moved within its pod is no change, and one whose image changed is one change of one field.
/// </summary>
internal static class FieldDiff
{
    /// <summary>What the server keeps for itself in the metadata; it changes with nearly every write and says nothing about it.</summary>
    private static readonly HashSet<string> Bookkeeping = new(StringComparer.Ordinal)
    {
        "resourceVersion", "managedFields", "generation",
    };

    public static IReadOnlyList<FieldChange> Between(JsonElement before, JsonElement after, MergeSchema schema)
    {
        var found = new List<FieldChange>();
        Compare(DocumentPath.Root, before, after, schema, found);
        return found;
    }

    private static void Compare(DocumentPath path, JsonElement before, JsonElement after, MergeSchema? schema, List<FieldChange> found)
    {
        if (before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object)
            CompareMembers(path, before, after, schema, found);
        else if (before.ValueKind == JsonValueKind.Array && after.ValueKind == JsonValueKind.Array)
            CompareItems(path, before, after, schema, found);
        else if (!JsonElement.DeepEquals(before, after))
            found.Add(new(path, before, after));
    }

    private static void CompareMembers(DocumentPath path, JsonElement before, JsonElement after, MergeSchema? schema, List<FieldChange> found)
    {
        foreach (var member in before.EnumerateObject())
        {
            if (path.IsMember("metadata") && Bookkeeping.Contains(member.Name))
                continue;
            var at = Member(path, member.Name);
            if (after.TryGetProperty(member.Name, out var now))
                Compare(at, member.Value, now, schema?.Field(member.Name) ?? schema?.Item, found);
            else
                found.Add(new(at, member.Value, null));
        }

        foreach (var member in after.EnumerateObject())
        {
            if (!before.TryGetProperty(member.Name, out _) && !(path.IsMember("metadata") && Bookkeeping.Contains(member.Name)))
                found.Add(new(Member(path, member.Name), null, member.Value));
        }
    }

    private static void CompareItems(DocumentPath path, JsonElement before, JsonElement after, MergeSchema? schema, List<FieldChange> found)
    {
        if (JsonElement.DeepEquals(before, after))
            return;
        if (schema is { Shape: MergeShape.MapList or MergeShape.SetList } && Named(before, schema) is { } old && Named(after, schema) is { } items)
        {
            foreach (var (name, item) in old)
            {
                if (items.TryGetValue(name, out var now))
                    Compare(path.Part(name), item, now, schema.Item, found);
                else
                    found.Add(new(path.Part(name), item, null));
            }

            found.AddRange(items.Where(i => !old.ContainsKey(i.Key)).Select(i => new FieldChange(path.Part(i.Key), null, i.Value)));
            return;
        }

        if (before.GetArrayLength() != after.GetArrayLength())
        {
            found.Add(new(path, before, after));
            return;
        }

        for (var i = 0; i < before.GetArrayLength(); i++)
            Compare(path.Item(i), before[i], after[i], schema?.Item, found);
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

    private static DocumentPath Member(DocumentPath path, string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '$') && name.Length > 0 ? path.Member(name) : path.Part($"[\"{name}\"]");
}
