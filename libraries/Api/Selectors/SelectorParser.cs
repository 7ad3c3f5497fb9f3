namespace Platform.Api.Selectors;

/// <summary>
/// Reads label selectors. The grammar is a comma-separated list of <c>key</c>, <c>!key</c>, <c>key op value</c> and
/// <c>key in (values)</c>; the words <c>in</c> and <c>notin</c> are keys where a key is expected, and an absent value is the empty string.
/// </summary>
internal ref struct SelectorParser
{
    private readonly ReadOnlySpan<char> text;
    private int position;
    private Token token;
    private string literal;

    private SelectorParser(ReadOnlySpan<char> text)
    {
        this.text = text;
        literal = "";
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
            if (parser.token == Token.End)
                return requirements;
            if (parser.token != Token.Identifier && parser.literal != "!")
                throw Wrong($"found '{parser.literal}', expected: !, identifier, or 'end of string'");
            requirements.Add(parser.Requirement());
            if (parser.token == Token.End)
                return requirements;
            if (!parser.IsSymbol(","))
                throw Wrong($"found '{parser.literal}', expected: ',' or 'end of string'");
            parser.Advance();
            if (parser.token != Token.Identifier && !parser.IsSymbol("!"))
                throw Wrong($"found '{parser.literal}', expected: identifier after ','");
        }
    }

    private static SelectorSyntaxException Wrong(string detail) => new("unable to parse requirement: " + detail);

    private static bool IsSpecial(char c) => c is '=' or '!' or '(' or ')' or ',' or '>' or '<';

    private readonly bool IsSymbol(string symbol) => token == Token.Symbol && literal == symbol;

    private void Advance()
    {
        while (position < text.Length && text[position] is ' ' or '\t' or '\r' or '\n')
            position++;
        var start = position;
        if (position == text.Length)
        {
            token = Token.End;
            literal = "";
            return;
        }

        if (IsSpecial(text[position]))
        {
            token = Token.Symbol;
            position++;
            if (position < text.Length && text[position] == '=' && text[start] is '=' or '!')
                position++;
        }
        else
        {
            token = Token.Identifier;
            while (position < text.Length && !IsSpecial(text[position]) && text[position] is not (' ' or '\t' or '\r' or '\n'))
                position++;
        }

        literal = text[start..position].ToString();
    }

    private Requirement Requirement()
    {
        var absent = IsSymbol("!");
        if (absent)
            Advance();
        if (token != Token.Identifier)
            throw Wrong($"found '{literal}', expected: identifier");
        var key = literal;
        Advance();
        if (token == Token.End || IsSymbol(","))
            return Make(key, absent ? SelectorOperator.DoesNotExist : SelectorOperator.Exists, [], "");
        if (absent)
            throw Wrong($"found '{literal}', expected: ',' or 'end of string'");
        var sign = literal;
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
        if (token == Token.End || IsSymbol(","))
            return "";
        if (token != Token.Identifier)
            throw Wrong($"found '{literal}', expected: identifier");
        var value = literal;
        Advance();
        return value;
    }

    private List<string> Values()
    {
        if (!IsSymbol("("))
            throw Wrong($"found '{literal}' expected: '('");
        Advance();
        var values = new List<string>();
        while (true)
        {
            var value = "";
            if (token == Token.Identifier)
            {
                value = literal;
                Advance();
            }

            if (!values.Contains(value))
                values.Add(value);
            if (IsSymbol(")"))
                break;
            if (!IsSymbol(","))
                throw Wrong($"found '{literal}', expected: ',' or ')'");
            Advance();
        }

        Advance();
        return values;
    }
}
