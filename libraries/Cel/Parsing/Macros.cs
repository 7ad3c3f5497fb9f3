using Platform.Cel.Values;

namespace Platform.Cel.Parsing;

/// <summary>
/// Macros of the CEL specification and of the optional types. They become the very comprehensions that cel-go makes of them, because the cost of an
/// expression is counted on those.
/// </summary>
internal sealed class Macros(IssueList issues)
{
    /// <summary>Name of the accumulator, which cannot be written in an expression: nobody else can refer to it.</summary>
    public const string Accumulator = "@result";

    /// <summary>What the call means as a macro; null where it is not one.</summary>
    public Expr? Expand(int at, string name, Expr? target, IReadOnlyList<Expr> arguments)
    {
        if (target is null)
            return name == "has" && arguments.Count == 1 ? Has(arguments[0]) : null;
        return (name, arguments.Count) switch
        {
            ("all", 2) => All(at, target, Variable(arguments[0]), arguments[1]),
            ("exists", 2) => Exists(at, target, Variable(arguments[0]), arguments[1]),
            ("exists_one", 2) => ExistsOne(at, target, Variable(arguments[0]), arguments[1]),
            ("map", 2) => Map(at, target, Variable(arguments[0]), null, arguments[1]),
            ("map", 3) => Map(at, target, Variable(arguments[0]), arguments[1], arguments[2]),
            ("filter", 2) => Map(at, target, Variable(arguments[0]), arguments[1], arguments[0]),
            ("optMap", 2) => Optional(at, target, Variable(arguments[0]), arguments[1], wraps: true),
            ("optFlatMap", 2) => Optional(at, target, Variable(arguments[0]), arguments[1], wraps: false),
            _ => null,
        };
    }

    private SelectExpr Has(Expr argument)
    {
        if (argument is SelectExpr { TestOnly: false } select)
            return new(select.Position, select.Operand, select.Field, true);
        issues.Add(argument.Position, "invalid argument to has() macro");
        throw new ParseAbortedException();
    }

    private static ComprehensionExpr All(int at, Expr range, string variable, Expr predicate) => new(
        at, variable, range, Accumulator, True(at), Call(at, Operators.NotStrictlyFalse, Accumulated(at)),
        Call(at, Operators.And, Accumulated(at), predicate), Accumulated(at));

    private static ComprehensionExpr Exists(int at, Expr range, string variable, Expr predicate) => new(
        at, variable, range, Accumulator, new LiteralExpr(at, CelBool.False),
        Call(at, Operators.NotStrictlyFalse, Call(at, Operators.Not, Accumulated(at))), Call(at, Operators.Or, Accumulated(at), predicate), Accumulated(at));

    private static ComprehensionExpr ExistsOne(int at, Expr range, string variable, Expr predicate) => new(
        at, variable, range, Accumulator, new LiteralExpr(at, new CelInt(0)), True(at),
        Call(at, Operators.Conditional, predicate, Call(at, Operators.Add, Accumulated(at), new LiteralExpr(at, new CelInt(1))), Accumulated(at)),
        Call(at, Operators.Equal, Accumulated(at), new LiteralExpr(at, new CelInt(1))));

    private static ComprehensionExpr Map(int at, Expr range, string variable, Expr? predicate, Expr item)
    {
        Expr step = Call(at, Operators.Add, Accumulated(at), new ListExpr(at, [item], new HashSet<int>()));
        if (predicate is not null)
            step = Call(at, Operators.Conditional, predicate, step, Accumulated(at));
        return new(at, variable, range, Accumulator, new ListExpr(at, [], new HashSet<int>()), True(at), step, Accumulated(at));
    }

    private static CallExpr Optional(int at, Expr target, string variable, Expr value, bool wraps)
    {
        var nothing = new ListExpr(at, [], new HashSet<int>());
        Expr bound = new ComprehensionExpr(
            at, "#unused", nothing, variable, new CallExpr(at, "value", target, []), new LiteralExpr(at, CelBool.False), new IdentExpr(at, variable), value)
        {
            IsBinding = true,
        };
        if (wraps)
            bound = new CallExpr(at, "optional.of", null, [bound]);
        return Call(at, Operators.Conditional, new CallExpr(at, "hasValue", target, []), bound, new CallExpr(at, "optional.none", null, []));
    }

    private string Variable(Expr argument)
    {
        if (argument is IdentExpr ident && !ident.Name.StartsWith('.'))
            return ident.Name;
        issues.Add(argument.Position, "argument must be a simple name");
        throw new ParseAbortedException();
    }

    private static LiteralExpr True(int at) => new(at, CelBool.True);

    private static IdentExpr Accumulated(int at) => new(at, Accumulator);

    private static CallExpr Call(int at, string function, params Expr[] arguments) => new(at, function, null, arguments);
}
