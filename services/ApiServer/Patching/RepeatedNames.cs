using System.Text.Json;
using Platform.Api.Json;

namespace Platform.ApiServer.Patching;

/// <summary>Finds names that occur twice in an object of a document; which of the values counts is a guess.</summary>
internal static class RepeatedNames
{
    /// <summary>One finding per repeated name, with its path.</summary>
    public static List<string> In(JsonElement document)
    {
        var findings = new List<string>();
        Visit(document, DocumentPath.Root, findings);
        return findings;
    }

    private static void Visit(JsonElement value, DocumentPath path, List<string> findings)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                if (item.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                    Visit(item, path, findings);
            }
        }

        if (value.ValueKind != JsonValueKind.Object)
            return;
        HashSet<string>? names = null;
        var isCrowded = value.GetPropertyCount() > 1;
        foreach (var property in value.EnumerateObject())
        {
            if (isCrowded && !(names ??= new(StringComparer.Ordinal)).Add(property.Name))
                findings.Add($"key \"{property.Name}\" already set in map{(path.IsRoot ? "" : $" at {path}")}");
            if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                Visit(property.Value, path.Member(property.Name), findings);
        }
    }
}
