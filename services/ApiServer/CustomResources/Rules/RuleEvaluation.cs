using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Api.Errors;
using Platform.ApiServer.CustomResources.Schemas;
using Platform.Cel;
using Platform.Cel.Values;

namespace Platform.ApiServer.CustomResources.Rules;

/// <summary>
/// Evaluates the rules of a schema over a document, from the root down. A rule about what an update leaves as it was is not asked again, and a rule that
/// compares with the value before is asked only where there is one: items of lists are the same as before only where their keys say so.
/// </summary>
internal sealed class RuleEvaluation
{
    private readonly StructuralSchema _schema;
    private readonly IReadOnlyList<CompiledRule> _rules;
    private readonly Dictionary<string, RuleEvaluation> _properties = new(StringComparer.Ordinal);
    private readonly RuleEvaluation? _items;
    private readonly RuleEvaluation? _additional;

    private RuleEvaluation(StructuralSchema schema, bool isResource)
    {
        _schema = schema;
        _rules = CompiledRule.Of(schema, isResource);
        foreach (var (name, property) in schema.Properties)
        {
            if (property.HasRules)
                _properties[name] = new(property, false);
        }
        _items = schema.Items is { HasRules: true } items ? new(items, false) : null;
        _additional = schema.AdditionalProperties is { HasRules: true } additional ? new(additional, false) : null;
    }

    /// <summary>The evaluation of a schema's rules: a function of the document and the one before; null where there are no rules.</summary>
    public static Func<JsonObject, JsonObject?, IEnumerable<FieldError>>? Of(StructuralSchema schema)
    {
        if (!schema.HasRules)
            return null;
        var root = new RuleEvaluation(schema, isResource: true);
        return (value, old) =>
        {
            var run = new Run();
            root.Evaluate(run, value, old, "");
            return run.Findings;
        };
    }

    private void Evaluate(Run run, JsonNode? value, JsonNode? old, string path)
    {
        if (value is null || run.IsOver)
            return;
        foreach (var rule in _rules)
        {
            if (!run.IsOver)
                Evaluate(run, rule, value, old, path);
        }
        switch (value)
        {
            case JsonObject map:
                foreach (var (name, member) in map)
                {
                    if (_properties.TryGetValue(name, out var known))
                        known.Evaluate(run, member, (old as JsonObject)?[name], path.Length == 0 ? name : $"{path}.{name}");
                    else if (!_schema.Properties.ContainsKey(name))
                        _additional?.Evaluate(run, member, (old as JsonObject)?[name], $"{path}[{name}]");
                }
                break;
            case JsonArray list when _items is not null:
                var before = ListItems.ByKey(old as JsonArray, _schema.Declared);
                for (var i = 0; i < list.Count; i++)
                    _items.Evaluate(run, list[i], ListItems.Find(before, list[i], _schema.Declared), string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"));
                break;
        }
    }

    private void Evaluate(Run run, CompiledRule rule, JsonNode value, JsonNode? old, string path)
    {
        if (rule.Rule.Program is not { } program)
            return;
        if (rule.IsTransition ? old is null && !rule.TakesNoOld : old is not null && JsonNode.DeepEquals(value, old))
            return;
        var place = path.Length == 0 ? "<nil>" : path;
        var variables = rule.Bind(value, old);
        var result = program.Evaluate(variables, Math.Min(CelLimits.PerCall, run.Budget));
        run.Spend(result.Cost);
        if (run.Budget == 0)
            run.End(FieldError.Invalid(place, _schema.Type, CelLimits.OutOfBudgetMessage));
        else if (result.ExceededCost)
            run.End(FieldError.Invalid(place, _schema.Type, $"no further validation rules will be run due to call cost exceeds limit for rule: {rule.Text}"));
        else if (result.Error is { } error)
            run.Findings.Add(FieldError.Invalid(place, _schema.Type, $"{error} evaluating rule: {rule.Text}"));
        else if (!result.IsTrue)
            run.Findings.Add(Finding(rule, path.Length == 0 && rule.FieldPath.Length > 0 ? rule.FieldPath.TrimStart('.') : place + rule.FieldPath, Detail(run, rule, variables)));
    }

    private FieldError Finding(CompiledRule rule, string place, string detail) => rule.Declared.Reason switch
    {
        "FieldValueForbidden" => FieldError.Forbidden(place, detail),
        "FieldValueRequired" => FieldError.Required(place, detail),
        "FieldValueDuplicate" => FieldError.Duplicate(place, _schema.Type) with { Detail = detail },
        _ => FieldError.Invalid(place, _schema.Type, detail),
    };

    private static string Detail(Run run, CompiledRule rule, Func<string, CelValue?> variables)
    {
        if (rule.Message?.Program is { } program)
        {
            var result = program.Evaluate(variables, Math.Min(CelLimits.PerCall, run.Budget));
            run.Spend(result.Cost);
            // A message that cannot be made does not stand in the way of the finding.
            if (result.Value is CelString { Value: var text } && text.Trim() is { Length: > 0 } made && made.AsSpan().IndexOfAny('\n', '\r') < 0
                && Encoding.UTF8.GetByteCount(made) <= CelLimits.MaximumMessageBytes)
            {
                return made;
            }
        }
        return rule.Declared.Message?.Trim() is { Length: > 0 } message ? message : $"failed rule: {rule.Declared.Rule?.Trim()}";
    }

    /// <summary>One evaluation of all rules.</summary>
    private sealed class Run
    {
        public List<FieldError> Findings { get; } = [];

        /// <summary>What the rules may still cost.</summary>
        public ulong Budget { get; private set; } = CelLimits.RuntimeBudget;

        public bool IsOver { get; private set; }

        public void Spend(ulong cost) => Budget -= Math.Min(cost, Budget);

        public void End(FieldError finding)
        {
            IsOver = true;
            Findings.Add(finding);
        }
    }
}
