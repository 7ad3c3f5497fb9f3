using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.Api.Json;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Watching;

/// <summary>
/// The fields of a stored kind that field selectors may name, besides name and namespace, in a fixed order. All are read in one pass over an
/// object's bytes, which enters only the members that lead to one of them.
/// </summary>
internal sealed class SelectableFieldSet
{
    private readonly SelectableField[] _fields;
    private readonly Step _root = new([]);
    private readonly int _places;

    public SelectableFieldSet(ResourceDefinition definition)
        : this(definition.Rules.SelectableFields)
    {
    }

    public SelectableFieldSet(IReadOnlyList<SelectableField> fields)
    {
        _fields = [.. fields.Where(f => f.StoredName == f.Name)];
        foreach (var path in _fields.SelectMany(f => f.Paths))
        {
            var step = _root;
            foreach (var member in path.Split('.'))
                step = step.To(Encoding.UTF8.GetBytes(member));
            step.Place = _places++;
        }
    }

    public int Count => _fields.Length;

    public SelectableField this[int index] => _fields[index];

    public int IndexOf(string name)
    {
        for (var i = 0; i < _fields.Length; i++)
        {
            if (_fields[i].Name == name)
                return i;
        }
        return -1;
    }

    /// <summary>Whether a selector may name the field.</summary>
    public bool Supports(string name) => name is "metadata.name" or "metadata.namespace" || IndexOf(name) >= 0;

    /// <summary>The values of all fields of an object.</summary>
    public string[] Read(ReadOnlySpan<byte> json)
    {
        var found = new string?[_places];
        var reader = new Utf8JsonReader(json, JsonDepth.Reader);
        if (reader.Read())
            Walk(ref reader, _root, found);
        var values = new string[_fields.Length];
        var place = 0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _fields[i].Absent;
            var end = place + _fields[i].Paths.Count;
            for (var p = place; p < end; p++)
            {
                if (found[p] is not { Length: > 0 } value)
                    continue;
                values[i] = value;
                break;
            }
            place = end;
        }
        return values;
    }

    private static void Walk(ref Utf8JsonReader reader, Step step, string?[] found)
    {
        if (step.Place >= 0)
            found[step.Place] = Scalar(ref reader);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject when step.Next.Length > 0:
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var next = step.Find(ref reader);
                    reader.Read();
                    Enter(ref reader, next, found);
                }
                break;
            case JsonTokenType.StartArray when step.Next.Length > 0:
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                    Enter(ref reader, step.Find(i), found);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static void Enter(ref Utf8JsonReader reader, Step? next, string?[] found)
    {
        if (next is null)
            reader.Skip();
        else
            Walk(ref reader, next, found);
    }

    private static string? Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => null,
    };

    /// <summary>A member on the way to a field.</summary>
    private sealed class Step(byte[] member)
    {
        /// <summary>Where the value that is found here belongs; -1 for a member that only leads on.</summary>
        public int Place { get; set; } = -1;

        public Step[] Next { get; private set; } = [];

        public Step To(byte[] name)
        {
            if (Array.Find(Next, s => s.Member.AsSpan().SequenceEqual(name)) is { } known)
                return known;
            var step = new Step(name);
            Next = [.. Next, step];
            return step;
        }

        public Step? Find(ref Utf8JsonReader reader)
        {
            foreach (var step in Next)
            {
                if (reader.ValueTextEquals(step.Member))
                    return step;
            }
            return null;
        }

        public Step? Find(int index)
        {
            var name = Encoding.UTF8.GetBytes(index.ToString(CultureInfo.InvariantCulture));
            return Array.Find(Next, s => s.Member.AsSpan().SequenceEqual(name));
        }

        private byte[] Member { get; } = member;
    }
}
