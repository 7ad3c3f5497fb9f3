using System.Collections.Frozen;

namespace Platform.Cel;

/// <summary>
/// A type of the language. Types are immutable and compared with <see cref="IsSame"/>, which looks at their structure (objects and opaque types: at their name).
/// A type made from a schema also knows how large its values can get, which is what the cost of an expression is estimated from.
/// </summary>
public sealed class CelType
{
    private readonly Lazy<FrozenDictionary<string, CelField>>? _fields;

    private CelType(CelKind kind, string name, IReadOnlyList<CelType>? parameters = null, Func<IEnumerable<CelField>>? fields = null)
    {
        Kind = kind;
        Name = name;
        Parameters = parameters ?? [];
        Size = (int)Math.Min(int.MaxValue, 1 + Parameters.Sum(p => (long)p.Size));
        _fields = fields is null ? null : new(() => fields().ToFrozenDictionary(f => f.Name, StringComparer.Ordinal));
    }

    /// <summary>Any value: checked when evaluated.</summary>
    public static CelType Dyn { get; } = new(CelKind.Dyn, "dyn");

    /// <summary>The type of <c>null</c>.</summary>
    public static CelType Null { get; } = new(CelKind.Null, "null_type");

    /// <summary>True or false.</summary>
    public static CelType Bool { get; } = new(CelKind.Bool, "bool");

    /// <summary>Signed number of 64 bits.</summary>
    public static CelType Int { get; } = new(CelKind.Int, "int");

    /// <summary>Unsigned number of 64 bits.</summary>
    public static CelType Uint { get; } = new(CelKind.Uint, "uint");

    /// <summary>Floating-point number.</summary>
    public static CelType Double { get; } = new(CelKind.Double, "double");

    /// <summary>Text of any length.</summary>
    public static CelType String { get; } = new(CelKind.String, "string");

    /// <summary>Bytes of any length.</summary>
    public static CelType Bytes { get; } = new(CelKind.Bytes, "bytes");

    /// <summary>A moment.</summary>
    public static CelType Timestamp { get; } = new(CelKind.Timestamp, "google.protobuf.Timestamp");

    /// <summary>A span of time.</summary>
    public static CelType Duration { get; } = new(CelKind.Duration, "google.protobuf.Duration");

    /// <summary>A type as a value.</summary>
    public static CelType Type { get; } = new(CelKind.Type, "type");

    /// <summary>Stands for the type of an expression in which an error was found.</summary>
    public static CelType Error { get; } = new(CelKind.Error, "!error!");

    /// <summary>What sort of type it is.</summary>
    public CelKind Kind { get; }

    /// <summary>Name as the language knows it.</summary>
    public string Name { get; }

    /// <summary>Item of a list; key and value of a map; content of an optional; parameters of an opaque type.</summary>
    public IReadOnlyList<CelType> Parameters { get; }

    /// <summary>Fields of an object by the name expressions use.</summary>
    public IReadOnlyDictionary<string, CelField> Fields => _fields?.Value ?? FrozenDictionary<string, CelField>.Empty;

    /// <summary>Most code points, bytes, items or entries of a value; null where nothing bounds it.</summary>
    public ulong? MaxElements { get; private init; }

    /// <summary>Least bytes that a value takes in JSON, for estimating how many of them a request can hold.</summary>
    public long MinSerializedSize { get; private init; }

    /// <summary>How a list of a schema is merged and compared.</summary>
    public CelListKind ListKind { get; private init; }

    /// <summary>Fields that identify an item of a list of kind <see cref="CelListKind.Map"/>.</summary>
    public IReadOnlyList<string> ListKeys { get; private init; } = [];

    /// <summary>Item of a list, value of a map, content of an optional; otherwise anything.</summary>
    internal CelType Item => Kind switch
    {
        CelKind.List or CelKind.Optional => Parameters[0],
        CelKind.Map => Parameters[1],
        _ => Dyn,
    };

    /// <summary>Number of types that it is made of, itself included.</summary>
    internal int Size { get; }

    /// <summary>A list.</summary>
    public static CelType List(CelType item) => new(CelKind.List, "list", [item]);

    /// <summary>A map.</summary>
    public static CelType Map(CelType key, CelType value) => new(CelKind.Map, "map", [key, value]);

    /// <summary>A value of the type, or none.</summary>
    public static CelType Optional(CelType content) => new(CelKind.Optional, "optional_type", [content]);

    /// <summary>An object whose fields are declared. They are asked for when first needed, so that a type can contain itself.</summary>
    public static CelType Object(string name, Func<IEnumerable<CelField>> fields) => new(CelKind.Object, name, null, fields);

    /// <summary>A type of a function library.</summary>
    public static CelType Opaque(string name) => new(CelKind.Opaque, name);

    /// <summary>A type parameter of a function's declaration.</summary>
    public static CelType Parameter(string name) => new(CelKind.Parameter, name);

    /// <summary>The type as a value.</summary>
    public static CelType TypeOf(CelType type) => new(CelKind.Type, "type", [type]);

    /// <summary>The same type, whose values are no longer than given.</summary>
    public CelType WithSize(ulong? maxElements, long minSerializedSize) => Copy(maxElements, minSerializedSize, ListKind, ListKeys);

    /// <summary>The same list, merged and compared as given.</summary>
    public CelType WithListKind(CelListKind kind, IReadOnlyList<string> keys) => Copy(MaxElements, MinSerializedSize, kind, keys);

    /// <summary>The same type without what its schema says of its values: they may come from elsewhere as well.</summary>
    internal CelType WithoutSizes() =>
        Kind == CelKind.Object ? this
        : Parameters.Count > 0 ? new(Kind, Name, [.. Parameters.Select(p => p.WithoutSizes())])
        : MaxElements is null ? this : new(Kind, Name);

    /// <summary>Whether both are the same type.</summary>
    public bool IsSame(CelType other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (Kind != other.Kind || Parameters.Count != other.Parameters.Count)
            return false;
        if (Kind is CelKind.Object or CelKind.Opaque or CelKind.Parameter && Name != other.Name)
            return false;
        for (var i = 0; i < Parameters.Count; i++)
        {
            if (!Parameters[i].IsSame(other.Parameters[i]))
                return false;
        }
        return true;
    }

    /// <summary>The type as error messages of the checker show it: <c>list(string)</c>, <c>timestamp</c>.</summary>
    public string Describe() => Kind switch
    {
        CelKind.Null => "null",
        CelKind.Timestamp => "timestamp",
        CelKind.Duration => "duration",
        _ when Parameters.Count > 0 => $"{Name}({string.Join(", ", Parameters.Select(p => p.Describe()))})",
        _ => Name,
    };

    /// <summary>The type's name with its parameters: <c>list(string)</c>, <c>google.protobuf.Timestamp</c>.</summary>
    public override string ToString() => Parameters.Count == 0 ? Name : $"{Name}({string.Join(", ", Parameters)})";

    internal CelType WithParameters(IReadOnlyList<CelType> parameters) =>
        new(Kind, Name, parameters) { MaxElements = MaxElements, MinSerializedSize = MinSerializedSize, ListKind = ListKind, ListKeys = ListKeys };

    private CelType Copy(ulong? maxElements, long minSerializedSize, CelListKind listKind, IReadOnlyList<string> listKeys) =>
        new(Kind, Name, Parameters, _fields is null ? null : () => _fields.Value.Values)
        {
            MaxElements = maxElements,
            MinSerializedSize = minSerializedSize,
            ListKind = listKind,
            ListKeys = listKeys,
        };
}

/// <summary>A field of an object.</summary>
/// <param name="Name">Name as expressions write it, escaped where needed (<see cref="Platform.Cel.Schemas.FieldNames"/>).</param>
/// <param name="Type">Type of its value.</param>
/// <param name="JsonName">Name in the document.</param>
public sealed record CelField(string Name, CelType Type, string JsonName)
{
    /// <summary>A field whose name needs no escaping.</summary>
    public CelField(string name, CelType type)
        : this(name, type, name)
    {
    }
}

/// <summary>How a list of a schema is merged and compared (<c>x-kubernetes-list-type</c>).</summary>
public enum CelListKind
{
    /// <summary>As a whole, in order.</summary>
    Atomic,

    /// <summary>As a set: order does not matter.</summary>
    Set,

    /// <summary>By keys of the items: order does not matter.</summary>
    Map,
}
