using Platform.Cel.Values;

namespace Platform.Cel.Parsing;

/// <summary>
/// Recursive descent over the grammar of the CEL specification. Nesting, the depth of the tree and the length of the text are bounded, so that what follows can
/// recurse over the tree without a care. The first syntax error ends the parse.
/// </summary>
internal sealed partial class Parser
{
    /// <summary>Most code points of an expression.</summary>
    public const int MaximumSize = 100_000;

    /// <summary>Deepest nesting of brackets, calls and conditionals.</summary>
    public const int MaximumNesting = 250;

    /// <summary>Deepest tree, which long chains of one operator reach as well.</summary>
    public const int MaximumDepth = 400;

    private const string Starts =
        "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

    private static readonly HashSet<string> Reserved =
    [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while",
    ];

    private readonly IssueList _issues;
    private readonly List<Token> _tokens;
    private readonly Macros _macros;
    private int _at;
    private int _nesting;

    private Parser(string text, IssueList issues)
    {
        _issues = issues;
        _tokens = new Lexer(text, issues).Read();
        _macros = new(issues);
    }

    private Token Here => _tokens[_at];

    /// <summary>Parses a text; null where issues were found.</summary>
    public static Expr? Parse(string text, IssueList issues)
    {
        var size = text.Length - text.Count(char.IsLowSurrogate);
        if (size > MaximumSize)
        {
            issues.Add(-1, $"expression code point size exceeds limit: size: {size}, limit {MaximumSize}");
            return null;
        }
        var parser = new Parser(text, issues);
        try
        {
            var result = parser.Expression();
            if (parser.Here.Kind != TokenKind.End)
                parser.Unexpected("<EOF>", extraneous: parser._tokens[parser._at + 1].Kind == TokenKind.End);
            return issues.Count == 0 ? result : null;
        }
        catch (ParseAbortedException)
        {
            return null;
        }
    }

    private Expr Expression()
    {
        if (++_nesting > MaximumNesting)
            throw TooDeep();
        var condition = Logical("||", Operators.Or, () => Logical("&&", Operators.And, () => Binary(1)));
        if (Here is { Kind: TokenKind.Symbol, Text: "?" })
        {
            var position = Take().Position;
            var whenTrue = Logical("||", Operators.Or, () => Logical("&&", Operators.And, () => Binary(1)));
            Expect(":");
            condition = Bounded(new CallExpr(position, Operators.Conditional, null, [condition, whenTrue, Expression()]));
        }
        _nesting--;
        return condition;
    }

    /// <summary>A chain of one logical operator, as a balanced tree: it means the same, and long chains stay shallow.</summary>
    private Expr Logical(string symbol, string name, Func<Expr> next)
    {
        var terms = new List<Expr> { next() };
        var positions = new List<int>();
        while (Is(symbol))
        {
            positions.Add(Take().Position);
            terms.Add(next());
        }
        return Balanced(0, terms.Count);

        Expr Balanced(int from, int to)
        {
            if (to - from == 1)
                return terms[from];
            var middle = (from + to + 1) / 2;
            return Bounded(new CallExpr(positions[middle - 1], name, null, [Balanced(from, middle), Balanced(middle, to)]));
        }
    }

    private Expr Binary(int level)
    {
        var left = level == 3 ? Unary() : Binary(level + 1);
        while (Here.Kind == TokenKind.Symbol && Operators.Binary(Here.Text) is { } found && found.Level == level)
        {
            var position = Take().Position;
            left = Bounded(new CallExpr(position, found.Name, null, [left, level == 3 ? Unary() : Binary(level + 1)]));
        }
        return left;
    }

    private Expr Unary()
    {
        if (!Is("!") && !Is("-"))
            return Member(Primary());
        var (symbol, position, count) = (Here.Text, Here.Position, 0);
        for (; Is(symbol); count++)
            Take();
        if (count % 2 == 0)
            return Member(Primary());
        if (symbol == "-" && Here.Kind is TokenKind.Int or TokenKind.Double)
        {
            var number = Take();
            return Member(Constant(position, number.Kind == TokenKind.Int ? Literals.Int(number.Text, true) : Literals.Double(number.Text, true), number.Kind));
        }
        return Bounded(new CallExpr(position, symbol == "!" ? Operators.Not : Operators.Negate, null, [Member(Primary())]));
    }

    private Expr Member(Expr operand)
    {
        while (true)
        {
            if (Is("."))
                operand = Selected(operand);
            else if (Is("["))
            {
                var position = Take().Position;
                var optional = TakeIf("?");
                var index = Expression();
                Expect("]");
                operand = Bounded(new CallExpr(position, optional ? Operators.OptionalIndex : Operators.Index, null, [operand, index]));
            }
            else if (Is("{") && TypeName(operand) is { } name)
                operand = Struct(operand.Position, name);
            else
                return operand;
        }
    }

    private Expr Selected(Expr operand)
    {
        var dot = Take();
        var optional = TakeIf("?");
        if (Here.Kind != TokenKind.Identifier)
            throw Unexpected("IDENTIFIER");
        var name = Take();
        if (optional)
            return Bounded(new CallExpr(dot.Position, Operators.OptionalSelect, null, [operand, new LiteralExpr(name.Position, new CelString(name.Text))]));
        if (!Is("("))
            return Bounded(new SelectExpr(dot.Position, operand, name.Text, false));
        var position = Take().Position;
        var arguments = Arguments(")");
        return Bounded(_macros.Expand(position, name.Text, operand, arguments) ?? new CallExpr(position, name.Text, operand, arguments));
    }

    private bool Is(string symbol) => Here.Kind == TokenKind.Symbol && Here.Text == symbol;

    private Token Take() => _tokens[_at++];

    private bool TakeIf(string symbol)
    {
        if (!Is(symbol))
            return false;
        _at++;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!TakeIf(symbol))
            throw Here.Kind == TokenKind.End ? Issue(Here.Position, $"Syntax error: missing '{symbol}' at '<EOF>'") : Unexpected($"'{symbol}'");
    }

    private ParseAbortedException Unexpected(string expected, bool extraneous = false) =>
        Issue(Here.Position, $"Syntax error: {(extraneous ? "extraneous" : "mismatched")} input '{Here.Shown}' expecting {expected}");

    private ParseAbortedException Issue(int position, string message)
    {
        _issues.Add(position, message);
        return new();
    }

    private ParseAbortedException TooDeep() => Issue(-1, $"expression recursion limit exceeded: {MaximumNesting}");

    private T Bounded<T>(T node)
        where T : Expr => node.Depth <= MaximumDepth ? node : throw TooDeep();
}
