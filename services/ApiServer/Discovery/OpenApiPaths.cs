using System.Text.Json.Nodes;
using Platform.Api;
using Platform.Api.Meta.V1;
using Platform.ApiServer.Patching;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Discovery;

/// <summary>
/// The operations of resources, as far as clients read them: which kind and action an operation has, which query parameters it takes (that is
/// how kubectl learns of dry runs and field validation), and what goes in and out.
/// </summary>
internal sealed class OpenApiPaths(bool version3, OpenApiSchemas schemas)
{
    private static readonly (string Name, string Type, string Text)[] WriteParameters =
    [
        ("dryRun", "string", "When present, nothing is stored; the only value is All."),
        ("fieldManager", "string", "Name of the actor that makes the change."),
        ("fieldValidation", "string", "What happens with unknown and duplicate fields: Ignore, Warn or Strict."),
    ];

    private static readonly (string Name, string Type, string Text)[] DeleteParameters =
    [
        ("dryRun", "string", "When present, nothing is stored; the only value is All."),
        ("gracePeriodSeconds", "integer", "How long the object may take to end, in seconds; 0 ends it at once."),
        ("orphanDependents", "boolean", "Deprecated: use propagationPolicy."),
        ("propagationPolicy", "string", "What happens with dependents: Orphan, Background or Foreground."),
    ];

    private static readonly (string Name, string Type, string Text)[] ListParameters =
    [
        ("allowWatchBookmarks", "boolean", "Whether a watch may send bookmarks."),
        ("continue", "string", "Where a list goes on, from the page before."),
        ("fieldSelector", "string", "Restricts the list by fields."),
        ("labelSelector", "string", "Restricts the list by labels."),
        ("limit", "integer", "Most objects in a page."),
        ("resourceVersion", "string", "Version that the answer must have reached, or from which to watch."),
        ("resourceVersionMatch", "string", "How resourceVersion is meant: Exact or NotOlderThan."),
        ("sendInitialEvents", "boolean", "Whether a watch begins with what is there."),
        ("timeoutSeconds", "integer", "How long the request may take, in seconds."),
        ("watch", "boolean", "Whether changes are streamed."),
    ];

    /// <summary>All paths of some resources.</summary>
    public JsonObject Build(IEnumerable<ApiGroupVersion> versions)
    {
        var paths = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var version in versions)
        {
            foreach (var definition in version.Resources)
                Add(paths, version, definition);
        }

        var result = new JsonObject();
        foreach (var (path, item) in paths)
            result[path] = item;
        return result;
    }

    private void Add(SortedDictionary<string, JsonObject> paths, ApiGroupVersion version, ResourceDefinition definition)
    {
        var root = "/" + version.Path;
        var collection = definition.Namespaced ? $"{root}/namespaces/{{namespace}}/{definition.Plural}" : $"{root}/{definition.Plural}";
        var kind = (definition.Group, definition.Version, definition.Kind);
        var (own, listType) = (OpenApiShape.Of(definition), OpenApiShape.ListOf(definition));
        var item = Item(definition, named: false, definition.Verbs.Where(v => v is "list" or "create" or "deletecollection"), kind, own, listType);
        if (item is not null)
            paths[collection] = item;
        if (definition.Namespaced && Item(definition, named: false, definition.Verbs.Where(v => v == "list"), kind, own, listType, everywhere: true) is { } all)
            paths[$"{root}/{definition.Plural}"] = all;
        var one = $"{collection}/{{name}}";
        if (Item(definition, named: true, definition.Verbs.Where(v => v is "get" or "update" or "patch" or "delete"), kind, own, null) is { } single)
            paths[one] = single;
        foreach (var subresource in definition.Subresources.Values)
        {
            var of = (subresource.Group ?? definition.Group, subresource.Version ?? definition.Version, subresource.Kind ?? definition.Kind);
            var type = SubresourceType(definition, subresource);
            if (Item(definition, named: true, subresource.Verbs, of, type, null) is { } sub)
                paths[$"{one}/{subresource.Name}"] = sub;
        }
    }

    /// <summary>Type that a subresource takes and answers with; null where it streams.</summary>
    private static OpenApiShape? SubresourceType(ResourceDefinition definition, SubresourceAttribute subresource) => subresource.Kind switch
    {
        null => subresource.Name == "log" ? null : OpenApiShape.Of(definition),
        "Scale" => OpenApiShape.Of(typeof(Platform.Api.Autoscaling.V1.Scale)),
        "Binding" => OpenApiShape.Of(typeof(Platform.Api.Core.V1.Binding)),
        "Eviction" => OpenApiShape.Of(typeof(Platform.Api.Policy.V1.Eviction)),
        "TokenRequest" => OpenApiShape.Of(typeof(Platform.Api.Authentication.V1.TokenRequest)),
        _ => null,
    };

    private JsonObject? Item(
        ResourceDefinition definition, bool named, IEnumerable<string> verbs, (string Group, string Version, string Kind) kind, OpenApiShape? type,
            OpenApiShape? listType, bool everywhere = false)
    {
        var result = new JsonObject();
        foreach (var verb in verbs.Order(StringComparer.Ordinal))
        {
            var (method, action) = verb switch
            {
                "create" => ("post", type is null ? "connect" : "post"),
                "update" => ("put", "put"),
                "deletecollection" => ("delete", "deletecollection"),
                "list" => ("get", "list"),
                _ => (verb, type is null ? "connect" : verb),
            };
            result[method] = Operation(verb, action, definition, kind, verb == "list" ? listType : type, everywhere);
        }

        if (result.Count == 0)
            return null;
        var parameters = new JsonArray();
        if (definition.Namespaced && !everywhere)
            parameters.Add((JsonNode)Parameter("namespace", "string", "Namespace of the object.", "path"));
        if (named)
            parameters.Add((JsonNode)Parameter("name", "string", "Name of the object.", "path"));
        if (parameters.Count > 0)
            result["parameters"] = parameters;
        return result;
    }

    private JsonObject Operation(
        string verb, string action, ResourceDefinition definition, (string Group, string Version, string Kind) kind, OpenApiShape? type, bool everywhere)
    {
        var parameters = verb switch
        {
            _ when type is null => [],
            "create" or "update" => WriteParameters,
            "patch" => [.. WriteParameters, ("force", "boolean", "Whether fields of others are taken over by apply.")],
            "delete" => DeleteParameters,
            "list" => ListParameters,
            "deletecollection" => [.. DeleteParameters, .. ListParameters.Where(p => p.Name is not ("watch" or "allowWatchBookmarks"))],
            _ => [],
        };
        var inputs = new JsonArray([.. parameters.Select(p => Parameter(p.Name, p.Type, p.Text, "query"))]);
        var result = new JsonObject
        {
            ["operationId"] = action + Pascal(definition.Group) + Pascal(definition.Version) + (definition.Namespaced && !everywhere ? "Namespaced" : "")
                + kind.Kind + (everywhere ? "ForAllNamespaces" : "") + Distinct(type, definition),
        };
        Body(result, inputs, verb, type);
        if (inputs.Count > 0)
            result["parameters"] = inputs;
        result["responses"] = Responses(verb, type);
        result["x-kubernetes-action"] = action;
        result["x-kubernetes-group-version-kind"] = OpenApiSchemas.Kind(kind.Group, kind.Version, kind.Kind);
        return result;
    }

    private static string Distinct(OpenApiShape? type, ResourceDefinition definition) => type == OpenApiShape.Of(definition) || type?.IsList == true ? "" : definition.Kind;

    private static string Pascal(string text) => text.Length == 0 ? "Core" : string.Concat(text.Split('.')[0][..1].ToUpperInvariant(), text.Split('.')[0].AsSpan(1));

    private void Body(JsonObject operation, JsonArray parameters, string verb, OpenApiShape? type)
    {
        if (type is null || verb is "get" or "list")
            return;
        var (schema, types) = verb switch
        {
            "patch" => (new JsonObject { ["type"] = "object" }, type.Custom is null ? PatchType.Supported : [.. PatchType.Supported.Where(t => t != PatchType.Strategic)]),
            "delete" or "deletecollection" => (schemas.Reference(OpenApiShape.Of(typeof(DeleteOptions))), ["*/*"]),
            _ => (schemas.Reference(type), (IReadOnlyList<string>)["*/*"]),
        };
        if (version3)
        {
            var content = new JsonObject();
            foreach (var media in types)
                content[media] = new JsonObject { ["schema"] = schema.DeepClone() };
            operation["requestBody"] = new JsonObject { ["content"] = content };
            return;
        }

        operation["consumes"] = new JsonArray([.. types.Select(t => JsonValue.Create(t))]);
        parameters.Insert(0, new JsonObject { ["name"] = "body", ["in"] = "body", ["required"] = verb is not ("delete" or "deletecollection"), ["schema"] = schema });
    }

    private JsonObject Responses(string verb, OpenApiShape? type)
    {
        var answer = type is null ? null : verb is "delete" or "deletecollection" ? OpenApiShape.Of(typeof(Status)) : type;
        var ok = new JsonObject { ["description"] = "OK" };
        if (version3)
        {
            ok["content"] = new JsonObject
            {
                [answer is null ? "*/*" : "application/json"] = new JsonObject { ["schema"] = answer is null ? new JsonObject { ["type"] = "string" } : schemas.Reference(answer) },
            };
        }
        else
            ok["schema"] = answer is null ? new JsonObject { ["type"] = "string" } : schemas.Reference(answer);
        return new() { [verb == "create" && type is not null ? "201" : "200"] = ok };
    }

    private JsonObject Parameter(string name, string type, string text, string place)
    {
        var result = new JsonObject { ["name"] = name, ["in"] = place, ["description"] = text };
        if (place == "path")
            result["required"] = true;
        if (version3)
            result["schema"] = new JsonObject { ["type"] = type, ["uniqueItems"] = true };
        else
        {
            result["type"] = type;
            result["uniqueItems"] = true;
        }

        return result;
    }
}
