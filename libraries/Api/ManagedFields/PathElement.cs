using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Platform.Api.ManagedFields;

/// <summary>What a step of a path is. The order is that in which upstream sorts steps of different kinds.</summary>
public enum PathElementKind : byte
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
    // A name, a value or an array of keys: sets have many steps, so a step is no larger than it must be.
    private readonly object? _what;
    private readonly int _index;

    private PathElement(PathElementKind kind, object? what, int index)
    {
        Kind = kind;
        _what = what;
        _index = index;
    }

    /// <summary>What the step is.</summary>
    public PathElementKind Kind { get; }

    /// <summary>Name of the member; null for other kinds of step.</summary>
    public string? Name => Kind == PathElementKind.Field ? (string)_what! : null;

    /// <summary>A member of an object.</summary>
    public static PathElement Field(string name) => new(PathElementKind.Field, name, 0);

    /// <summary>An item of a list of objects; sorts the keys.</summary>
    public static PathElement Key(params KeyValuePair<string, FieldValue>[] keys)
    {
        if (keys.Length > 1)
            Array.Sort(keys, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return new(PathElementKind.Key, keys, 0);
    }

    /// <summary>An item of a set.</summary>
    public static PathElement Value(FieldValue value) => new(PathElementKind.Value, value, 0);

    /// <summary>An item by its position.</summary>
    public static PathElement Index(int index) => new(PathElementKind.Index, null, index);

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
                return "f:" + Name;
            case PathElementKind.Value:
                return "v:" + Scalar.Json;
            case PathElementKind.Index:
                return "i:" + _index.ToString(CultureInfo.InvariantCulture);
            default:
                var text = new StringBuilder("k:{");
                foreach (var (name, value) in Keys)
                    text.Append(text.Length == 3 ? "" : ",").Append(FieldValue.Quote(name)).Append(':').Append(value.Json);
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
            PathElementKind.Field => string.CompareOrdinal((string)_what!, (string)other._what!),
            PathElementKind.Value => Scalar.CompareTo(other.Scalar),
            PathElementKind.Index => _index.CompareTo(other._index),
            _ => CompareKeys(Keys, other.Keys),
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
        hash.Add(_index);
        if (Kind != PathElementKind.Key)
            hash.Add(_what);
        foreach (var (name, value) in Kind == PathElementKind.Key ? Keys : [])
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <summary>The form in messages: <c>.name</c>, <c>[name="x"]</c>, <c>[="x"]</c>, <c>[0]</c>.</summary>
    public override string ToString() => Kind switch
    {
        PathElementKind.Field => "." + Name,
        PathElementKind.Value => $"[={Scalar}]",
        PathElementKind.Index => $"[{_index.ToString(CultureInfo.InvariantCulture)}]",
        _ => $"[{string.Join(",", Keys.Select(k => $"{k.Key}={k.Value}"))}]",
    };

    private FieldValue Scalar => (FieldValue)_what!;

    private KeyValuePair<string, FieldValue>[] Keys => (KeyValuePair<string, FieldValue>[])_what!;

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
