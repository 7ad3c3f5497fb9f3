using Platform.Api;
using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Selectors;
using Platform.ApiServer.Admission.Webhooks;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission.Policies;

/// <summary>Which requests a policy or a binding is about: rules, rules that except, and selectors of namespaces and objects.</summary>
internal sealed class ResourceMatch
{
    private readonly IReadOnlyList<(RuleWithOperations Rule, IReadOnlyList<string> Names)> _rules;
    private readonly IReadOnlyList<(RuleWithOperations Rule, IReadOnlyList<string> Names)> _exceptions;
    private readonly Selector _namespaces;
    private readonly Selector _objects;
    private readonly bool _equivalents;

    private ResourceMatch(MatchResources? resources)
    {
        _rules = Compile(resources?.ResourceRules);
        _exceptions = Compile(resources?.ExcludeResourceRules);
        _namespaces = resources?.NamespaceSelector is { } namespaces ? Selector.From(namespaces) : Selector.Everything;
        _objects = resources?.ObjectSelector is { } objects ? Selector.From(objects) : Selector.Everything;
        _equivalents = resources?.MatchPolicy != "Exact";
    }

    public static ResourceMatch Compile(MatchResources? resources) => new(resources);

    /// <summary>The resource as which the rules know what is written; null where the request is not meant.</summary>
    /// <param name="otherwise">Whether all resources are meant where there are no rules, as in a binding.</param>
    public ResourceDefinition? Find(AdmissionRequest request, IObjectReader reader, ResourceRegistry registry, bool otherwise)
    {
        if (Find(_exceptions, request, registry) is not null)
            return null;
        var found = _rules.Count == 0 && otherwise ? request.Resource : Find(_rules, request, registry);
        if (found is null || (!_namespaces.IsEmpty && !MatchesNamespace(request, reader)))
            return null;
        return _objects.IsEmpty || Matches(request.Object) || Matches(request.OldObject) ? found : null;
    }

    private ResourceDefinition? Find(
        IReadOnlyList<(RuleWithOperations Rule, IReadOnlyList<string> Names)> rules, AdmissionRequest request, ResourceRegistry registry)
    {
        if (rules.Count == 0)
            return null;
        var asked = request.Resource;
        if (rules.Any(r => Means(r, request, asked)))
            return asked;
        return _equivalents
            ? registry.Stored.FirstOrDefault(d => d != asked && d.KeyPrefix == asked.KeyPrefix && rules.Any(r => Means(r, request, d)))
            : null;
    }

    private static bool Means((RuleWithOperations Rule, IReadOnlyList<string> Names) rule, AdmissionRequest request, ResourceDefinition resource) =>
        RuleMatching.Matches(rule.Rule, request, resource.Group, resource.Version, resource.Plural)
        && (rule.Names.Count == 0 || rule.Names.Contains(request.Name));

    private bool MatchesNamespace(AdmissionRequest request, IObjectReader reader)
    {
        var isNamespace = request.Resource is { Group: "", Plural: "namespaces" };
        if (isNamespace && request is { Operation: "CREATE" or "UPDATE", Object: Namespace written } && request.Info.Subresource.Length == 0)
            return _namespaces.Matches(written.Metadata.Labels);
        var name = isNamespace ? request.Name : request.Info.Namespace;
        if (name.Length == 0)
            return true;
        var ns = reader.Find<Namespace>(null, name) ?? throw ApiErrors.NotFound("", "namespaces", name);
        return _namespaces.Matches(ns.Metadata.Labels);
    }

    private bool Matches(KubernetesObject? value) => value is not null && _objects.Matches(value.Metadata.Labels);

    private static IReadOnlyList<(RuleWithOperations Rule, IReadOnlyList<string> Names)> Compile(IReadOnlyList<NamedRuleWithOperations>? rules) =>
    [
        .. (rules ?? []).Select(r => (
            new RuleWithOperations { Operations = r.Operations, ApiGroups = r.ApiGroups, ApiVersions = r.ApiVersions, Resources = r.Resources, Scope = r.Scope },
            r.ResourceNames ?? [])),
    ];
}
