namespace Platform.Cel.Parsing;

/// <summary>Splits a text into words (CEL specification, "Syntax"). What is not a word is reported and skipped.</summary>
internal sealed class Lexer(string text, IssueList issues)
{
    private static readonly string[] Symbols =
        ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];

    private int _at;

    public List<Token> Read()
    {
        var tokens = new List<Token>();
        while (SkipBlanks())
        {
            var start = _at;
            var kind = Next();
            if (kind is { } found)
                tokens.Add(new(found, text[start.._at], start));
            else if (!issues.IsFull)
                issues.Add(start, $"Syntax error: token recognition error at: '{text[start.._at]}'");
        }
        tokens.Add(new(TokenKind.End, "", text.Length));
        return tokens;
    }

    private bool SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\n' or '\r' or '\f')
                _at++;
            else if (text.AsSpan(_at).StartsWith("//"))
            {
                while (_at < text.Length && text[_at] != '\n')
                    _at++;
            }
            else
                return true;
        }
        return false;
    }

    private TokenKind? Next()
    {
        if (ReadString() is { } literal)
            return literal.Complete ? literal.Kind : null;
        var c = text[_at];
        if (char.IsAsciiLetter(c) || c == '_')
            return ReadWord();
        if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1])))
            return ReadNumber();
        foreach (var symbol in Symbols)
        {
            if (!text.AsSpan(_at).StartsWith(symbol, StringComparison.Ordinal))
                continue;
            _at += symbol.Length;
            return TokenKind.Symbol;
        }
        _at += char.IsSurrogatePair(text, _at) ? 2 : 1;
        return null;
    }

    private TokenKind ReadWord()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
            _at++;
        return text.AsSpan(start, _at - start) is "in" or "true" or "false" or "null" ? TokenKind.Symbol : TokenKind.Identifier;
    }

    private TokenKind ReadNumber()
    {
        if (text[_at] == '0' && _at + 2 < text.Length && text[_at + 1] == 'x' && char.IsAsciiHexDigit(text[_at + 2]))
        {
            _at += 2;
            while (_at < text.Length && char.IsAsciiHexDigit(text[_at]))
                _at++;
            return Unsigned();
        }
        Digits();
        var real = false;
        if (_at + 1 < text.Length && text[_at] == '.' && char.IsAsciiDigit(text[_at + 1]))
        {
            real = true;
            _at++;
            Digits();
        }
        if (_at < text.Length && text[_at] is 'e' or 'E')
        {
            var digits = _at + 1 < text.Length && text[_at + 1] is '+' or '-' ? _at + 2 : _at + 1;
            if (digits < text.Length && char.IsAsciiDigit(text[digits]))
            {
                real = true;
                _at = digits;
                Digits();
            }
        }
        return real ? TokenKind.Double : Unsigned();
    }

    private TokenKind Unsigned()
    {
        if (_at >= text.Length || text[_at] is not ('u' or 'U'))
            return TokenKind.Int;
        _at++;
        return TokenKind.Uint;
    }

    private void Digits()
    {
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
            _at++;
    }

    /// <summary>Reads a text or bytes literal with its prefixes; null where there is none here.</summary>
    private (TokenKind Kind, bool Complete)? ReadString()
    {
        var quote = _at;
        var (bytes, raw) = (false, false);
        for (; quote < text.Length && quote < _at + 2; quote++)
        {
            if (!bytes && text[quote] is 'b' or 'B')
                bytes = true;
            else if (!raw && text[quote] is 'r' or 'R')
                raw = true;
            else
                break;
        }
        if (quote >= text.Length || text[quote] is not ('"' or '\''))
            return null;
        var mark = text[quote];
        var triple = quote + 2 < text.Length && text[quote + 1] == mark && text[quote + 2] == mark;
        var length = triple ? 3 : 1;
        for (var i = quote + length; i < text.Length; i++)
        {
            if (text[i] == mark && (!triple || (i + 2 < text.Length && text[i + 1] == mark && text[i + 2] == mark)))
            {
                _at = i + length;
                return (bytes ? TokenKind.Bytes : TokenKind.String, true);
            }
            if (text[i] == '\\' && !raw)
                i++;
            else if (!triple && text[i] is '\n' or '\r')
                break;
        }
        _at = text.IndexOf('\n', quote) is var end and >= 0 ? end : text.Length;
        return (TokenKind.String, false);
    }
}
