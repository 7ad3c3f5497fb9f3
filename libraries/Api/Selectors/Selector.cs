using Platform.Api.Meta.V1;

namespace Platform.Api.Selectors;

/// <summary>
/// A condition on an object's labels: all its requirements must hold. Read from a query such as <c>app=hello,tier in (web,api),!canary</c>
/// or made from the <see cref="LabelSelector"/> in an object. Immutable.
/// </summary>
public sealed class Selector
{
    private readonly bool _nothing;

    private Selector(IReadOnlyList<Requirement> requirements, bool nothing = false)
    {
        Requirements = requirements;
        _nothing = nothing;
    }

    /// <summary>Matches every object.</summary>
    public static Selector Everything { get; } = new([]);

    /// <summary>Matches no object.</summary>
    public static Selector Nothing { get; } = new([], nothing: true);

    /// <summary>What must hold, ordered by key.</summary>
    public IReadOnlyList<Requirement> Requirements { get; }

    /// <summary>Whether every object matches.</summary>
    public bool IsEmpty => Requirements.Count == 0 && !_nothing;

    /// <summary>Whether no object can match.</summary>
    public bool IsNothing => _nothing;

    /// <summary>Reads a label selector as in the query parameter <c>labelSelector</c>; empty matches everything.</summary>
    /// <exception cref="SelectorSyntaxException">It cannot be read.</exception>
    public static Selector Parse(string? text) =>
        string.IsNullOrWhiteSpace(text) ? Everything : Of(SelectorParser.Parse(text));

    /// <summary>The selector in an object: null matches nothing, an empty one everything.</summary>
    /// <exception cref="SelectorSyntaxException">It has an unknown operator, or a key or value that is not allowed.</exception>
    public static Selector From(LabelSelector? selector)
    {
        if (selector is null)
            return Nothing;
        var requirements = new List<Requirement>();
        foreach (var (key, value) in selector.MatchLabels ?? new Dictionary<string, string>())
            requirements.Add(Requirement.Make(key, SelectorOperator.In, [value], "="));
        foreach (var expression in selector.MatchExpressions ?? [])
            requirements.Add(From(expression));
        return Of(requirements);
    }

    /// <summary>Labels that must all be there with these values, such as a service's selector; null or empty matches everything.</summary>
    public static Selector FromLabels(IReadOnlyDictionary<string, string>? labels) =>
        labels is null || labels.Count == 0
            ? Everything
            : Of([.. labels.Select(l => new Requirement(l.Key, SelectorOperator.In, [l.Value], "="))]);

    /// <summary>Whether an object with these labels matches.</summary>
    public bool Matches(IReadOnlyDictionary<string, string>? labels)
    {
        if (_nothing)
            return false;
        for (var i = 0; i < Requirements.Count; i++)
        {
            string? value = null;
            labels?.TryGetValue(Requirements[i].Key, out value);
            if (!Requirements[i].Matches(value))
                return false;
        }

        return true;
    }

    /// <summary>Whether an object matches, given how to look up a label (null: absent).</summary>
    public bool Matches(Func<string, string?> labels)
    {
        if (_nothing)
            return false;
        for (var i = 0; i < Requirements.Count; i++)
        {
            if (!Requirements[i].Matches(labels(Requirements[i].Key)))
                return false;
        }

        return true;
    }

    /// <summary>The only value that a matching object's label can have; null where there are several.</summary>
    public string? RequiredValue(string key) =>
        Requirements.FirstOrDefault(r => r.Key == key) is { Operator: SelectorOperator.In, Values: [var only] } ? only : null;

    /// <summary>The selector as a query.</summary>
    public override string ToString() => string.Join(",", Requirements);

    private static Selector Of(List<Requirement> requirements) =>
        requirements.Count == 0 ? Everything : new([.. requirements.OrderBy(r => r.Key, StringComparer.Ordinal)]);

    private static Requirement From(LabelSelectorRequirement expression)
    {
        var values = expression.Values ?? [];
        var key = expression.Key ?? "";
        return expression.Operator switch
        {
            "In" when values.Count > 0 => Requirement.Make(key, SelectorOperator.In, values, "in"),
            "NotIn" when values.Count > 0 => Requirement.Make(key, SelectorOperator.NotIn, values, "notin"),
            "In" or "NotIn" => throw new SelectorSyntaxException(
                "values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty"),
            "Exists" or "DoesNotExist" when values.Count > 0 => throw new SelectorSyntaxException(
                "values: Invalid value: values set must be empty for exists and does not exist"),
            "Exists" => Requirement.Make(key, SelectorOperator.Exists, [], ""),
            "DoesNotExist" => Requirement.Make(key, SelectorOperator.DoesNotExist, [], ""),
            _ => throw new SelectorSyntaxException($"\"{expression.Operator}\" is not a valid label selector operator"),
        };
    }
}
