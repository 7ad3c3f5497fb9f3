using System.Text.Json.Nodes;
using Platform.Api.AdmissionRegistration.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Selectors;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Versions;
using Platform.ApiServer.Watching;
using Platform.Cel;
using Platform.Cel.Values;

namespace Platform.ApiServer.Admission.Policies;

/// <summary>Finds the objects that a binding gives its policy as parameters, of built-in and of custom kinds.</summary>
internal sealed class PolicyParameters(ResourceRegistry registry, WatchCaches caches)
{
    /// <summary>The parameters with each of which the policy is evaluated; or why the binding cannot be used.</summary>
    public async ValueTask<(IReadOnlyList<CelValue> Values, string? Error)> FindAsync(
        CompiledPolicy policy, ParamRef? reference, string requestNamespace, CancellationToken cancellationToken)
    {
        if (policy.ParamKind is not { } kind || reference is null)
            return ([CelNull.Instance], null);
        var slash = (kind.ApiVersion ?? "").IndexOf('/', StringComparison.Ordinal);
        var (group, version) = slash < 0 ? ("", kind.ApiVersion ?? "") : (kind.ApiVersion![..slash], kind.ApiVersion[(slash + 1)..]);
        if (registry.Stored.FirstOrDefault(d => d.Group == group && d.Version == version && d.Kind == kind.Kind) is not { } definition)
            return ([], $"failed to find resource referenced by paramKind: '{group}/{version}, Kind={kind.Kind}'");
        if (!definition.Namespaced && !string.IsNullOrEmpty(reference.Namespace))
            return ([], "paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
        var ns = !definition.Namespaced ? "" : string.IsNullOrEmpty(reference.Namespace) ? requestNamespace : reference.Namespace;
        if (definition.Namespaced && ns.Length == 0)
            return ([], "cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
        var found = Objects(definition, reference, ns);
        try
        {
            // Expressions read them in the version that the policy names.
            found = await found.InVersionAsync(definition, cancellationToken);
        }
        catch (ApiException e)
        {
            return ([], e.Message);
        }
        if (found.Count > 0)
            return ([.. found.Select(o => CelValue.From(JsonNode.Parse(o.Bytes.Span, documentOptions: JsonDepth.Document)))], null);
        return reference.ParameterNotFoundAction == "Deny" ? ([], "no params found for policy binding with `Deny` parameterNotFoundAction") : ([], null);
    }

    private IReadOnlyList<CachedObject> Objects(ResourceDefinition definition, ParamRef reference, string ns)
    {
        var cache = caches.Of(definition);
        if (!string.IsNullOrEmpty(reference.Name))
        {
            var one = cache.Find(definition.Namespaced ? $"{ns}/{reference.Name}" : reference.Name);
            return one is null ? [] : [one];
        }
        if (reference.Selector is null)
            return [];
        var selector = Selector.From(reference.Selector);
        var selection = Selection.Everything with { Namespace = ns };
        return [.. cache.Snapshot(caches.Applied).Objects.Range(selection.From, selection.To).Where(o => selector.Matches(o.Shared.Metadata.Labels))];
    }
}
