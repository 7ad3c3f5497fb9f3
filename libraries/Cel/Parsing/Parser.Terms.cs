using Platform.Cel.Values;

namespace Platform.Cel.Parsing;

/// <summary>What an expression is made of at its leaves: literals, names, lists, maps.</summary>
internal sealed partial class Parser
{
    private Expr Primary()
    {
        var token = Here;
        switch (token.Kind)
        {
            case TokenKind.Identifier:
                return Identifier("");
            case TokenKind.Int:
                return Constant(Take().Position, Literals.Int(token.Text, false), token.Kind);
            case TokenKind.Uint:
                return Constant(Take().Position, Literals.Uint(token.Text), token.Kind);
            case TokenKind.Double:
                return Constant(Take().Position, Literals.Double(token.Text, false), token.Kind);
            case TokenKind.String:
                return Constant(Take().Position, Literals.String(token.Text), token.Kind);
            case TokenKind.Bytes:
                return Constant(Take().Position, Literals.Bytes(token.Text), token.Kind);
            case TokenKind.End:
                throw Unexpected(Starts);
        }
        switch (token.Text)
        {
            case "true" or "false":
                return new LiteralExpr(Take().Position, CelBool.Of(token.Text == "true"));
            case "null":
                return new LiteralExpr(Take().Position, CelNull.Instance);
            case "(":
                Take();
                var inner = Expression();
                Expect(")");
                return inner;
            case "[":
                return List();
            case "{":
                return Map();
            case "." when _tokens[_at + 1].Kind == TokenKind.Identifier:
                Take();
                return Identifier(".");
            default:
                throw Unexpected(Starts);
        }
    }

    private Expr Identifier(string prefix)
    {
        var token = Take();
        if (Reserved.Contains(token.Text))
            throw Issue(token.Position, $"reserved identifier: {token.Text}");
        if (!Is("("))
            return new IdentExpr(token.Position, prefix + token.Text);
        var position = Take().Position;
        var arguments = Arguments(")");
        return Bounded(_macros.Expand(position, token.Text, null, arguments) ?? new CallExpr(position, prefix + token.Text, null, arguments));
    }

    private Expr List()
    {
        var position = Take().Position;
        var elements = new List<Expr>();
        var optional = new HashSet<int>();
        while (!Is("]"))
        {
            if (TakeIf("?"))
                optional.Add(elements.Count);
            elements.Add(Expression());
            if (!TakeIf(","))
                break;
        }
        Expect("]");
        return Bounded(new ListExpr(position, elements, optional));
    }

    private Expr Map()
    {
        var position = Take().Position;
        var entries = new List<MapEntry>();
        while (!Is("}"))
        {
            var optional = TakeIf("?");
            var key = Expression();
            Expect(":");
            entries.Add(new(key, Expression(), optional));
            if (!TakeIf(","))
                break;
        }
        Expect("}");
        return Bounded(new MapExpr(position, entries));
    }

    private Expr Struct(int position, string name)
    {
        Take();
        var fields = new List<MapEntry>();
        while (!Is("}"))
        {
            var optional = TakeIf("?");
            if (Here.Kind != TokenKind.Identifier)
                throw Unexpected("IDENTIFIER");
            var field = Take();
            Expect(":");
            fields.Add(new(new LiteralExpr(field.Position, new CelString(field.Text)), Expression(), optional));
            if (!TakeIf(","))
                break;
        }
        Expect("}");
        return Bounded(new StructExpr(position, name, fields));
    }

    private List<Expr> Arguments(string end)
    {
        var result = new List<Expr>();
        if (TakeIf(end))
            return result;
        do
            result.Add(Expression());
        while (TakeIf(","));
        Expect(end);
        return result;
    }

    private static string? TypeName(Expr operand) => operand switch
    {
        IdentExpr ident => ident.Name,
        SelectExpr { TestOnly: false } select when TypeName(select.Operand) is { } prefix => $"{prefix}.{select.Field}",
        _ => null,
    };

    private LiteralExpr Constant(int position, CelValue? value, TokenKind kind)
    {
        if (value is not null)
            return new(position, value);
        throw Issue(position, kind switch
        {
            TokenKind.Int => "invalid int literal",
            TokenKind.Uint => "invalid uint literal",
            TokenKind.Double => "invalid double literal",
            _ => "invalid escape sequence",
        });
    }
}
