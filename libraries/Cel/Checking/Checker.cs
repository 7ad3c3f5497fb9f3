using Platform.Cel.Parsing;

namespace Platform.Cel.Checking;

/// <summary>
/// Finds the type of every node (CEL specification, "Gradual Type Checking"): what has a declared type must fit, what is dynamic is left to the evaluation. Names are
/// resolved on the way: a chain of selections may be a variable with dots in its name, a call's target may be the prefix of a library's function.
/// </summary>
internal sealed class Checker(CelEnvironment environment, IssueList issues)
{
    /// <summary>Nodes that are looked at, counting those that a macro repeats each time.</summary>
    private const int MaximumVisits = 100_000;

    /// <summary>Most types that one type is made of.</summary>
    private const int MaximumTypeSize = 5_000;

    private readonly Inference _inference = new();
    private readonly List<(string Name, CelType Type)> _scope = [];
    private readonly HashSet<string> _variables = new(StringComparer.Ordinal);
    private readonly List<Expr> _visited = [];

    /// <summary>Variables of the environment that the expression uses.</summary>
    public IReadOnlySet<string> Variables => _variables;

    /// <summary>Most variables of comprehensions that there are at once.</summary>
    public int Slots { get; private set; }

    public void Check(Expr root)
    {
        try
        {
            Visit(root);
        }
        catch (ParseAbortedException)
        {
            return;
        }
        foreach (var node in _visited)
            node.Type = _inference.Resolve(node.Type, openIsDyn: true);
    }

    private CelType Visit(Expr node)
    {
        node.Type = node switch
        {
            LiteralExpr literal => literal.Value.Type,
            IdentExpr ident => Ident(ident),
            SelectExpr select => Select(select),
            CallExpr call => Call(call),
            ListExpr list => List(list),
            MapExpr map => Map(map),
            ComprehensionExpr comprehension => Comprehension(comprehension),
            StructExpr made => Undeclared(made.Position, made.TypeName),
            _ => throw new InvalidOperationException($"a node of an unknown sort: {node.GetType()}"),
        };
        _visited.Add(node);
        if (_visited.Count <= MaximumVisits && node.Type.Size <= MaximumTypeSize)
            return node.Type;
        issues.Add(-1, "expression is too complex to be checked");
        throw new ParseAbortedException();
    }

    private CelType Ident(IdentExpr ident) => Lookup(ident, ident.Name) ?? Undeclared(ident.Position, ident.Name);

    private CelType? Lookup(IdentExpr ident, string name)
    {
        var global = name.StartsWith('.');
        for (var i = _scope.Count - 1; i >= 0 && !global; i--)
        {
            if (_scope[i].Name != name)
                continue;
            ident.Slot = i;
            return _scope[i].Type;
        }
        name = global ? name[1..] : name;
        if (environment.FindVariable(name) is { } variable)
        {
            _variables.Add(name);
            return variable;
        }
        if (environment.FindType(name) is not { } type)
            return null;
        ident.TypeValue = type;
        return CelType.TypeOf(type);
    }

    private CelType Undeclared(int position, string name)
    {
        issues.Add(position, $"undeclared reference to '{name}' (in container '')");
        return CelType.Error;
    }

    private CelType Select(SelectExpr select)
    {
        if (!select.TestOnly && Qualified(select) is { } name && !IsLocal(select))
        {
            var ident = new IdentExpr(select.Position, name);
            if (Lookup(ident, name) is { } type)
            {
                select.Resolved = ident;
                ident.Type = type;
                _visited.Add(ident);
                return type;
            }
        }
        var operand = Visit(select.Operand);
        var field = Field(select.Position, operand, select.Field, optional: false);
        return select.TestOnly ? CelType.Bool : field;
    }

    private bool IsLocal(Expr node) => node switch
    {
        SelectExpr select => IsLocal(select.Operand),
        IdentExpr ident => _scope.Exists(s => s.Name == ident.Name),
        _ => false,
    };

    private static string? Qualified(Expr node) => node switch
    {
        IdentExpr ident => ident.Name,
        SelectExpr { TestOnly: false } select when Qualified(select.Operand) is { } prefix => $"{prefix}.{select.Field}",
        _ => null,
    };

    private CelType Field(int position, CelType operand, string field, bool optional)
    {
        var type = _inference.Resolve(operand);
        var wrapped = type.Kind == CelKind.Optional;
        if (wrapped)
            type = _inference.Resolve(type.Item);
        var found = type.Kind switch
        {
            CelKind.Map => type.Item,
            CelKind.Object => type.Fields.GetValueOrDefault(field)?.Type ?? Issue(position, $"undefined field '{field}'"),
            CelKind.Dyn or CelKind.Error or CelKind.Parameter => CelType.Dyn,
            _ => Issue(position, $"type '{type.Describe()}' does not support field selection"),
        };
        if (type.Kind == CelKind.Parameter)
            _inference.Fits(type, CelType.Dyn);
        return wrapped || optional ? CelType.Optional(found) : found;
    }

    private CelType Call(CallExpr call)
    {
        if (call.Function == Operators.OptionalSelect)
        {
            var operand = Visit(call.Arguments[0]);
            Visit(call.Arguments[1]);
            return Field(call.Position, operand, ((Values.CelString)((LiteralExpr)call.Arguments[1]).Value).Value, optional: true);
        }
        if (call.Target is { } target && Qualified(target) is { } prefix && !IsLocal(target)
            && environment.FindFunction($"{prefix}.{call.Function}") is { } library && library.Any(o => !o.IsMember))
        {
            call.Function = $"{prefix}.{call.Function}";
            call.Target = null;
        }
        var name = call.Function.StartsWith('.') ? call.Function[1..] : call.Function;
        var given = new List<CelType>();
        if (call.Target is not null)
            given.Add(Visit(call.Target));
        given.AddRange(call.Arguments.Select(Visit));
        if (environment.FindFunction(name) is not { } overloads)
            return Undeclared(call.Position, name);
        return Resolve(call, name, overloads, given);
    }

    private CelType Resolve(CallExpr call, string name, IReadOnlyList<CelOverload> overloads, List<CelType> given)
    {
        var found = new List<CelOverload>();
        CelType? result = null;
        foreach (var overload in overloads)
        {
            if (overload.IsMember != (call.Target is not null) || overload.Parameters.Count != given.Count)
                continue;
            var names = new Dictionary<string, CelType>(StringComparer.Ordinal);
            if (!_inference.Fits(given, [.. overload.Parameters.Select(p => _inference.Instantiate(p, names))]))
                continue;
            found.Add(overload);
            var type = _inference.Resolve(_inference.Instantiate(overload.Result, names));
            // What may be either of several arguments is not bounded by the first one's schema.
            if (name is Operators.Conditional or Operators.Add or "or" or "orValue")
                type = type.WithoutSizes();
            result = result is null || result.IsSame(type) ? result ?? type : CelType.Dyn;
        }
        call.Function = name;
        call.Overloads = found;
        if (result is not null)
            return result;
        var shown = given.Select(g => _inference.Resolve(g, openIsDyn: true).Describe()).ToList();
        var signature = call.Target is null ? $"({string.Join(", ", shown)})" : $"{shown[0]}.({string.Join(", ", shown.Skip(1))})";
        return Issue(call.Position, $"found no matching overload for '{name}' applied to '{signature}'");
    }

    private CelType List(ListExpr list)
    {
        CelType? item = null;
        for (var i = 0; i < list.Elements.Count; i++)
        {
            var element = list.Elements[i];
            item = Join(item, Content(element, Visit(element), list.Optional.Contains(i)), element.Position);
        }
        return CelType.List(item ?? _inference.Fresh());
    }

    private CelType Map(MapExpr map)
    {
        CelType? key = null;
        CelType? value = null;
        foreach (var entry in map.Entries)
        {
            key = Join(key, Visit(entry.Key), entry.Key.Position);
            value = Join(value, Content(entry.Value, Visit(entry.Value), entry.Optional), entry.Value.Position);
        }
        return CelType.Map(key ?? _inference.Fresh(), value ?? _inference.Fresh());
    }

    /// <summary>Type of an element; of the content where it is added only if there is one.</summary>
    private CelType Content(Expr element, CelType type, bool optional)
    {
        if (!optional)
            return type;
        type = _inference.Resolve(type);
        return type.Kind switch
        {
            CelKind.Optional => type.Item,
            CelKind.Dyn or CelKind.Error or CelKind.Parameter => CelType.Dyn,
            _ => Mismatch(element.Position, CelType.Optional(type), type),
        };
    }

    // Elements of a literal have one type (cel-go's "homogeneous aggregate literals", which Kubernetes turns on).
    private CelType Join(CelType? before, CelType next, int position)
    {
        if (before is null)
            return next;
        if (_inference.Fits(before, next))
            return _inference.Resolve(Inference.MoreGeneral(before, next)).WithoutSizes();
        return Mismatch(position, before, next);
    }

    private CelType Comprehension(ComprehensionExpr node)
    {
        var range = _inference.Resolve(Visit(node.Range));
        var item = range.Kind switch
        {
            CelKind.List => range.Item,
            CelKind.Map => range.Parameters[0],
            CelKind.Dyn or CelKind.Error => CelType.Dyn,
            CelKind.Parameter => CelType.Dyn,
            _ => Issue(node.Range.Position,
                $"expression of type '{range.Describe()}' cannot be range of a comprehension (must be list, map, or dynamic)"),
        };
        if (range.Kind == CelKind.Parameter)
            _inference.Fits(range, CelType.Dyn);
        var accumulator = Visit(node.Initial);
        node.Slot = _scope.Count;
        Slots = Math.Max(Slots, node.Slot + 2);
        _scope.Add((node.Variable, item));
        _scope.Add((node.Accumulator, accumulator));
        // The item's variable is not seen by what holds the accumulator only, and the accumulator's type is what the steps make of it.
        var condition = Visit(node.Condition);
        Expect(node.Condition, condition, CelType.Bool);
        var step = Visit(node.Step);
        Expect(node.Step, step, accumulator);
        var result = Visit(node.Result);
        _scope.RemoveRange(node.Slot, 2);
        return result;
    }

    private void Expect(Expr node, CelType found, CelType wanted)
    {
        if (!_inference.Fits(found, wanted))
            Mismatch(node.Position, wanted, found);
    }

    private CelType Mismatch(int position, CelType wanted, CelType found) => Issue(
        position, $"expected type '{_inference.Resolve(wanted, true).Describe()}' but found '{_inference.Resolve(found, true).Describe()}'");

    private CelType Issue(int position, string message)
    {
        issues.Add(position, message);
        return CelType.Error;
    }
}
