using Platform.Api.AdmissionRegistration.V1;
using Platform.ApiServer.Expressions;
using Platform.Cel;

namespace Platform.ApiServer.Admission.Policies;

/// <summary>A ValidatingAdmissionPolicy with its expressions compiled, and the bindings that put it into force. Made once per version of either.</summary>
internal sealed class CompiledPolicy
{
    private CompiledPolicy(ValidatingAdmissionPolicy policy, IReadOnlyList<ValidatingAdmissionPolicyBinding> bindings)
    {
        var spec = policy.Spec ?? new();
        Name = policy.Metadata.Name ?? "";
        ParamKind = spec.ParamKind;
        FailsOpen = spec.FailurePolicy == "Ignore";
        Match = ResourceMatch.Compile(spec.MatchConstraints);
        Bindings = [.. bindings.OrderBy(b => b.Metadata.Name, StringComparer.Ordinal).Select(b => new CompiledBinding(b))];
        var environments = PolicyEnvironment.Of(spec);
        VariablesType = environments.VariablesType;
        Variables = environments.Variables;
        Conditions = MatchConditions.Compile(spec.MatchConditions, environments.Conditions);
        Validations = [.. (spec.Validations ?? []).Select(v => new CompiledValidation(v, environments))];
        AuditAnnotations = [.. (spec.AuditAnnotations ?? []).Select(
            a => (a.Key ?? "", Expression.Compile(a.ValueExpression, environments.Messages, CelType.String, CelType.Null)))];
    }

    public string Name { get; }

    public ParamKind? ParamKind { get; }

    /// <summary>Whether what fails lets the request pass.</summary>
    public bool FailsOpen { get; }

    public ResourceMatch Match { get; }

    public IReadOnlyList<CompiledBinding> Bindings { get; }

    public CelType VariablesType { get; }

    public IReadOnlyDictionary<string, Expression> Variables { get; }

    public MatchConditions Conditions { get; }

    public IReadOnlyList<CompiledValidation> Validations { get; }

    public IReadOnlyList<(string Key, Expression Value)> AuditAnnotations { get; }

    /// <summary>The policies that are bound, by name.</summary>
    public static IReadOnlyList<CompiledPolicy> From(
        IEnumerable<ValidatingAdmissionPolicy> policies, IEnumerable<ValidatingAdmissionPolicyBinding> bindings)
    {
        var byPolicy = bindings.ToLookup(b => b.Spec?.PolicyName ?? "", StringComparer.Ordinal);
        return
        [
            .. policies.Where(p => byPolicy.Contains(p.Metadata.Name ?? "")).OrderBy(p => p.Metadata.Name, StringComparer.Ordinal)
                .Select(p => new CompiledPolicy(p, [.. byPolicy[p.Metadata.Name ?? ""]])),
        ];
    }
}

/// <summary>A validation of a policy.</summary>
internal sealed class CompiledValidation(Validation validation, PolicyEnvironment environments)
{
    public Expression Condition { get; } = Expression.Compile(validation.Expression, environments.Validations, CelType.Bool);

    public Expression? MessageExpression { get; } = string.IsNullOrWhiteSpace(validation.MessageExpression)
        ? null
        : Expression.Compile(validation.MessageExpression, environments.Messages, CelType.String);

    public string? Message { get; } = validation.Message?.Trim();

    public string? Reason { get; } = validation.Reason;
}

/// <summary>A binding of a policy.</summary>
internal sealed class CompiledBinding(ValidatingAdmissionPolicyBinding binding)
{
    public string Name { get; } = binding.Metadata.Name ?? "";

    public string PolicyName { get; } = binding.Spec?.PolicyName ?? "";

    public ParamRef? ParamRef { get; } = binding.Spec?.ParamRef;

    public IReadOnlyList<string> Actions { get; } = binding.Spec?.ValidationActions ?? [];

    /// <summary>What the binding narrows the policy to; null for all that the policy is about.</summary>
    public ResourceMatch? Match { get; } = binding.Spec?.MatchResources is { } resources ? ResourceMatch.Compile(resources) : null;
}
