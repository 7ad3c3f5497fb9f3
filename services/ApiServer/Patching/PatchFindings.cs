using System.Globalization;
using System.Text.Json;
using Platform.Api.Json;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Patching;

/// <summary>
/// The unknown and repeated fields of a patch. It may name unknown fields to remove them, so only what it repeats is wrong in itself; the rest is judged by the patched object.
/// </summary>
internal static class PatchFindings
{
    /// <param name="type">Media type of the patch.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="patched">The object with the patch applied.</param>
    /// <param name="codec">The object's type.</param>
    public static IReadOnlyList<string> Of(string type, byte[] patch, ReadOnlyMemory<byte> patched, IObjectCodec codec)
    {
        if (type == PatchType.Json)
            return [.. OfOperations(patch), .. codec.Check(patched.Span).Findings];
        // It looks like the object, in which what is stored already is known: without a finding here there is none there.
        var own = codec.Check(patch).Findings;
        return own.Count == 0 ? own : [.. own.Where(f => f.StartsWith("duplicate field", StringComparison.Ordinal)), .. codec.Check(patched.Span).Findings];
    }

    private static List<string> OfOperations(byte[] patch)
    {
        var findings = new List<string>();
        using var document = JsonDocument.Parse(patch, JsonDepth.Document);
        foreach (var (index, operation) in document.RootElement.EnumerateArray().Index())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"[{index}]");
            Visit(operation, path, findings, name => name is "op" or "path" or "from" or "value");
        }

        return findings;
    }

    private static void Visit(JsonElement value, string path, List<string> findings, Func<string, bool> isKnown)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in value.EnumerateArray().Index())
                Visit(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), findings, isKnown);
        }

        if (value.ValueKind != JsonValueKind.Object)
            return;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            var at = $"{path}.{property.Name}";
            if (!isKnown(property.Name))
                findings.Add($"json patch unknown field \"{at}\"");
            else if (!names.Add(property.Name))
                findings.Add($"json patch duplicate field \"{at}\"");
            Visit(property.Value, at, findings, static _ => true);
        }
    }
}
