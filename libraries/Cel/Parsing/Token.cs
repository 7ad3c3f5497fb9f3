namespace Platform.Cel.Parsing;

internal enum TokenKind
{
    End,
    Identifier,
    Int,
    Uint,
    Double,
    String,
    Bytes,

    /// <summary>Operators, brackets and the words <c>in</c>, <c>true</c>, <c>false</c>, <c>null</c>.</summary>
    Symbol,
}

/// <summary>A word of the text.</summary>
/// <param name="Text">As written.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    /// <summary>As syntax errors show it.</summary>
    public string Shown => Kind == TokenKind.End ? "<EOF>" : Text;
}
