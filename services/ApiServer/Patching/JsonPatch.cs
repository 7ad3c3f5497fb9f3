using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.ApiServer.Patching;

/// <summary>JSON Patch, RFC 6902. All operations apply or none does: the caller's document is a copy.</summary>
internal static class JsonPatch
{
    /// <summary>Most operations in a patch.</summary>
    public const int MostOperations = 10_000;

    /// <summary>Most bytes that all copy operations of a patch may add together.</summary>
    public const long MostCopiedBytes = 3 * 1024 * 1024;

    public static JsonNode? Apply(JsonNode? document, JsonNode? patch)
    {
        if (patch is not JsonArray operations)
            throw PatchFailure.Malformed($"error decoding patch: json: cannot unmarshal {GoKind(patch)} into Go value of type jsonpatch.Patch");
        if (operations.Count > MostOperations)
            throw PatchFailure.TooMany(MostOperations, operations.Count);
        var copied = 0L;
        foreach (var operation in operations)
        {
            if (operation is not JsonObject fields)
                throw PatchFailure.Malformed("error decoding patch: an operation must be an object");
            document = Apply(document, fields, ref copied);
        }

        return document;
    }

    private static string GoKind(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "bool",
        _ => "null",
    };

    private static JsonNode? Apply(JsonNode? document, JsonObject operation, ref long copied)
    {
        var path = Pointer(operation, "path");
        switch (Text(operation, "op"))
        {
            case "add":
                return Add(document, path, Value(operation));
            case "remove":
                return Remove(document, path).Document;
            case "replace":
                _ = Find(document, path);
                return path.Length == 0 ? Value(operation) : Replace(document, path, Value(operation));
            case "move":
                var from = Pointer(operation, "from");
                if (path.Length > from.Length && path.AsSpan(0, from.Length).SequenceEqual(from))
                    throw PatchFailure.DoesNotFit("move operation does not apply: a value cannot be moved into itself");
                var (rest, moved) = Remove(document, from);
                return Add(rest, path, moved);
            case "copy":
                var source = Find(document, Pointer(operation, "from"));
                copied += Encoding.UTF8.GetByteCount(source?.ToJsonString() ?? "null");
                if (copied > MostCopiedBytes)
                    throw PatchFailure.DoesNotFit(string.Create(CultureInfo.InvariantCulture,
                        $"Unable to complete the copy, the accumulated size increase of copy is {copied}, exceeding the limit {MostCopiedBytes}"));
                return Add(document, path, source?.DeepClone());
            case "test":
                if (!JsonTree.Same(Find(document, path), Value(operation)))
                    throw PatchFailure.DoesNotFit($"testing value {Text(operation, "path")} failed");
                return document;
            default:
                throw PatchFailure.DoesNotFit($"Unexpected kind: {Text(operation, "op")}");
        }
    }

    private static string? Text(JsonObject operation, string member) =>
        operation.TryGetPropertyValue(member, out var value) && value is JsonValue text && text.TryGetValue(out string? result) ? result : null;

    private static JsonNode? Value(JsonObject operation) => operation.TryGetPropertyValue("value", out var value)
        ? value?.DeepClone()
        : throw PatchFailure.DoesNotFit($"{Text(operation, "op")} operation does not apply: the value is missing");

    private static string[] Pointer(JsonObject operation, string member)
    {
        var text = Text(operation, member) ?? throw PatchFailure.DoesNotFit($"{Text(operation, "op")} operation does not apply: {member} is missing");
        if (text.Length == 0)
            return [];
        return text[0] == '/'
            ? [.. text[1..].Split('/').Select(s => s.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]
            : throw PatchFailure.DoesNotFit($"{Text(operation, "op")} operation does not apply: {member} must start with a slash");
    }

    private static JsonNode? Find(JsonNode? document, ReadOnlySpan<string> path)
    {
        foreach (var segment in path)
        {
            document = document switch
            {
                JsonObject map when map.TryGetPropertyValue(segment, out var value) => value,
                JsonArray list => list[Index(segment, list.Count - 1)],
                _ => throw Missing(segment),
            };
        }

        return document;
    }

    private static JsonNode? Add(JsonNode? document, string[] path, JsonNode? value)
    {
        if (path.Length == 0)
            return value;
        var name = path[^1];
        switch (Find(document, path.AsSpan(0, path.Length - 1)))
        {
            case JsonObject map:
                map[name] = value;
                return document;
            case JsonArray list:
                list.Insert(name == "-" ? list.Count : Index(name, list.Count), value);
                return document;
            default:
                throw Missing(name);
        }
    }

    private static JsonNode? Replace(JsonNode? document, string[] path, JsonNode? value)
    {
        if (Find(document, path.AsSpan(0, path.Length - 1)) is JsonArray list)
            list[Index(path[^1], list.Count - 1)] = value;
        else
            Find(document, path.AsSpan(0, path.Length - 1))![path[^1]] = value;
        return document;
    }

    private static (JsonNode? Document, JsonNode? Removed) Remove(JsonNode? document, string[] path)
    {
        if (path.Length == 0)
            return (null, document);
        var name = path[^1];
        switch (Find(document, path.AsSpan(0, path.Length - 1)))
        {
            case JsonObject map when map.TryGetPropertyValue(name, out var value):
                map.Remove(name);
                return (document, value);
            case JsonArray list:
                var index = Index(name, list.Count - 1);
                var item = list[index];
                list.RemoveAt(index);
                return (document, item);
            default:
                throw Missing(name);
        }
    }

    private static int Index(string segment, int last)
    {
        var canonical = segment.Length == 1 || (segment.Length > 1 && segment[0] != '0');
        return canonical && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= last
            ? index
            : throw PatchFailure.DoesNotFit($"Unable to access invalid index: {segment}: invalid index referenced");
    }

    private static Platform.Api.Errors.ApiException Missing(string segment) =>
        PatchFailure.DoesNotFit($"operation does not apply: doc is missing path or key: {segment}: missing value");
}
