using System.Text.Json.Nodes;
using Platform.Api.Json;

namespace Platform.ApiServer.CustomResources.Schemas;

/// <summary>Removes what a schema does not know. Unlike built-in kinds, whose unknown fields the codec never sees, a document has to be walked.</summary>
internal static class SchemaPruning
{
    private static readonly string[] ResourceFields = ["apiVersion", "kind", "metadata"];

    /// <summary>Prunes a value, which is changed.</summary>
    /// <param name="value">The document.</param>
    /// <param name="schema">Its schema; null: nothing is known below here.</param>
    /// <param name="isResource">Whether the value is an object with apiVersion, kind and metadata, which every schema allows.</param>
    /// <param name="path">Where the value is, for the names of what is removed.</param>
    /// <param name="removed">Paths of what was removed; null where nobody asks.</param>
    /// <returns>Whether anything was removed.</returns>
    public static bool Prune(JsonNode? value, StructuralSchema? schema, bool isResource, DocumentPath path, List<string>? removed) => value switch
    {
        JsonObject map => PruneObject(map, schema, isResource || schema?.IsEmbeddedResource == true, path, removed),
        JsonArray list => PruneList(list, schema, path, removed),
        _ => false,
    };

    private static bool PruneObject(JsonObject map, StructuralSchema? schema, bool isResource, DocumentPath path, List<string>? removed)
    {
        var changed = false;
        List<string>? unknown = null;
        foreach (var (name, member) in map)
        {
            var known = schema?.Properties.GetValueOrDefault(name);
            if (isResource && ResourceFields.Contains(name))
            {
                // The metadata of embedded objects is coerced as metadata, not pruned by the schema.
                continue;
            }
            if (known is not null)
                changed |= Prune(member, known, false, path.Member(name), removed);
            else if (schema?.AdditionalProperties is { } additional)
                changed |= Prune(member, additional, false, path.Member(name), removed);
            else if (schema is not { AllowsAdditional: true } && schema is not { PreservesUnknown: true })
                (unknown ??= []).Add(name);
        }
        foreach (var name in unknown ?? [])
        {
            map.Remove(name);
            removed?.Add(path.Member(name).ToString());
            changed = true;
        }
        return changed;
    }

    private static bool PruneList(JsonArray list, StructuralSchema? schema, DocumentPath path, List<string>? removed)
    {
        if (schema is { PreservesUnknown: true, Items: null })
            return false;
        var changed = false;
        for (var i = 0; i < list.Count; i++)
            changed |= Prune(list[i], schema?.Items, false, path.Item(i), removed);
        return changed;
    }
}
