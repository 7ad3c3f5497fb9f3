namespace Platform.Cel.Parsing;

/// <summary>
/// A node of a parsed expression. The checker notes each node's type, and each call's overloads, in the node itself: a tree belongs to one compilation.
/// </summary>
internal abstract class Expr
{
    protected Expr(int position, int depth)
    {
        Position = position;
        Depth = depth + 1;
    }

    /// <summary>Where the node begins in the text, in UTF-16 units.</summary>
    public int Position { get; }

    /// <summary>Nodes from here to the deepest leaf.</summary>
    public int Depth { get; }

    /// <summary>Type that the checker has found.</summary>
    public CelType Type { get; set; } = CelType.Dyn;

    protected static int Deepest(IEnumerable<Expr> nodes) => nodes.Select(n => n.Depth).DefaultIfEmpty(0).Max();
}

/// <summary>A constant.</summary>
internal sealed class LiteralExpr(int position, CelValue value) : Expr(position, 0)
{
    public CelValue Value { get; } = value;
}

/// <summary>A variable. The checker turns a chain of selections that names a variable into one of these.</summary>
internal sealed class IdentExpr(int position, string name) : Expr(position, 0)
{
    public string Name { get; } = name;

    /// <summary>The type that the name means, where it means a type rather than a variable.</summary>
    public CelType? TypeValue { get; set; }

    /// <summary>Number of the enclosing comprehension's variable; -1 for a variable of the environment.</summary>
    public int Slot { get; set; } = -1;
}

/// <summary>A field of an object or a text key of a map; or whether it is there.</summary>
internal sealed class SelectExpr(int position, Expr operand, string field, bool testOnly) : Expr(position, operand.Depth)
{
    public Expr Operand { get; } = operand;

    public string Field { get; } = field;

    /// <summary>Whether this is <c>has(operand.field)</c>.</summary>
    public bool TestOnly { get; } = testOnly;

    /// <summary>The variable that the whole chain names, if it names one.</summary>
    public IdentExpr? Resolved { get; set; }
}

/// <summary>A function or an operator.</summary>
internal sealed class CallExpr(int position, string function, Expr? target, IReadOnlyList<Expr> arguments)
    : Expr(position, Math.Max(target?.Depth ?? 0, Deepest(arguments)))
{
    /// <summary>Name; the checker makes it the qualified one.</summary>
    public string Function { get; set; } = function;

    /// <summary>What the function is a member of; null for others. The checker removes a target that turns out to be part of the name.</summary>
    public Expr? Target { get; set; } = target;

    public IReadOnlyList<Expr> Arguments { get; } = arguments;

    /// <summary>Overloads that may apply, as found by the checker.</summary>
    public IReadOnlyList<CelOverload> Overloads { get; set; } = [];
}

/// <summary>A list. Elements whose number is in the set are added only where they have a value.</summary>
internal sealed class ListExpr(int position, IReadOnlyList<Expr> elements, IReadOnlySet<int> optional) : Expr(position, Deepest(elements))
{
    public IReadOnlyList<Expr> Elements { get; } = elements;

    public IReadOnlySet<int> Optional { get; } = optional;
}

internal sealed record MapEntry(Expr Key, Expr Value, bool Optional);

/// <summary>A map.</summary>
internal sealed class MapExpr(int position, IReadOnlyList<MapEntry> entries)
    : Expr(position, Deepest(entries.SelectMany(e => new[] { e.Key, e.Value })))
{
    public IReadOnlyList<MapEntry> Entries { get; } = entries;
}

/// <summary>An object of a named type. No type of Kubernetes can be made this way, so the checker refuses it with the name.</summary>
internal sealed class StructExpr(int position, string typeName, IReadOnlyList<MapEntry> fields) : Expr(position, Deepest(fields.Select(f => f.Value)))
{
    public string TypeName { get; } = typeName;

    public IReadOnlyList<MapEntry> Fields { get; } = fields;
}

/// <summary>
/// What the macros become: for each item of the range, while the condition holds, the accumulator becomes the step's value; the result is
/// computed from the accumulator at the end.
/// </summary>
internal sealed class ComprehensionExpr(int position, string variable, Expr range, string accumulator, Expr initial, Expr condition, Expr step, Expr result)
    : Expr(position, Deepest([range, initial, condition, step, result]))
{
    public string Variable { get; } = variable;

    public Expr Range { get; } = range;

    public string Accumulator { get; } = accumulator;

    public Expr Initial { get; } = initial;

    public Expr Condition { get; } = condition;

    public Expr Step { get; } = step;

    public Expr Result { get; } = result;

    /// <summary>Number of the item's variable while evaluating; the accumulator has the next.</summary>
    public int Slot { get; set; }

    /// <summary>Whether the accumulator only holds a value under a name, as in <c>optMap</c>: nothing is repeated.</summary>
    public bool IsBinding { get; init; }
}
