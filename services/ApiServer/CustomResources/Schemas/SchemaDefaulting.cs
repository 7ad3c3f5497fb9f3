using System.Text.Json.Nodes;

namespace Platform.ApiServer.CustomResources.Schemas;

/// <summary>
/// Fills in defaults. A null counts as absent where the schema does not allow null: it is removed, or replaced by the default. Defaults are also filled into
/// defaults, from the outside in.
/// </summary>
internal static class SchemaDefaulting
{
    /// <summary>Defaults a value, which is changed; answers whether it was.</summary>
    public static bool Default(JsonNode? value, StructuralSchema schema) => value switch
    {
        JsonObject map => DefaultObject(map, schema),
        JsonArray list => DefaultList(list, schema),
        _ => false,
    };

    private static bool DefaultObject(JsonObject map, StructuralSchema schema)
    {
        var changed = false;
        foreach (var (name, property) in schema.Properties)
        {
            if (map.TryGetPropertyValue(name, out var present) && (present is not null || property.Nullable))
                continue;
            if (property.HasDefault)
            {
                map[name] = property.NewDefault();
                changed = true;
            }
            else
                changed |= map.Remove(name);
        }
        List<string>? nulls = null;
        foreach (var (name, member) in map)
        {
            if (schema.Member(name) is not { } known)
                continue;
            if (member is null && !known.Nullable && !schema.Properties.ContainsKey(name))
                (nulls ??= []).Add(name);
            else
                changed |= Default(member, known);
        }
        foreach (var name in nulls ?? [])
        {
            changed = true;
            if (schema.AdditionalProperties is { HasDefault: true } additional)
                map[name] = additional.NewDefault();
            else
                map.Remove(name);
        }
        return changed;
    }

    private static bool DefaultList(JsonArray list, StructuralSchema schema)
    {
        if (schema.Items is not { } item)
            return false;
        var changed = false;
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is null && !item.Nullable && item.HasDefault)
            {
                list[i] = item.NewDefault();
                changed = true;
            }
            changed |= Default(list[i], item);
        }
        return changed;
    }
}
