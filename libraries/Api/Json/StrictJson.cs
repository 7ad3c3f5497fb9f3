using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Platform.Api.Schema;

namespace Platform.Api.Json;

/// <summary>What strict reading of a document found.</summary>
/// <param name="Findings">Unknown and duplicate fields, worded as upstream words them; these are warnings or errors as the client chooses.</param>
/// <param name="TypeError">The first value of a wrong type, worded as upstream words it; null where all types are right.</param>
public sealed record StrictResult(IReadOnlyList<string> Findings, string? TypeError);

/// <summary>
/// Reads a document against its declaration without making objects: finds fields that are not declared, fields that come twice, and values of
/// the wrong type. The codec proper skips unknown fields and lets the last duplicate win, so that old servers accept new clients; what it
/// skipped is told to the client by this pass over the same bytes.
/// </summary>
public ref struct StrictJson
{
    /// <summary>Most findings that are reported.</summary>
    public const int MostFindings = 100;

    /// <summary>Longest field name that is looked up without a string, in characters.</summary>
    private const int NameLength = 128;

    private readonly List<string> _findings;
    private readonly Stack<string> _path;
    private Utf8JsonReader _reader;
    private string? _typeError;

    private StrictJson(ReadOnlySpan<byte> utf8)
    {
        _reader = new(utf8, JsonDepth.Reader);
        _findings = [];
        _path = new();
    }

    /// <summary>Checks a document.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public static StrictResult Check(ReadOnlySpan<byte> utf8, TypeSchema schema)
    {
        // The reader looks at texts only when they are asked for, and then has another exception for those that are none.
        if (!Utf8.IsValid(utf8))
            throw new JsonException("invalid UTF-8 in the document");
        var check = new StrictJson(utf8);
        check._reader.Read();
        check.Value(schema, null);
        return new(check._findings, check._typeError);
    }

    /// <param name="owner">The object type whose field holds the value; null for the document.</param>
    private void Value(TypeSchema schema, TypeSchema? owner)
    {
        var token = _reader.TokenType;
        if (token == JsonTokenType.Null)
            return;
        switch (schema.Shape)
        {
            case SchemaShape.Object when token == JsonTokenType.StartObject:
                Object(schema);
                break;
            case SchemaShape.Map when token == JsonTokenType.StartObject:
                Map(schema, owner);
                break;
            case SchemaShape.List when token == JsonTokenType.StartArray:
                List(schema, owner);
                break;
            case SchemaShape.Raw:
                _reader.Skip();
                break;
            default:
                if (Scalar(schema.Shape) is { } wrong)
                    _typeError ??= wrong.Length > 0 ? wrong : Mismatch(schema, owner);
                _reader.Skip();
                break;
        }
    }

    private void Object(TypeSchema schema)
    {
        UInt128 seen = 0;
        HashSet<string>? unknown = null;
        Span<char> name = stackalloc char[NameLength];
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = _reader.ValueSpan.Length <= NameLength && !_reader.ValueIsEscaped
                ? schema.Find(name[.._reader.CopyString(name)])
                : schema.Find(_reader.GetString()!);
            if (field is null)
            {
                var text = _reader.GetString()!;
                unknown ??= new(StringComparer.Ordinal);
                Report(unknown.Add(text) ? "unknown" : "duplicate", text);
                _reader.Read();
                _reader.Skip();
                continue;
            }

            var bit = UInt128.One << field.Index;
            if ((seen & bit) != 0)
                Report("duplicate", field.Name);
            seen |= bit;
            _path.Push(field.Name);
            _reader.Read();
            Value(field.Type, schema);
            _path.Pop();
        }
    }

    private void Map(TypeSchema schema, TypeSchema? owner)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = _reader.GetString()!;
            if (!seen.Add(key))
                Report("duplicate", key);
            _path.Push(key);
            _reader.Read();
            Value(schema.Item!, owner);
            _path.Pop();
        }
    }

    private void List(TypeSchema schema, TypeSchema? owner)
    {
        for (var index = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; index++)
        {
            _path.Push(string.Create(CultureInfo.InvariantCulture, $"[{index}]"));
            Value(schema.Item!, owner);
            _path.Pop();
        }
    }

    /// <summary>Null where the token fits; else what is wrong, empty where the ordinary sentence about types says it.</summary>
    private readonly string? Scalar(SchemaShape shape)
    {
        switch (shape)
        {
            case SchemaShape.String when _reader.TokenType == JsonTokenType.String:
            case SchemaShape.Boolean when _reader.TokenType is JsonTokenType.True or JsonTokenType.False:
            case SchemaShape.Int32 when _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out _):
            case SchemaShape.Int64 when _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out _):
            case SchemaShape.Number when _reader.TokenType == JsonTokenType.Number:
            case SchemaShape.IntOrString when _reader.TokenType == JsonTokenType.String || (_reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out _)):
                return null;
            case SchemaShape.Quantity when _reader.TokenType is JsonTokenType.String or JsonTokenType.Number:
                var amount = _reader.TokenType == JsonTokenType.String ? _reader.GetString()! : Encoding.UTF8.GetString(_reader.ValueSpan);
                return QuantityText.TryParse(amount.Trim(), out _);
            case SchemaShape.Time or SchemaShape.MicroTime when _reader.TokenType == JsonTokenType.String:
                var time = _reader.GetString()!;
                return Rfc3339.TryRead(in _reader, out _) ? null : GoTime.Fault(time, shape == SchemaShape.MicroTime);
            case SchemaShape.Bytes when _reader.TokenType == JsonTokenType.String:
                return _reader.TryGetBytesFromBase64(out _) ? null : "illegal base64 data at input byte " + BadByte(_reader.GetString()!).ToString(CultureInfo.InvariantCulture);
            // Types that read themselves know nothing of the field they are in.
            case SchemaShape.Time or SchemaShape.MicroTime:
                return $"json: cannot unmarshal {Found(isInteger: false)} into Go value of type string";
            case SchemaShape.IntOrString:
                return $"json: cannot unmarshal {Found(isInteger: true)} into Go value of type int32";
            case SchemaShape.Quantity:
                return QuantityText.TryParse(Encoding.UTF8.GetString(_reader.ValueSpan), out _);
            default:
                return "";
        }
    }

    private static int BadByte(string text)
    {
        var index = text.AsSpan().IndexOfAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");
        return index < 0 ? text.Length / 4 * 4 : index;
    }

    private void Report(string what, string name)
    {
        if (_findings.Count >= MostFindings)
            return;
        _path.Push(name);
        _findings.Add($"{what} field \"{Path(withIndices: true)}\"");
        _path.Pop();
    }

    private readonly string Mismatch(TypeSchema schema, TypeSchema? owner)
    {
        var found = Found(schema.Shape is SchemaShape.Int32 or SchemaShape.Int64);
        return $"json: cannot unmarshal {found} into Go struct field {owner?.Type.Name}.{Path(withIndices: false)} of type {GoType(schema)}";
    }

    private readonly string Found(bool isInteger) => _reader.TokenType switch
    {
        JsonTokenType.String => "string",
        JsonTokenType.Number when isInteger => "number " + Encoding.UTF8.GetString(_reader.ValueSpan),
        JsonTokenType.Number => "number",
        JsonTokenType.True or JsonTokenType.False => "bool",
        JsonTokenType.StartArray => "array",
        _ => "object",
    };

    private readonly string Path(bool withIndices)
    {
        var text = new StringBuilder();
        foreach (var segment in _path.Reverse())
        {
            if (segment[..Math.Min(1, segment.Length)] == "[" && segment.EndsWith(']'))
            {
                if (withIndices)
                    text.Append(segment);
            }
            else
                text.Append(text.Length == 0 ? "" : ".").Append(segment);
        }

        return text.ToString();
    }

    private static string GoType(TypeSchema schema) => schema.Shape switch
    {
        SchemaShape.String => "string",
        SchemaShape.Bytes => "[]uint8",
        SchemaShape.Int32 => "int32",
        SchemaShape.Time => "v1.Time",
        SchemaShape.MicroTime => "v1.MicroTime",
        SchemaShape.IntOrString => "intstr.IntOrString",
        SchemaShape.Int64 => "int64",
        SchemaShape.Number => "float64",
        SchemaShape.Boolean => "bool",
        SchemaShape.Quantity => "resource.Quantity",
        SchemaShape.List => "[]" + GoType(schema.Item!),
        SchemaShape.Map => "map[string]" + GoType(schema.Item!),
        SchemaShape.Raw => "v1.FieldsV1",
        _ => "v1." + schema.Type.Name,
    };
}
