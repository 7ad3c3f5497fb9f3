using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Platform.Api.Schema;

/// <summary>
/// <see cref="MergeSchema"/> of a built-in type. What a field says of its list or map wins over what the type says; a list without a list type takes
/// what its patch strategy implies, as upstream's converter does, and is atomic without one.
/// </summary>
internal sealed class TypeMergeSchema : MergeSchema
{
    private static readonly ConcurrentDictionary<Type, TypeMergeSchema> Types = new();

    private readonly TypeSchema _type;
    private readonly Lazy<FrozenDictionary<string, MergeSchema>> _fields;
    private readonly Lazy<MergeSchema?> _item;
    private readonly Lazy<FrozenSet<string>> _present;

    private TypeMergeSchema(TypeSchema type, FieldSchema? field)
    {
        _type = type;
        Shape = ShapeOf(type, field);
        Keys = Shape == MergeShape.MapList ? KeysOf(field!) : [];
        _fields = new(() => type.Fields.ToFrozenDictionary(f => f.Key, f => Of(f.Value), StringComparer.Ordinal));
        _item = new(() => type.Item is { } item ? Of(item) : null);
        _present = new(() => type.Fields.Values.Where(f => ValueTypes.IsHeldByValue(type, f)).Select(f => f.Name).ToFrozenSet(StringComparer.Ordinal));
    }

    public override MergeShape Shape { get; }

    public override IReadOnlyList<string> Keys { get; }

    public override MergeSchema? Item => _item.Value;

    public static new MergeSchema Of(TypeSchema type) =>
        type.Shape is SchemaShape.Raw ? Deduced
        : type.Shape is SchemaShape.Object or SchemaShape.List or SchemaShape.Map ? Types.GetOrAdd(type.Type, static (_, t) => new(t, null), type)
        : ScalarOf(type.Shape switch
        {
            SchemaShape.String or SchemaShape.Bytes or SchemaShape.Time or SchemaShape.MicroTime => ScalarType.Text,
            SchemaShape.Int32 or SchemaShape.Int64 or SchemaShape.Number => ScalarType.Number,
            SchemaShape.Boolean => ScalarType.Boolean,
            _ => ScalarType.Any,
        });

    public override MergeSchema? Field(string name) => _fields.Value.GetValueOrDefault(name);

    public override bool IsAlwaysPresent(string field) => _present.Value.Contains(field);

    public override JsonElement? KeyDefault(string key) => _type.Item?.Find(key)?.Default is { } value ? Element(value) : null;

    private static MergeSchema Of(FieldSchema field) =>
        field.ListType is null && field.MapType is null && field.PatchStrategy is null ? Of(field.Type)
        : field.Type.Shape is SchemaShape.Object or SchemaShape.List or SchemaShape.Map ? new TypeMergeSchema(field.Type, field)
        : Of(field.Type);

    private static MergeShape ShapeOf(TypeSchema type, FieldSchema? field)
    {
        if (type.Shape != SchemaShape.List)
            return (field?.MapType ?? type.MapType) == "atomic" ? MergeShape.AtomicMap : MergeShape.Map;
        var merges = field?.PatchStrategy?.Split(',').Contains("merge") == true;
        return field?.ListType switch
        {
            "set" => MergeShape.SetList,
            "map" => MergeShape.MapList,
            null when merges => field!.MergeKey is null ? MergeShape.SetList : MergeShape.MapList,
            _ => MergeShape.AtomicList,
        };
    }

    private static IReadOnlyList<string> KeysOf(FieldSchema field) => field.ListKeys.Count > 0 ? field.ListKeys : [field.MergeKey!];

    private static JsonElement Element(object value)
    {
        var json = value switch
        {
            string text => "\"" + JsonEncodedText.Encode(text) + "\"",
            bool flag => flag ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
