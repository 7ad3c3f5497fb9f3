using System.Text.Json.Nodes;

namespace Platform.ApiServer.Patching;

/// <summary>JSON merge patch, RFC 7386: objects are merged, null removes, everything else replaces.</summary>
internal static class MergePatch
{
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
            return patch?.DeepClone();
        var result = target as JsonObject ?? [];
        foreach (var (name, change) in changes)
        {
            if (change is null)
            {
                result.Remove(name);
                continue;
            }

            result.TryGetPropertyValue(name, out var before);
            var after = Apply(before, change);
            if (!ReferenceEquals(before, after))
                result[name] = after;
        }

        return result;
    }
}
