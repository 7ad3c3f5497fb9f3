using System.Text.Json;
using Platform.Api.Schema;

namespace Platform.Api.ManagedFields;

/// <summary>Finds what keeps a document from being applied: undeclared fields, values of a wrong type, items without keys, repeated items.</summary>
public static class SchemaConformance
{
    /// <summary>The findings as one text, worded as upstream does; null where there are none.</summary>
    public static string? Check(JsonElement document, MergeSchema schema)
    {
        var findings = new List<string>();
        Check(document, schema, "", findings);
        return findings.Count switch
        {
            0 => null,
            1 => findings[0],
            _ => "errors:\n" + string.Join('\n', findings.Select(f => "  " + f)),
        };
    }

    private static void Check(JsonElement value, MergeSchema schema, string path, List<string> findings)
    {
        switch (schema.Shape)
        {
            case MergeShape.Deduced:
                return;
            case MergeShape.Scalar:
                CheckScalar(value, schema.ScalarType, path, findings);
                return;
            case MergeShape.Map or MergeShape.AtomicMap:
                CheckMembers(value, schema, path, findings);
                return;
            default:
                CheckItems(value, schema, path, findings);
                return;
        }
    }

    private static void CheckScalar(JsonElement value, ScalarType type, string path, List<string> findings)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return;
        var expected = type switch
        {
            ScalarType.Text when value.ValueKind != JsonValueKind.String => "string",
            ScalarType.Number when value.ValueKind != JsonValueKind.Number => "numeric (int or float)",
            ScalarType.Boolean when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False) => "boolean",
            ScalarType.Any when value.ValueKind is JsonValueKind.Object or JsonValueKind.Array => "scalar",
            _ => null,
        };
        if (expected is not null)
            findings.Add(At(path, expected[0] == 'n' ? $"expected {expected}, got {TypeName(value)}" : $"expected {expected}, got {Shown(value)}"));
    }

    private static void CheckMembers(JsonElement value, MergeSchema schema, string path, List<string> findings)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return;
        if (value.ValueKind != JsonValueKind.Object)
        {
            findings.Add(At(path, $"expected map, got {Shown(value)}"));
            return;
        }

        foreach (var property in value.EnumerateObject())
        {
            var member = $"{path}.{property.Name}";
            if ((schema.Field(property.Name) ?? schema.Item) is { } declared)
                Check(property.Value, declared, member, findings);
            else
                findings.Add(At(member, "field not declared in schema"));
        }
    }

    private static void CheckItems(JsonElement value, MergeSchema schema, string path, List<string> findings)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return;
        if (value.ValueKind != JsonValueKind.Array)
        {
            findings.Add(At(path, $"expected list, got {Shown(value)}"));
            return;
        }

        var item = schema.Item ?? MergeSchema.Deduced;
        var seen = new HashSet<PathElement>();
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            var step = PathElement.Index(index);
            if (schema.Shape != MergeShape.AtomicList)
            {
                if (ListItems.StepTo(element, schema, out var fault) is not { } named)
                {
                    findings.Add(At(path, $"element {index++}: {fault}"));
                    continue;
                }

                step = named;
                if (!seen.Add(step))
                    findings.Add(At(path, $"duplicate entries for key {step}"));
            }

            Check(element, item, path + step, findings);
            index++;
        }
    }

    private static string At(string path, string message) => path.Length == 0 ? message : $"{path}: {message}";

    private static string Shown(JsonElement value) => "&value.valueUnstructured{Value:" + value.GetRawText() + "}";

    private static string TypeName(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Object => "map",
        _ => "list",
    };
}
