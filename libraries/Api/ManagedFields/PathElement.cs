using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Platform.Api.ManagedFields;

/// <summary>What a step of a path is. The order is that in which upstream sorts steps of different kinds.</summary>
public enum PathElementKind
{
    /// <summary>A member of an object.</summary>
    Field,

    /// <summary>An item of a list, by the values of its keys.</summary>
    Key,

    /// <summary>An item of a set, by its value.</summary>
    Value,

    /// <summary>An item of a list, by its position.</summary>
    Index,
}

/// <summary>One step of a path through an object. On the wire: <c>f:name</c>, <c>k:{"name":"x"}</c>, <c>v:"x"</c>, <c>i:0</c>.</summary>
public readonly struct PathElement : IComparable<PathElement>, IEquatable<PathElement>
{
    private readonly string? _name;
    private readonly KeyValuePair<string, FieldValue>[]? _keys;
    private readonly FieldValue? _value;
    private readonly int _index;

    private PathElement(PathElementKind kind, string? name, KeyValuePair<string, FieldValue>[]? keys, FieldValue? value, int index)
    {
        Kind = kind;
        _name = name;
        _keys = keys;
        _value = value;
        _index = index;
    }

    /// <summary>What the step is.</summary>
    public PathElementKind Kind { get; }

    /// <summary>Name of the member; null for other kinds of step.</summary>
    public string? Name => _name;

    /// <summary>A member of an object.</summary>
    public static PathElement Field(string name) => new(PathElementKind.Field, name, null, null, 0);

    /// <summary>An item of a list of objects; sorts the keys.</summary>
    public static PathElement Key(params KeyValuePair<string, FieldValue>[] keys)
    {
        if (keys.Length > 1)
            Array.Sort(keys, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return new(PathElementKind.Key, null, keys, null, 0);
    }

    /// <summary>An item of a set.</summary>
    public static PathElement Value(FieldValue value) => new(PathElementKind.Value, null, null, value, 0);

    /// <summary>An item by its position.</summary>
    public static PathElement Index(int index) => new(PathElementKind.Index, null, null, null, index);

    /// <summary>Reads the form on the wire; null for a kind of step that is not known, which readers skip.</summary>
    /// <exception cref="JsonException">The step is malformed.</exception>
    public static PathElement? Parse(string text)
    {
        if (text.Length < 2 || text[1] != ':')
            throw new JsonException("missing colon in a field path element");
        var rest = text[2..];
        switch (text[0])
        {
            case 'f':
                return Field(rest);
            case 'i':
                return int.TryParse(rest, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) ? Index(index)
                    : throw new JsonException("an index is no number");
            case 'v':
                using (var document = JsonDocument.Parse(rest))
                    return Value(FieldValue.Of(document.RootElement));
            case 'k':
                using (var document = JsonDocument.Parse(rest))
                {
                    if (document.RootElement.ValueKind != JsonValueKind.Object)
                        throw new JsonException("the keys of an item must be an object");
                    return Key([.. document.RootElement.EnumerateObject().Select(p => new KeyValuePair<string, FieldValue>(p.Name, FieldValue.Of(p.Value)))]);
                }
            default:
                return null;
        }
    }

    /// <summary>The form on the wire.</summary>
    public string ToWire()
    {
        switch (Kind)
        {
            case PathElementKind.Field:
                return "f:" + _name;
            case PathElementKind.Value:
                return "v:" + _value!.Json;
            case PathElementKind.Index:
                return "i:" + _index.ToString(CultureInfo.InvariantCulture);
            default:
                var text = new StringBuilder("k:{");
                for (var i = 0; i < _keys!.Length; i++)
                    text.Append(i == 0 ? "" : ",").Append(FieldValue.Quote(_keys[i].Key)).Append(':').Append(_keys[i].Value.Json);
                return text.Append('}').ToString();
        }
    }

    /// <inheritdoc />
    public int CompareTo(PathElement other)
    {
        if (Kind != other.Kind)
            return Kind.CompareTo(other.Kind);
        return Kind switch
        {
            PathElementKind.Field => string.CompareOrdinal(_name, other._name),
            PathElementKind.Value => _value!.CompareTo(other._value),
            PathElementKind.Index => _index.CompareTo(other._index),
            _ => CompareKeys(_keys!, other._keys!),
        };
    }

    /// <inheritdoc />
    public bool Equals(PathElement other) => CompareTo(other) == 0;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is PathElement other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Kind);
        hash.Add(_name, StringComparer.Ordinal);
        hash.Add(_index);
        hash.Add(_value);
        foreach (var (name, value) in _keys ?? [])
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <summary>The form in messages: <c>.name</c>, <c>[name="x"]</c>, <c>[="x"]</c>, <c>[0]</c>.</summary>
    public override string ToString() => Kind switch
    {
        PathElementKind.Field => "." + _name,
        PathElementKind.Value => $"[={_value}]",
        PathElementKind.Index => $"[{_index.ToString(CultureInfo.InvariantCulture)}]",
        _ => $"[{string.Join(",", _keys!.Select(k => $"{k.Key}={k.Value}"))}]",
    };

    private static int CompareKeys(KeyValuePair<string, FieldValue>[] left, KeyValuePair<string, FieldValue>[] right)
    {
        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            var order = string.CompareOrdinal(left[i].Key, right[i].Key);
            if (order == 0)
                order = left[i].Value.CompareTo(right[i].Value);
            if (order != 0)
                return order;
        }

        return left.Length.CompareTo(right.Length);
    }
}
