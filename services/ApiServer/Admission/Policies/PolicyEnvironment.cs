using Platform.Api.AdmissionRegistration.V1;
using Platform.ApiServer.Expressions;
using Platform.Cel;

namespace Platform.ApiServer.Admission.Policies;

/// <summary>
/// What a policy's expressions may refer to. Parameters only where the policy declares their kind; the authorizer everywhere but in messages and audit
/// annotations; variables everywhere but in match conditions, each only after its own place in the list.
/// </summary>
internal sealed class PolicyEnvironment
{
    private PolicyEnvironment(CelEnvironment conditions, IReadOnlyDictionary<string, Expression> variables, CelType variablesType)
    {
        Conditions = conditions;
        Variables = variables;
        VariablesType = variablesType;
        Validations = conditions.WithVariable("variables", variablesType);
        Messages = Validations.Without("authorizer", "authorizer.requestResource");
    }

    /// <summary>For match conditions.</summary>
    public CelEnvironment Conditions { get; }

    /// <summary>For validations.</summary>
    public CelEnvironment Validations { get; }

    /// <summary>For messages and audit annotations.</summary>
    public CelEnvironment Messages { get; }

    public IReadOnlyDictionary<string, Expression> Variables { get; }

    public CelType VariablesType { get; }

    /// <summary>The environments of a policy as it is evaluated: objects are known when they come.</summary>
    public static PolicyEnvironment Of(ValidatingAdmissionPolicySpec spec) => Of(spec, AdmissionVariables.Environment, CelType.Dyn);

    /// <summary>The environments of a policy for a kind of objects and of parameters.</summary>
    public static PolicyEnvironment Of(ValidatingAdmissionPolicySpec spec, CelEnvironment environment, CelType parameters)
    {
        if (spec.ParamKind is not null)
            environment = environment.WithVariable("params", parameters);
        var fields = new List<CelField>();
        var variables = new Dictionary<string, Expression>(StringComparer.Ordinal);
        foreach (var variable in spec.Variables ?? [])
        {
            var compiled = Expression.Compile(variable.Expression, environment.WithVariable("variables", Type([.. fields])));
            variables[variable.Name ?? ""] = compiled;
            fields.RemoveAll(f => f.Name == variable.Name);
            fields.Add(new(variable.Name ?? "", compiled.Program?.ResultType ?? CelType.Dyn));
        }
        return new(environment, variables, Type(fields));
    }

    private static CelType Type(IReadOnlyList<CelField> fields) => CelType.Object("kubernetes.variables", () => fields);
}
