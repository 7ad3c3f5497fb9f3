using System.Collections.Frozen;
using Platform.Api.Errors;
using Platform.ApiServer.CustomResources;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry.Presentation;
using Platform.ApiServer.Registry.Subresources;
using Platform.ApiServer.Registry.Verbs;

namespace Platform.ApiServer.Registry;

/// <summary>
/// Answers requests for stored resources from the table resource × capability: a verb of the resource, or of a subresource that the registry
/// itself implements. Other subresources (logs, tunnels) and resources that are only asked have handlers of their own.
/// </summary>
internal sealed class RegistryHandler : IRequestHandler
{
    private readonly ResourceRegistry _registry;
    private readonly FrozenDictionary<string, IVerb> _verbs;
    private readonly ISubresource[] _subresources;
    private readonly Presenter _presenter;
    private readonly TimeProvider _clock;

    public RegistryHandler(ResourceRegistry registry, IEnumerable<IVerb> verbs, IEnumerable<ISubresource> subresources, Presenter presenter, TimeProvider clock)
    {
        _registry = registry;
        _verbs = verbs.ToFrozenDictionary(v => v.Name, StringComparer.Ordinal);
        _subresources = [.. subresources];
        _presenter = presenter;
        _clock = clock;
    }

    public Task? TryHandle(HttpContext context, ApiRequest request)
    {
        var info = request.Info;
        var resources = _registry.Current;
        if (!info.IsResourceRequest || resources.Find(info.Group, info.Version, info.Resource) is not { } definition)
            return null;
        if (definition.DeprecationWarning is { } warning)
            new RequestWarnings(context).Add(warning);
        if (info.Subresource.Length > 0)
            return HandleSubresource(context, request, definition);
        if (!resources.IsStored(definition))
            return null;
        if (info.Verb.Length == 0 || !definition.Verbs.Contains(info.Verb) || !_verbs.TryGetValue(info.Verb, out var verb))
            throw NotAllowed(info, definition);
        // The old paths of watches give the verb whatever the method is.
        if (info.Verb == "watch" && !definition.IsCustom && !HttpMethods.IsGet(context.Request.Method))
            throw ApiErrors.MethodNotAllowed();
        if (info.Name.Length == 0 && info.Verb is ("update" or "patch"))
            throw definition.IsCustom ? ApiErrors.BadRequest("name must be provided") : ApiErrors.MethodNotAllowed();
        // Only lists and watches can ask for all namespaces at once.
        if (definition.Namespaced && info.Namespace.Length == 0 && info.Verb is not ("list" or "watch"))
            throw info.Name.Length == 0 && !definition.IsCustom ? ApiErrors.MethodNotAllowed() : ApiErrors.PathNotFound();
        if (!definition.Namespaced && info.Namespace.Length > 0 && definition.Plural != "namespaces")
            throw ApiErrors.PathNotFound();
        WarnOfDeprecation(context, definition);
        return verb.HandleAsync(new(context, request, definition, _clock, _presenter));
    }

    /// <summary>Tells the client that the version it asks for goes away, where it does.</summary>
    public static void WarnOfDeprecation(HttpContext context, ResourceDefinition definition)
    {
        if (definition.Deprecation is { } warning)
            new RequestWarnings(context).Add(warning);
    }

    /// <summary>The answer to a verb that a resource, or this path of it, does not have.</summary>
    public static ApiException NotAllowed(RequestInfo info, ResourceDefinition definition)
    {
        if (!definition.IsCustom)
            return ApiErrors.MethodNotAllowed();
        // The only verb that a custom resource ever loses, while its objects are being deleted.
        return info is { Verb: "create", Name: "", Subresource: "" }
            ? ApiErrors.MethodNotSupported(definition.Group, definition.Plural, "create", "create not allowed while custom resource definition is terminating")
            : ApiErrors.MethodNotSupported(definition.Group, definition.Plural, info.Verb);
    }

    private Task? HandleSubresource(HttpContext context, ApiRequest request, ResourceDefinition definition)
    {
        var info = request.Info;
        if (!definition.Subresources.TryGetValue(info.Subresource, out var declared))
        {
            // The route to a custom resource is there for any subresource, and then says that of the object.
            throw definition.ObjectType == typeof(CustomObject)
                ? ApiErrors.NotFound(definition.Group, definition.Plural, info.Name)
                : ApiErrors.PathNotFound();
        }
        foreach (var subresource in _subresources)
        {
            if (subresource.Name != info.Subresource || !subresource.Serves(definition))
                continue;
            if (!declared.Verbs.Contains(info.Verb))
                throw NotAllowed(info, definition);
            WarnOfDeprecation(context, definition);
            return subresource.HandleAsync(new(context, request, definition, _clock, _presenter));
        }
        return null;
    }
}
