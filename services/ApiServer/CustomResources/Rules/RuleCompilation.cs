using System.Globalization;
using Platform.Api.ApiExtensions.V1;
using Platform.Api.Errors;
using Platform.ApiServer.CustomResources.Schemas;
using Platform.Cel;
using Platform.Cel.Schemas;

namespace Platform.ApiServer.CustomResources.Rules;

/// <summary>
/// Whether the rules of a schema compile, may refer to what they refer to, and cost no more than they may, counting how often the largest document that the schema
/// allows has them evaluated.
/// </summary>
internal sealed class RuleCompilation
{
    /// <summary>Expressions that are named where the schema's rules cost too much together.</summary>
    private const int NamedExpressions = 4;

    private readonly List<FieldError> _findings = [];
    private readonly List<(string Path, ulong Cost)> _expensive = [];
    private ulong _total;

    public static IReadOnlyList<FieldError> Validate(JSONSchemaProps declared, string path)
    {
        var schema = StructuralSchema.Of(declared);
        if (!schema.HasRules)
            return [];
        var compilation = new RuleCompilation();
        compilation.Walk(schema, path, isResource: true, cardinality: 1, uncorrelatable: null);
        if (compilation._total > CelLimits.StaticSchema)
        {
            foreach (var (expression, _) in compilation._expensive.OrderByDescending(e => e.Cost).Take(NamedExpressions))
            {
                compilation._findings.Add(FieldError.Forbidden(expression,
                    "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"));
            }
            compilation._findings.Add(FieldError.Forbidden(path,
                Excess("x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema", compilation._total, CelLimits.StaticSchema)));
        }
        return compilation._findings;
    }

    private void Walk(StructuralSchema schema, string path, bool isResource, ulong cardinality, string? uncorrelatable)
    {
        if (!schema.HasRules)
            return;
        var rules = CompiledRule.Of(schema, isResource);
        for (var i = 0; i < rules.Count; i++)
            Check(rules[i], string.Create(CultureInfo.InvariantCulture, $"{path}.x-kubernetes-validations[{i}]"), cardinality, uncorrelatable);
        var below = uncorrelatable ?? (schema.Declared.XKubernetesMapType == "atomic" ? path : null);
        foreach (var (name, property) in schema.Properties.OrderBy(p => p.Key, StringComparer.Ordinal))
            Walk(property, $"{path}.properties[{name}]", false, cardinality, below);
        var most = Multiply(cardinality, SchemaTypes.From(new CelSchema(schema), isResource)?.MaxElements ?? ulong.MaxValue);
        if (schema.AdditionalProperties is { } additional)
            Walk(additional, $"{path}.additionalProperties", false, most, uncorrelatable);
        if (schema.Items is { } items)
            Walk(items, $"{path}.items", false, most, uncorrelatable ?? (schema.Declared.XKubernetesListType == "map" ? null : path));
    }

    private void Check(CompiledRule rule, string path, ulong cardinality, string? uncorrelatable)
    {
        if (rule.Rule.Program is not { } program)
            Invalid($"{path}.rule", rule, "compilation failed: " + rule.Rule.Error);
        else
        {
            if (program.ResultType.Kind is not (CelKind.Bool or CelKind.Dyn))
                Invalid($"{path}.rule", rule, "cel expression must evaluate to a bool");
            Cost($"{path}.rule", "estimated rule cost", Multiply(program.EstimatedCost.Max, cardinality));
            if (rule.IsTransition && uncorrelatable is not null)
                _findings.Add(FieldError.Invalid($"{path}.rule", rule.Declared.Rule,
                    $"oldSelf cannot be used on the uncorrelatable portion of the schema within {uncorrelatable}"));
            else if (!rule.IsTransition && rule.Declared.OptionalOldSelf is { } optional)
                _findings.Add(FieldError.Invalid($"{path}.optionalOldSelf", optional, "may not be set if oldSelf is not used in rule"));
        }
        if (rule.Message is not { } message)
            return;
        if (message.Program is not { } messageProgram)
            Invalid($"{path}.messageExpression", rule, "messageExpression compilation failed: " + message.Error);
        else
        {
            if (messageProgram.ResultType.Kind is not (CelKind.String or CelKind.Dyn))
                Invalid($"{path}.messageExpression", rule, "messageExpression must evaluate to a string");
            Cost($"{path}.messageExpression", "estimated messageExpression cost", messageProgram.EstimatedCost.Max);
        }
    }

    private void Cost(string path, string what, ulong cost)
    {
        _total = cost > ulong.MaxValue - _total ? ulong.MaxValue : _total + cost;
        // What costs less than a hundredth of what all may cost is not worth looking at.
        if (cost >= CelLimits.StaticSchema / 100)
            _expensive.Add((path, cost));
        if (cost > CelLimits.StaticRule)
            _findings.Add(FieldError.Forbidden(path, Excess(what, cost, CelLimits.StaticRule)));
    }

    private void Invalid(string path, CompiledRule rule, string detail) => _findings.Add(FieldError.Invalid(path, new ShownRule(rule.Declared), detail));

    private static ulong Multiply(ulong left, ulong right) => left == 0 || right == 0 ? 0 : left > ulong.MaxValue / right ? ulong.MaxValue : left * right;

    private static string Excess(string what, ulong cost, ulong limit)
    {
        var factor = (double)cost / limit;
        var text = factor > 100 ? "more than 100x" : factor.ToString(factor < 1.5 ? "F6" : "F1", CultureInfo.InvariantCulture) + "x";
        return $"{what} exceeds budget by factor of {text}"
            + " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)";
    }

    /// <summary>A rule as upstream's findings show it.</summary>
    private sealed class ShownRule(ValidationRule rule) : IFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider) =>
            $"apiextensions.ValidationRule{{Rule:{SchemaTexts.Quote(rule.Rule ?? "")}, Message:{SchemaTexts.Quote(rule.Message ?? "")}, "
            + $"MessageExpression:{SchemaTexts.Quote(rule.MessageExpression ?? "")}, Reason:(*apiextensions.FieldValueErrorReason)(nil), "
            + $"FieldPath:{SchemaTexts.Quote(rule.FieldPath ?? "")}, OptionalOldSelf:(*bool)(nil)}}";
    }
}
