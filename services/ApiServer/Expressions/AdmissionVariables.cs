using System.Text.Json.Nodes;
using Platform.Api.Core.V1;
using Platform.Api.Json;
using Platform.ApiServer.Admission;
using Platform.ApiServer.Authorization;
using Platform.ApiServer.Registry;
using Platform.Cel;
using Platform.Cel.Values;

namespace Platform.ApiServer.Expressions;

/// <summary>
/// The variables of one admission request for expressions of policies and of webhooks' match conditions: <c>object</c>, <c>oldObject</c>, <c>request</c>,
/// <c>namespaceObject</c>, <c>authorizer</c> and <c>authorizer.requestResource</c>. The objects are of the version in which a rule matched. Each is made when an
/// expression first asks for it, and once. For one request at a time.
/// </summary>
internal sealed class AdmissionVariables(
    AdmissionRequest request, ResourceDefinition resource, AdmissionDocuments documents, IObjectReader reader, IAuthorizer authorizer)
{
    private readonly Dictionary<string, CelValue> _made = new(StringComparer.Ordinal);

    /// <summary>The environment of match conditions of webhooks: without parameters.</summary>
    public static CelEnvironment Environment { get; } = ServerExpressions.Environment
        .WithVariable("object", CelType.Dyn)
        .WithVariable("oldObject", CelType.Dyn)
        .WithVariable("request", AdmissionTypes.Request)
        .WithVariable("namespaceObject", AdmissionTypes.Namespace)
        .WithVariable("authorizer", CelAuthorization.AuthorizerType)
        .WithVariable("authorizer.requestResource", CelAuthorization.ResourceCheckType);

    /// <summary>A variable's value; null for a name that is none of these.</summary>
    public CelValue? Find(string name)
    {
        if (_made.TryGetValue(name, out var known))
            return known;
        CelValue? value = name switch
        {
            "object" => Document(documents.Object) ?? (request.ConnectOptions is { } options ? CelValue.From(options) : CelNull.Instance),
            "oldObject" => Document(documents.OldObject) ?? CelNull.Instance,
            "request" => CelValue.From(Request(), AdmissionTypes.Request),
            "namespaceObject" => Namespace(),
            "authorizer" => CelAuthorization.Variable(new RequestAuthorizer(authorizer, request.User)),
            "authorizer.requestResource" => RequestResource(),
            _ => null,
        };
        if (value is not null)
            _made[name] = value;
        return value;
    }

    private static CelValue? Document(ReadOnlyMemory<byte>? value) => value is { } json ? CelValue.From(JsonNode.Parse(json.Span, documentOptions: JsonDepth.Document)) : null;

    private CelValue Namespace()
    {
        if (request.Info.Namespace.Length == 0 || request.Resource is { Group: "", Plural: "namespaces" })
            return CelNull.Instance;
        return reader.Find<Namespace>(null, request.Info.Namespace) is { } found
            ? CelValue.From(JsonNode.Parse(ApiJson.Encode((object)found), documentOptions: JsonDepth.Document), AdmissionTypes.Namespace)
            : new CelError($"namespaces \"{request.Info.Namespace}\" not found");
    }

    private CelValue RequestResource() => new CelAuthorization(new RequestAuthorizer(authorizer, request.User))
    {
        Group = request.Resource.Group,
        Resource = request.Resource.Plural,
        Subresource = request.Info.Subresource,
        Namespace = request.Info.Namespace,
        Name = request.Name,
    }.AsResourceCheck();

    private JsonObject Request()
    {
        var asked = request.Kind;
        var isOwnKind = asked == (request.Resource.Group, request.Resource.Version, request.Resource.Kind);
        var result = new JsonObject
        {
            ["kind"] = Kind(isOwnKind ? (resource.Group, resource.Version, resource.Kind) : asked),
            ["resource"] = Resource(resource),
            ["requestKind"] = Kind(asked),
            ["requestResource"] = Resource(request.Resource),
            ["name"] = request.Name,
            ["operation"] = request.Operation,
            ["userInfo"] = JsonNode.Parse(ApiJson.Encode(request.User)),
            ["dryRun"] = request.DryRun,
        };
        if (request.Info.Subresource.Length > 0)
            (result["subResource"], result["requestSubResource"]) = (request.Info.Subresource, request.Info.Subresource);
        if (request.Info.Namespace.Length > 0)
            result["namespace"] = request.Info.Namespace;
        if (request.Options() is { } options)
            result["options"] = options;
        return result;
    }

    private static JsonObject Kind((string Group, string Version, string Kind) kind) =>
        new() { ["group"] = kind.Group, ["version"] = kind.Version, ["kind"] = kind.Kind };

    private static JsonObject Resource(ResourceDefinition resource) =>
        new() { ["group"] = resource.Group, ["version"] = resource.Version, ["resource"] = resource.Plural };
}
