using System.Globalization;

namespace Platform.Api.Json;

/// <summary>
/// Says what is wrong with a text that is not JSON, in the words of Go's decoder, which are those that clients and their users know. It runs only after a
/// reader has refused the text, and once over it.
/// </summary>
internal ref struct JsonSyntax
{
    private const string UnexpectedEnd = "unexpected end of JSON input";

    private readonly ReadOnlySpan<byte> _json;
    private readonly Stack<bool> _open = new();
    private int _at;

    private JsonSyntax(ReadOnlySpan<byte> json) => _json = json;

    private enum Place
    {
        Value,
        ValueOrEnd,
        Name,
        NameOrEnd,
        AfterName,
        AfterValue,
    }

    /// <summary>The first fault; null where there is none.</summary>
    public static string? Fault(ReadOnlySpan<byte> json) => new JsonSyntax(json).Find();

    private string? Find()
    {
        var place = Place.Value;
        while (true)
        {
            while (_at < _json.Length && _json[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                _at++;
            if (_at == _json.Length)
                return place == Place.AfterValue && _open.Count == 0 ? null : UnexpectedEnd;
            var fault = place switch
            {
                Place.Value or Place.ValueOrEnd => Value(ref place),
                Place.Name or Place.NameOrEnd => Name(ref place),
                Place.AfterName => Expect(':', ref place),
                _ => AfterValue(ref place),
            };
            if (fault is not null)
                return fault;
        }
    }

    private string? Value(ref Place place)
    {
        var first = (char)_json[_at];
        if (first == ']' && place == Place.ValueOrEnd)
            return Close(ref place);
        switch (first)
        {
            case '{' or '[':
                if (_open.Count == JsonDepth.Enclosed)
                    return JsonDepth.Exceeded;
                _open.Push(first == '{');
                _at++;
                place = first == '{' ? Place.NameOrEnd : Place.ValueOrEnd;
                return null;
            case '"':
                place = Place.AfterValue;
                return Text();
            case '-' or (>= '0' and <= '9'):
                place = Place.AfterValue;
                return Number();
            case 't' or 'f' or 'n':
                place = Place.AfterValue;
                return Literal(first switch { 't' => "true", 'f' => "false", _ => "null" });
            default:
                return Invalid("looking for beginning of value");
        }
    }

    private string? Name(ref Place place)
    {
        switch ((char)_json[_at])
        {
            case '}' when place == Place.NameOrEnd:
                return Close(ref place);
            case '"':
                place = Place.AfterName;
                return Text();
            default:
                return Invalid("looking for beginning of object key string");
        }
    }

    private string? Expect(char colon, ref Place place)
    {
        if (_json[_at] != colon)
            return Invalid("after object key");
        _at++;
        place = Place.Value;
        return null;
    }

    private string? AfterValue(ref Place place)
    {
        if (!_open.TryPeek(out var isObject))
            return Invalid("after top-level value");
        switch ((char)_json[_at])
        {
            case ',':
                _at++;
                place = isObject ? Place.Name : Place.Value;
                return null;
            case '}' when isObject:
            case ']' when !isObject:
                return Close(ref place);
            default:
                return Invalid(isObject ? "after object key:value pair" : "after array element");
        }
    }

    private string? Close(ref Place place)
    {
        _open.Pop();
        _at++;
        place = Place.AfterValue;
        return null;
    }

    private string? Text()
    {
        for (_at++; _at < _json.Length; _at++)
        {
            switch (_json[_at])
            {
                case (byte)'"':
                    _at++;
                    return null;
                case < 0x20:
                    return Invalid("in string literal");
                case (byte)'\\' when Escape() is { } fault:
                    return fault;
            }
        }

        return UnexpectedEnd;
    }

    /// <summary>Passes an escape, up to its last character.</summary>
    private string? Escape()
    {
        if (++_at == _json.Length)
            return UnexpectedEnd;
        if (_json[_at] != 'u')
            return "bfnrt\\/\"".Contains((char)_json[_at], StringComparison.Ordinal) ? null : Invalid("in string escape code");
        for (var end = _at + 4; _at < end;)
        {
            if (++_at == _json.Length)
                return UnexpectedEnd;
            if (!char.IsAsciiHexDigit((char)_json[_at]))
                return Invalid("in \\u hexadecimal character escape");
        }

        return null;
    }

    private string? Number()
    {
        if (_json[_at] == '-')
            _at++;
        if (_at < _json.Length && _json[_at] == '0')
            _at++;
        else if (Digits("in numeric literal") is { } fault)
            return fault;
        if (_at < _json.Length && _json[_at] == '.')
        {
            _at++;
            if (Digits("after decimal point in numeric literal") is { } fault)
                return fault;
        }

        if (_at == _json.Length || _json[_at] is not ((byte)'e' or (byte)'E'))
            return null;
        _at++;
        if (_at < _json.Length && _json[_at] is (byte)'+' or (byte)'-')
            _at++;
        return Digits("in exponent of numeric literal");
    }

    private string? Digits(string context)
    {
        var start = _at;
        while (_at < _json.Length && char.IsAsciiDigit((char)_json[_at]))
            _at++;
        return _at > start ? null : _at == _json.Length ? UnexpectedEnd : Invalid(context);
    }

    private string? Literal(string word)
    {
        foreach (var letter in word)
        {
            if (_at == _json.Length)
                return UnexpectedEnd;
            if (_json[_at] != letter)
                return Invalid($"in literal {word} (expecting {Quote(letter)})");
            _at++;
        }

        return null;
    }

    private readonly string Invalid(string context) => $"invalid character {Quote((char)_json[_at])} {context}";

    /// <summary>A byte as Go shows it: as the character of that number.</summary>
    private static string Quote(char value) => value switch
    {
        '\'' => @"'\''",
        '"' => "'\"'",
        '\\' => @"'\\'",
        '\a' => @"'\a'",
        '\b' => @"'\b'",
        '\f' => @"'\f'",
        '\n' => @"'\n'",
        '\r' => @"'\r'",
        '\t' => @"'\t'",
        '\v' => @"'\v'",
        < ' ' or '\u007f' => string.Create(CultureInfo.InvariantCulture, $"'\\x{(int)value:x2}'"),
        // Not printable, by Go's account: the other control characters, the space that does not break, and the hyphen that may not be there.
        < '\u00a1' and > '\u007f' or '\u00ad' => string.Create(CultureInfo.InvariantCulture, $"'\\u{(int)value:x4}'"),
        _ => $"'{value}'",
    };
}
