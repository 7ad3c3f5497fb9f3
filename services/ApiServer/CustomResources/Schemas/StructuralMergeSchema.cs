using System.Text.Json;
using Platform.Api.Meta.V1;
using Platform.Api.Schema;

namespace Platform.ApiServer.CustomResources.Schemas;

/// <summary>A structural schema as server-side apply sees it. What the schema preserves without knowing is merged by its form.</summary>
internal sealed class StructuralMergeSchema : MergeSchema
{
    private readonly StructuralSchema _schema;
    private readonly bool _isResource;
    private readonly Dictionary<string, MergeSchema> _fields = new(StringComparer.Ordinal);
    private readonly MergeSchema? _item;

    private StructuralMergeSchema(StructuralSchema schema, bool isResource)
    {
        _schema = schema;
        _isResource = isResource || schema.IsEmbeddedResource;
        foreach (var (name, property) in schema.Properties)
            _fields[name] = From(property);
        if (_isResource)
        {
            _fields["apiVersion"] = Scalar;
            _fields["kind"] = Scalar;
            _fields["metadata"] = Of(TypeSchema.Of(typeof(ObjectMeta)));
        }
        _item = schema.Items is { } items ? From(items)
            : schema.AdditionalProperties is { } additional ? From(additional)
            : schema.AllowsAdditional || schema.PreservesUnknown ? Deduced
            : null;
        Shape = ShapeOf(schema);
    }

    public override MergeShape Shape { get; }

    public override IReadOnlyList<string> Keys => Shape == MergeShape.MapList ? _schema.Declared.XKubernetesListMapKeys ?? [] : [];

    public override MergeSchema? Item => _item;

    public static MergeSchema OfResource(StructuralSchema schema) => new StructuralMergeSchema(schema, isResource: true);

    public override MergeSchema? Field(string name) => _fields.GetValueOrDefault(name);

    public override JsonElement? KeyDefault(string key) =>
        _schema.Items?.Properties.GetValueOrDefault(key)?.Declared.Default is { ValueKind: not JsonValueKind.Undefined and not JsonValueKind.Null } value ? value : null;

    private static MergeSchema From(StructuralSchema schema) =>
        schema.Type.Length == 0 && !schema.IntOrString && schema.Properties.Count == 0 ? Deduced
        : schema.Type is "object" or "array" ? new StructuralMergeSchema(schema, false)
        : Scalar;

    private static MergeShape ShapeOf(StructuralSchema schema) => schema.Type == "array"
        ? schema.Declared.XKubernetesListType switch
        {
            "set" => MergeShape.SetList,
            "map" => MergeShape.MapList,
            _ => MergeShape.AtomicList,
        }
        : schema.Declared.XKubernetesMapType == "atomic" ? MergeShape.AtomicMap : MergeShape.Map;
}
