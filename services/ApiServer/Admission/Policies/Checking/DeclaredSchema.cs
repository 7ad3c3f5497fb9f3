using Platform.Api.Meta.V1;
using Platform.Api.Schema;
using Platform.Cel;
using Platform.Cel.Schemas;

namespace Platform.ApiServer.Admission.Policies.Checking;

/// <summary>
/// A declared type as the expression language sees it. The path of types that led to it is kept, because some contain themselves (the schema of a definition does): such a one is
/// known where it comes first, and below that is an object of unknown fields.
/// </summary>
internal sealed class DeclaredSchema : ICelSchema
{
    private readonly TypeSchema _type;
    private readonly FieldSchema? _field;
    private readonly IReadOnlyList<Type> _path;
    private readonly bool _isRepeated;

    private DeclaredSchema(TypeSchema type, FieldSchema? field, IReadOnlyList<Type> path)
    {
        (_type, _field) = (type, field);
        _isRepeated = type.Shape == SchemaShape.Object && path.Contains(type.Type);
        _path = type.Shape == SchemaShape.Object ? [.. path, type.Type] : path;
    }

    /// <summary>The metadata of every object.</summary>
    public static DeclaredSchema Metadata { get; } = Of(typeof(ObjectMeta));

    public string Type => _type.Shape switch
    {
        SchemaShape.Int32 or SchemaShape.Int64 => "integer",
        SchemaShape.Number => "number",
        SchemaShape.Boolean => "boolean",
        SchemaShape.List => "array",
        SchemaShape.Map or SchemaShape.Object or SchemaShape.Raw => "object",
        _ => "string",
    };

    public string Format => _type.Shape switch
    {
        SchemaShape.Bytes => "byte",
        SchemaShape.Time or SchemaShape.MicroTime => "date-time",
        _ => "",
    };

    public ICelSchema? Items => _type.Shape == SchemaShape.List ? new DeclaredSchema(_type.Item!, null, _path) : null;

    public ICelSchema? AdditionalProperties => _type.Shape == SchemaShape.Map ? new DeclaredSchema(_type.Item!, null, _path) : null;

    public IEnumerable<KeyValuePair<string, ICelSchema>> Properties =>
        _isRepeated ? [] : _type.Fields.Values.Select(f => KeyValuePair.Create<string, ICelSchema>(f.Name, new DeclaredSchema(f.Type, f, _path)));

    public bool HasDefault => _field?.Default is not null;

    public long? MaxItems => null;

    public long? MaxLength => null;

    public long? MaxProperties => null;

    public long? LongestEnum => null;

    /// <summary>Amounts too may be texts or numbers.</summary>
    public bool IsIntOrString => _type.Shape is SchemaShape.IntOrString or SchemaShape.Quantity;

    public bool IsEmbeddedResource => false;

    public CelListKind ListKind => _field?.ListType switch
    {
        "set" => CelListKind.Set,
        "map" => CelListKind.Map,
        _ => CelListKind.Atomic,
    };

    public IReadOnlyList<string> ListKeys => _field?.ListKeys ?? [];

    public static DeclaredSchema Of(Type type) => new(TypeSchema.Of(type), null, []);

    public bool IsRequired(string property) => _type.Find(property)?.Required == true;
}
