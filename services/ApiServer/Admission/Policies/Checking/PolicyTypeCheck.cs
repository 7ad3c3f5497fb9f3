using System.Globalization;
using Platform.Api.AdmissionRegistration.V1;
using Platform.ApiServer.CustomResources;
using Platform.ApiServer.Expressions;
using Platform.ApiServer.Registry;
using Platform.Cel;
using Platform.Cel.Schemas;

namespace Platform.ApiServer.Admission.Policies.Checking;

/// <summary>
/// Checks the expressions of a policy against the types of the kinds that its rules name (Kubernetes, "Validating Admission Policy", Type checking). Only kinds named exactly
/// count: rules with wildcards in groups or versions are passed over, and so are wildcards and subresources among resources. What is found are hints and change nothing of what
/// the policy does. As upstream, it is validations and their messages that are checked; a variable that is wrong is of any type to them. Unlike
/// upstream, <c>authorizer.requestResource</c> is known here, and the core group means itself and not any group.
/// </summary>
internal static class PolicyTypeCheck
{
    /// <summary>Most kinds that one rule may name before the rest is left out.</summary>
    private const int MostKinds = 10;

    /// <summary>What is wrong, by expression.</summary>
    public static IReadOnlyList<ExpressionWarning> Check(ValidatingAdmissionPolicySpec spec, ResourceSnapshot resources)
    {
        var parameters = Parameters(spec.ParamKind, resources);
        // Parameters of a kind that is not there are not there either.
        var known = parameters is null ? spec with { ParamKind = null } : spec;
        var kinds = Kinds(spec.MatchConstraints?.ResourceRules ?? [], resources)
            .Select(d => (d.ApiVersion, d.Kind, Type: TypeOf(d))).Where(k => k.Type is not null)
            .Select(k => ($"{(k.ApiVersion.Contains('/', StringComparison.Ordinal) ? "" : "/")}{k.ApiVersion}, Kind={k.Kind}", Environment(known, k.Type!, parameters))).ToList();
        var warnings = new List<ExpressionWarning>();
        var validations = spec.Validations ?? [];
        for (var i = 0; i < validations.Count; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"spec.validations[{i}]");
            Check(at + ".expression", validations[i].Expression, kinds, warnings);
            if (!string.IsNullOrEmpty(validations[i].MessageExpression))
                Check(at + ".messageExpression", validations[i].MessageExpression, kinds, warnings);
        }
        return warnings;
    }

    private static void Check(string field, string? expression, IReadOnlyList<(string Kind, CelEnvironment Environment)> kinds, List<ExpressionWarning> warnings)
    {
        var found = kinds.Select(k => (k.Kind, CelProgram.Compile(expression ?? "", k.Environment).Error)).Where(f => f.Error.Length > 0)
            .Select(f => $"{f.Kind}: {f.Error}\n").ToList();
        if (found.Count > 0)
            warnings.Add(new() { FieldRef = field, Warning = string.Join('\n', found) });
    }

    private static CelEnvironment Environment(ValidatingAdmissionPolicySpec spec, CelType type, CelType? parameters)
    {
        var environment = AdmissionVariables.Environment.WithVariable("object", type).WithVariable("oldObject", type);
        return PolicyEnvironment.Of(spec, environment, parameters ?? CelType.Dyn).Validations;
    }

    private static CelType? Parameters(ParamKind? kind, ResourceSnapshot resources) =>
        kind is not null && resources.Stored.FirstOrDefault(d => d.ApiVersion == kind.ApiVersion && d.Kind == kind.Kind) is { } definition ? TypeOf(definition) : null;

    private static CelType? TypeOf(ResourceDefinition definition) => definition.Codec is CustomCodec custom
        ? SchemaTypes.From(new CustomKindSchema(custom.Schema), isResource: false, definition.Kind)
        : SchemaTypes.From(DeclaredSchema.Of(definition.ObjectType), isResource: false, definition.Kind);

    /// <summary>The kinds that rules name exactly, by group, version and kind.</summary>
    private static IEnumerable<ResourceDefinition> Kinds(IEnumerable<NamedRuleWithOperations> rules, ResourceSnapshot resources)
    {
        var found = new HashSet<ResourceDefinition>();
        foreach (var rule in rules)
        {
            var named = Named(rule, resources).Take(MostKinds).ToList();
            found.UnionWith(named);
            // As upstream: a rule that names as many ends the search.
            if (named.Count == MostKinds)
                break;
        }
        return found.OrderBy(d => d.Group, StringComparer.Ordinal).ThenBy(d => d.Version, StringComparer.Ordinal).ThenBy(d => d.Kind, StringComparer.Ordinal);
    }

    private static IEnumerable<ResourceDefinition> Named(NamedRuleWithOperations rule, ResourceSnapshot resources)
    {
        var (groups, versions) = (rule.ApiGroups ?? [], rule.ApiVersions ?? []);
        if (groups.Concat(versions).Any(n => n.Contains('*', StringComparison.Ordinal)))
            return [];
        var plurals = (rule.Resources ?? []).Where(r => r.AsSpan().IndexOfAny('*', '/') < 0).Order(StringComparer.Ordinal).ToList();
        return groups.Order(StringComparer.Ordinal)
            .SelectMany(g => versions.Order(StringComparer.Ordinal).SelectMany(v => plurals.Select(p => resources.Find(g, v, p)))).OfType<ResourceDefinition>();
    }
}
