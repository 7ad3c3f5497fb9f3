namespace Platform.Api.Selectors;

/// <summary>
/// Reads label selectors. The grammar is a comma-separated list of <c>key</c>, <c>!key</c>, <c>key op value</c> and
/// <c>key in (values)</c>; the words <c>in</c> and <c>notin</c> are keys where a key is expected, and an absent value is the empty string.
/// </summary>
internal ref struct SelectorParser
{
    private readonly ReadOnlySpan<char> _text;
    private int _position;
    private Token _token;
    private string _literal;

    private SelectorParser(ReadOnlySpan<char> text)
    {
        _text = text;
        _literal = "";
        Advance();
    }

    private enum Token
    {
        Identifier,
        Symbol,
        End,
    }

    public static List<Requirement> Parse(string text)
    {
        var parser = new SelectorParser(text);
        var requirements = new List<Requirement>();
        while (true)
        {
            if (parser._token == Token.End)
                return requirements;
            if (parser._token != Token.Identifier && parser._literal != "!")
                throw Wrong($"found '{parser._literal}', expected: !, identifier, or 'end of string'");
            requirements.Add(parser.Requirement());
            if (parser._token == Token.End)
                return requirements;
            if (!parser.IsSymbol(","))
                throw Wrong($"found '{parser._literal}', expected: ',' or 'end of string'");
            parser.Advance();
            if (parser._token != Token.Identifier && !parser.IsSymbol("!"))
                throw Wrong($"found '{parser._literal}', expected: identifier after ','");
        }
    }

    private static SelectorSyntaxException Wrong(string detail) => new("unable to parse requirement: " + detail);

    private static bool IsSpecial(char c) => c is '=' or '!' or '(' or ')' or ',' or '>' or '<';

    private readonly bool IsSymbol(string symbol) => _token == Token.Symbol && _literal == symbol;

    private void Advance()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\r' or '\n')
            _position++;
        var start = _position;
        if (_position == _text.Length)
        {
            _token = Token.End;
            _literal = "";
            return;
        }

        if (IsSpecial(_text[_position]))
        {
            _token = Token.Symbol;
            _position++;
            if (_position < _text.Length && _text[_position] == '=' && _text[start] is '=' or '!')
                _position++;
        }
        else
        {
            _token = Token.Identifier;
            while (_position < _text.Length && !IsSpecial(_text[_position]) && _text[_position] is not (' ' or '\t' or '\r' or '\n'))
                _position++;
        }

        _literal = _text[start.._position].ToString();
    }

    private Requirement Requirement()
    {
        var absent = IsSymbol("!");
        if (absent)
            Advance();
        if (_token != Token.Identifier)
            throw Wrong($"found '{_literal}', expected: identifier");
        var key = _literal;
        Advance();
        if (_token == Token.End || IsSymbol(","))
            return Make(key, absent ? SelectorOperator.DoesNotExist : SelectorOperator.Exists, [], "");
        if (absent)
            throw Wrong($"found '{_literal}', expected: ',' or 'end of string'");
        var sign = _literal;
        var @operator = sign switch
        {
            "in" or "=" or "==" => SelectorOperator.In,
            "notin" or "!=" => SelectorOperator.NotIn,
            ">" => SelectorOperator.GreaterThan,
            "<" => SelectorOperator.LessThan,
            _ => throw Wrong($"found '{sign}', expected: in, notin, =, ==, !=, gt, lt"),
        };
        Advance();
        return Make(key, @operator, sign is "in" or "notin" ? Values() : [Value()], sign);
    }

    private static Requirement Make(string key, SelectorOperator @operator, IReadOnlyList<string> values, string sign)
    {
        try
        {
            return Selectors.Requirement.Make(key, @operator, values, sign);
        }
        catch (SelectorSyntaxException wrong)
        {
            throw Wrong(wrong.Message);
        }
    }

    private string Value()
    {
        if (_token == Token.End || IsSymbol(","))
            return "";
        if (_token != Token.Identifier)
            throw Wrong($"found '{_literal}', expected: identifier");
        var value = _literal;
        Advance();
        return value;
    }

    private List<string> Values()
    {
        if (!IsSymbol("("))
            throw Wrong($"found '{_literal}' expected: '('");
        Advance();
        var values = new List<string>();
        while (true)
        {
            var value = "";
            if (_token == Token.Identifier)
            {
                value = _literal;
                Advance();
            }

            if (!values.Contains(value))
                values.Add(value);
            if (IsSymbol(")"))
                break;
            if (!IsSymbol(","))
                throw Wrong($"found '{_literal}', expected: ',' or ')'");
            Advance();
        }

        Advance();
        return values;
    }
}
