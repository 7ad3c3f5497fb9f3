using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.ApiExtensions.V1;
using Platform.Api.Json;
using Platform.ApiServer.Patching;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Rules;

namespace Platform.ApiServer.CustomResources;

/// <summary>The columns of <c>kubectl get</c> that a definition declares; the age where it declares none.</summary>
internal sealed class CustomColumns
{
    private readonly (string Type, JsonPath? Path)[] _columns;
    private readonly bool _asksMetadata;

    public CustomColumns(IReadOnlyList<CustomResourceColumnDefinition> declared)
    {
        if (declared.Count == 0)
            declared = [new() { Name = "Age", Type = "date", JsonPath = ".metadata.creationTimestamp", Description = Cells.Age.Description }];
        _columns = [.. declared.Select(c => (c.Type ?? "string", JsonPath.Parse(c.JsonPath ?? "")))];
        _asksMetadata = declared.Any(c => c.JsonPath?.Contains("metadata", StringComparison.Ordinal) == true);
        Headers = [Cells.Name, .. declared.Select(Header)];
    }

    public IReadOnlyList<TableColumn> Headers { get; }

    public object?[] Row(CustomObject value, DateTimeOffset now)
    {
        var document = _asksMetadata ? CustomDocument.Of(value) : value.Content;
        return [value.Metadata.Name, .. _columns.Select(c => Cell(c.Type, c.Path?.Find(document) ?? [], now))];
    }

    private static TableColumn Header(CustomResourceColumnDefinition column) => new(column.Name ?? "", column.Type ?? "string", column.Format ?? "",
        string.IsNullOrEmpty(column.Description) ? $"Custom resource definition column (in JSONPath format): {column.JsonPath}" : column.Description, column.Priority ?? 0);

    private static object? Cell(string type, IReadOnlyList<JsonNode?> found, DateTimeOffset now)
    {
        // Of several values a column shows the first.
        if (found is [] or [null, ..])
            return null;
        var scalar = found[0] as JsonValue;
        return (type, scalar?.GetValueKind()) switch
        {
            ("integer", JsonValueKind.Number) when long.TryParse(scalar!.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
            ("integer" or "number", JsonValueKind.Number) when Schemas.JsonNumber.Value(scalar!) is var number => type == "integer" ? (long)number : number,
            ("boolean", JsonValueKind.True or JsonValueKind.False) => scalar!.GetValueKind() == JsonValueKind.True,
            ("date", JsonValueKind.String) => DateTimeOffset.TryParse(scalar!.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? Cells.Since(time, now) : "<invalid>",
            ("string", _) => Text(found[0]!),
            _ => null,
        };
    }

    private static string Text(JsonNode node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : node.ToJsonString();
}
