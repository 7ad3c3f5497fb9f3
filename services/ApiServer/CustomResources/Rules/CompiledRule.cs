using System.Text.Json.Nodes;
using Platform.Api.ApiExtensions.V1;
using Platform.ApiServer.CustomResources.Definitions;
using Platform.ApiServer.CustomResources.Schemas;
using Platform.ApiServer.Expressions;
using Platform.Cel;
using Platform.Cel.Schemas;
using Platform.Cel.Values;

namespace Platform.ApiServer.CustomResources.Rules;

/// <summary>A rule with its programs; either is null where it does not compile.</summary>
internal sealed class CompiledRule
{
    private CompiledRule(ValidationRule declared, CelType type, string fieldPath, CelCompilation rule, CelCompilation? message)
    {
        Declared = declared;
        Type = type;
        FieldPath = fieldPath;
        Rule = rule;
        Message = message;
    }

    public ValidationRule Declared { get; }

    /// <summary>Type of the value that the rule is about.</summary>
    public CelType Type { get; }

    /// <summary>What findings add to the place of the rule; empty where it names no field.</summary>
    public string FieldPath { get; }

    public CelCompilation Rule { get; }

    /// <summary>The expression that makes the message.</summary>
    public CelCompilation? Message { get; }

    /// <summary>Whether the rule compares with the value before an update.</summary>
    public bool IsTransition => Rule.Program?.Variables.Contains("oldSelf") == true;

    /// <summary>Whether it is asked also where there is no value before.</summary>
    public bool TakesNoOld => Declared.OptionalOldSelf == true;

    /// <summary>The rule in a finding about it.</summary>
    public string Text => Declared.Message?.Trim() is { Length: > 0 } message ? message : Declared.Rule?.Trim() ?? "";

    /// <summary>The rules that stand at a schema.</summary>
    public static IReadOnlyList<CompiledRule> Of(StructuralSchema schema, bool isResource)
    {
        if (schema.Declared.XKubernetesValidations is not { Count: > 0 } rules)
            return [];
        var type = SchemaTypes.From(new CelSchema(schema), isResource || schema.IsEmbeddedResource) ?? CelType.Dyn;
        return [.. rules.Select(rule =>
        {
            var environment = ServerExpressions.Environment.WithVariable("self", type)
                .WithVariable("oldSelf", rule.OptionalOldSelf == true ? CelType.Optional(type) : type);
            return new CompiledRule(rule, type, RulePath.Resolve(rule.FieldPath ?? "", schema) ?? "", CelProgram.Compile(rule.Rule ?? "", environment),
                string.IsNullOrEmpty(rule.MessageExpression) ? null : CelProgram.Compile(rule.MessageExpression, environment));
        })];
    }

    /// <summary>The values of <c>self</c> and <c>oldSelf</c>.</summary>
    public Func<string, CelValue?> Bind(JsonNode? value, JsonNode? old)
    {
        var self = CelValue.From(value, Type);
        CelValue? before = TakesNoOld ? (old is null ? CelOptional.None : CelOptional.Of(CelValue.From(old, Type)))
            : old is null ? null : CelValue.From(old, Type);
        return name => name == "self" ? self : before;
    }
}
