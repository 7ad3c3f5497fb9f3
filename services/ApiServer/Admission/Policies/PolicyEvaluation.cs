using System.Text;
using Platform.ApiServer.Expressions;
using Platform.Cel;
using Platform.Cel.Values;

namespace Platform.ApiServer.Admission.Policies;

/// <summary>
/// A policy evaluated with one parameter for one request: match conditions, then validations with their messages, then audit annotations. What fails follows
/// the failure policy. All expressions share one budget.
/// </summary>
internal sealed class PolicyEvaluation(CompiledPolicy policy, AdmissionVariables request, CelValue parameter, CancellationToken cancellationToken)
{
    private readonly CostBudget _budget = new(CelLimits.RuntimeBudget);

    /// <summary>What does not let the request pass.</summary>
    public List<PolicyDecision> Denials { get; } = [];

    /// <summary>Failures of audit annotations, which deny whatever the binding's actions are.</summary>
    public List<PolicyDecision> AnnotationFailures { get; } = [];

    /// <summary>Annotations for the audit.</summary>
    public List<(string Key, string Value)> Annotations { get; } = [];

    public void Run()
    {
        var (matches, error) = policy.Conditions.Evaluate(Outer, cancellationToken);
        if (error is not null)
            Fail(error, 0);
        if (!matches)
            return;
        var variables = new PolicyVariables(policy.VariablesType, policy.Variables, Outer, _budget, cancellationToken);
        CelValue? Find(string name) => name == "variables" ? variables : Outer(name);
        for (var i = 0; i < policy.Validations.Count; i++)
            Validate(policy.Validations[i], i, Find);
        foreach (var (key, expression) in policy.AuditAnnotations)
            Annotate(key, expression, Find);
    }

    private CelValue? Outer(string name) => name == "params" ? parameter : request.Find(name);

    private void Validate(CompiledValidation validation, int index, Func<string, CelValue?> variables)
    {
        var (value, error) = validation.Condition.Evaluate(variables, _budget, cancellationToken);
        if (error is not null)
            Fail(error, index);
        else if (value is not CelBool { Value: true })
            Denials.Add(new(Message(validation, variables), validation.Reason, index));
    }

    private string Message(CompiledValidation validation, Func<string, CelValue?> variables)
    {
        if (validation.MessageExpression?.Evaluate(variables, _budget, cancellationToken).Value is CelString { Value: var made })
        {
            made = made.Trim();
            if (made.Length > 0 && Encoding.UTF8.GetByteCount(made) <= CelLimits.MaximumMessageBytes && !made.Contains('\n', StringComparison.Ordinal))
                return made;
        }
        return string.IsNullOrEmpty(validation.Message) ? $"failed expression: {validation.Condition.Text.Trim()}" : validation.Message;
    }

    private void Annotate(string key, Expression expression, Func<string, CelValue?> variables)
    {
        var (value, error) = expression.Evaluate(variables, _budget, cancellationToken);
        if (error is not null && !policy.FailsOpen)
            AnnotationFailures.Add(new(error));
        if (value is CelString { Value: var text } && text.Trim() is { Length: > 0 } trimmed)
            Annotations.Add((key, trimmed));
    }

    private void Fail(string error, int index)
    {
        if (!policy.FailsOpen)
            Denials.Add(new(error, null, index));
    }
}
