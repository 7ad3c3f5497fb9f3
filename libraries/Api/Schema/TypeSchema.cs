using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Api.Schema;

/// <summary>What kind of JSON value a declared type is.</summary>
public enum SchemaShape
{
    /// <summary>Text.</summary>
    String,

    /// <summary>Text, base64 of bytes.</summary>
    Bytes,

    /// <summary>Text, RFC 3339, whole seconds.</summary>
    Time,

    /// <summary>Text, RFC 3339, microseconds.</summary>
    MicroTime,

    /// <summary>Text or number: an amount.</summary>
    Quantity,

    /// <summary>Text or number.</summary>
    IntOrString,

    /// <summary>32-bit integer.</summary>
    Int32,

    /// <summary>64-bit integer.</summary>
    Int64,

    /// <summary>Number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Any object, kept as it is.</summary>
    Raw,

    /// <summary>List of items.</summary>
    List,

    /// <summary>Object with any keys and items as values.</summary>
    Map,

    /// <summary>Object with declared fields.</summary>
    Object,
}

/// <summary>
/// A declared type as data: reflected once from the declaration's attributes, then shared by strict decoding, patching, OpenAPI and the wire
/// codecs. Nothing else in the system reads those attributes for fields.
/// </summary>
public sealed class TypeSchema
{
    private static readonly ConcurrentDictionary<Type, TypeSchema> Known = new();

    private readonly Lazy<FrozenDictionary<string, FieldSchema>> _fields;

    private TypeSchema(Type type, SchemaShape shape, Type? item)
    {
        Type = type;
        Shape = shape;
        ItemType = item;
        _fields = new(() => Shape == SchemaShape.Object
            ? FieldSchema.Of(type).ToFrozenDictionary(f => f.Name, StringComparer.Ordinal)
            : FrozenDictionary<string, FieldSchema>.Empty);
    }

    /// <summary>The CLR type.</summary>
    public Type Type { get; }

    /// <summary>What kind of JSON value it is.</summary>
    public SchemaShape Shape { get; }

    /// <summary>Fields by JSON name; empty unless the shape is <see cref="SchemaShape.Object"/>.</summary>
    public IReadOnlyDictionary<string, FieldSchema> Fields => _fields.Value;

    /// <summary>What a list's items or a map's values are.</summary>
    public TypeSchema? Item => ItemType is null ? null : Of(ItemType);

    /// <summary>The resource that the type declares, if it does.</summary>
    public ResourceAttribute? Resource => Type.GetCustomAttribute<ResourceAttribute>();

    /// <summary>How server-side apply merges the object: <c>atomic</c>, or null for field by field.</summary>
    public string? MapType => Type.GetCustomAttribute<MapTypeAttribute>()?.Type;

    private Type? ItemType { get; }

    /// <summary>The schema of a type.</summary>
    public static TypeSchema Of(Type type) => Known.GetOrAdd(Nullable.GetUnderlyingType(type) ?? type, Make);

    /// <summary>A field by JSON name; null where there is none.</summary>
    public FieldSchema? Find(string name) => _fields.Value.GetValueOrDefault(name);

    /// <summary>A field by JSON name, without making a string; null where there is none.</summary>
    public FieldSchema? Find(ReadOnlySpan<char> name) =>
        _fields.Value.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var field) ? field : null;

    private static TypeSchema Make(Type type)
    {
        if (Scalar(type) is { } scalar)
            return new(type, scalar, null);
        if (type.IsGenericType && type.GetGenericTypeDefinition() is var generic)
        {
            if (generic == typeof(IReadOnlyDictionary<,>))
                return new(type, SchemaShape.Map, type.GetGenericArguments()[1]);
            if (generic == typeof(IReadOnlyList<>))
                return new(type, SchemaShape.List, type.GetGenericArguments()[0]);
        }

        return new(type, SchemaShape.Object, null);
    }

    private static SchemaShape? Scalar(Type type) =>
        type == typeof(string) ? SchemaShape.String
        : type == typeof(int) ? SchemaShape.Int32
        : type == typeof(long) ? SchemaShape.Int64
        : type == typeof(double) ? SchemaShape.Number
        : type == typeof(bool) ? SchemaShape.Boolean
        : type == typeof(byte[]) ? SchemaShape.Bytes
        : type == typeof(DateTimeOffset) ? SchemaShape.Time
        : type == typeof(MicroTime) ? SchemaShape.MicroTime
        : type == typeof(Quantity) ? SchemaShape.Quantity
        : type == typeof(IntOrString) ? SchemaShape.IntOrString
        : type == typeof(JsonElement) ? SchemaShape.Raw
        : null;
}

/// <summary>A declared field.</summary>
public sealed record FieldSchema
{
    /// <summary>Name in JSON.</summary>
    public required string Name { get; init; }

    /// <summary>Position among the fields of its type, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The property that holds it.</summary>
    public required PropertyInfo Property { get; init; }

    /// <summary>Field number in protobuf; null where the field is inlined or not on that wire.</summary>
    public int? Proto { get; init; }

    /// <summary>Whether it must be present.</summary>
    public bool Required { get; init; }

    /// <summary>Value that the server fills in, as published; null where there is none.</summary>
    public object? Default { get; init; }

    /// <summary><c>atomic</c>, <c>set</c> or <c>map</c> for lists.</summary>
    public string? ListType { get; init; }

    /// <summary>Fields that identify an item of a <c>map</c> list.</summary>
    public IReadOnlyList<string> ListKeys { get; init; } = [];

    /// <summary><c>granular</c> or <c>atomic</c> for maps and objects.</summary>
    public string? MapType { get; init; }

    /// <summary>Strategic merge patch: comma-separated strategies; null for the ordinary rules.</summary>
    public string? PatchStrategy { get; init; }

    /// <summary>Strategic merge patch: field that identifies a list item.</summary>
    public string? MergeKey { get; init; }

    /// <summary>Published name of the raw document that the field, or each item of it, is; null for fields whose type tells.</summary>
    public string? PublishedAs { get; init; }

    /// <summary>Values that a string may have, as published; empty where any may be. Only descriptions of the API ask, so it is not kept.</summary>
    public IReadOnlyList<string> Enum => Property.GetCustomAttribute<EnumAttribute>()?.Values ?? [];

    /// <summary>What the field holds.</summary>
    public TypeSchema Type => TypeSchema.Of(Property.PropertyType);

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Programs that are compiled to native code keep this assembly whole (Directory.Build.targets).")]
    internal static IEnumerable<FieldSchema> Of(Type type)
    {
        var index = 0;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<JsonIgnoreAttribute>() is not null || !property.CanWrite)
                continue;
            var required = (property.Name == nameof(KubernetesObject.Metadata) ? (MemberInfo)type : property).GetCustomAttribute<RequiredAttribute>() is not null;
            var list = property.GetCustomAttribute<ListTypeAttribute>();
            var patch = property.GetCustomAttribute<PatchStrategyAttribute>();
            yield return new()
            {
                Name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name),
                Index = index++,
                Property = property,
                Proto = property.GetCustomAttribute<ProtoAttribute>()?.Number,
                Required = required,
                Default = property.GetCustomAttribute<DefaultAttribute>()?.Value ?? (required ? Zero(property) : null),
                ListType = list?.Type,
                ListKeys = list?.Keys ?? [],
                MapType = property.GetCustomAttribute<MapTypeAttribute>()?.Type,
                PatchStrategy = patch?.Strategy,
                MergeKey = patch?.MergeKey,
                PublishedAs = property.GetCustomAttribute<PublishedAsAttribute>()?.Name,
            };
        }
    }

    /// <summary>A required scalar's published default is its zero value, unless the declaration says that there is none.</summary>
    private static object? Zero(PropertyInfo property)
    {
        if (property.GetCustomAttribute<NoDefaultAttribute>() is not null)
            return null;
        return TypeSchema.Of(property.PropertyType).Shape switch
        {
            SchemaShape.String => "",
            SchemaShape.Int32 or SchemaShape.Int64 or SchemaShape.Number => 0,
            SchemaShape.Boolean => false,
            _ => null,
        };
    }
}
