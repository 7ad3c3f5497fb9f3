using System.Collections.Concurrent;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.Aggregation;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Presentation;

namespace Platform.ApiServer.Discovery;

/// <summary>
/// Answers what there is: <c>/</c>, <c>/api</c>, <c>/apis</c> and below, and <c>/openapi</c>. Documents carry an ETag, and a client that has
/// the present one gets 304.
/// </summary>
internal sealed class DiscoveryHandler(ResourceRegistry registry, AggregationState aggregation) : IRequestHandler
{
    private const string Json = "application/json";
    private const string Protobuf = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
    private const string ProtobufWithoutAt = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private readonly ConcurrentDictionary<string, (ApiGroupVersion Version, OpenApiDocument Document)> _perVersion = new(StringComparer.Ordinal);

    private ServedApi? _now;

    private ServedApi Now
    {
        get
        {
            var (known, resources, foreign) = (Volatile.Read(ref _now), registry.Current, aggregation.Current);
            if (known is not null && known.Resources == resources && known.Foreign == foreign)
                return known;
            var now = new ServedApi(resources, foreign, _perVersion);
            Volatile.Write(ref _now, now);
            return now;
        }
    }

    public Task? TryHandle(HttpContext context, ApiRequest request)
    {
        if (request.Info.IsResourceRequest)
            return null;
        var path = request.Info.Path.Trim('/');
        if (!(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)))
            return IsRouted(path) ? throw ApiErrors.MethodNotAllowed() : null;
        if (path.StartsWith("openapi/", StringComparison.Ordinal))
            return OpenApi(context, path);
        var groups = Now.Groups;
        return path switch
        {
            "" => Write(context, ApiJson.Encode(new Platform.Api.Meta.V1.RootPaths { Paths = Roots(groups) }), Json),
            "api" or "apis" => Root(context, path),
            _ when groups.ByPath.TryGetValue(path, out var version) =>
                ObjectResponse.WriteAsync(context, StatusCodes.Status200OK, ApiJson.Encode(LegacyDiscovery.Resources(version))),
            _ when path.StartsWith("apis/", StringComparison.Ordinal) && LegacyDiscovery.Group(groups, path["apis/".Length..]) is { } group =>
                ObjectResponse.WriteAsync(context, StatusCodes.Status200OK, ApiJson.Encode(group)),
            _ => null,
        };
    }

    /// <summary>Whether upstream has a route for a path, which then knows other methods, too.</summary>
    private bool IsRouted(string path) => path is "api" or "apis" || Now.Groups.ByPath.ContainsKey(path)
        || (path.StartsWith("apis/", StringComparison.Ordinal) && LegacyDiscovery.Group(Now.Groups, path["apis/".Length..]) is not null);

    private static List<string> Roots(ApiGroups groups) =>
    [
        .. new[] { "/api", "/apis", "/healthz", "/livez", "/metrics", "/openapi/v2", "/openapi/v3", "/readyz", "/version" }
            .Concat(groups.Versions.Select(v => "/" + v.Path))
            .Concat(groups.Named.Select(g => "/apis/" + g.Key))
            .Order(StringComparer.Ordinal),
    ];

    private Task Root(HttpContext context, string path)
    {
        context.Response.Headers.Vary = "Accept";
        var api = Now;
        if (Aggregated(context.Request) is not { } form)
        {
            var address = context.Request.Host.Value ?? "";
            return ObjectResponse.WriteAsync(context, StatusCodes.Status200OK,
                path == "api" ? ApiJson.Encode(LegacyDiscovery.Core(api.Groups, address)) : ApiJson.Encode(LegacyDiscovery.Groups(api.Groups)));
        }

        var document = api.Aggregated(path == "api", form);
        return WriteTagged(context, document.Content, document.Hash, $"{Json};g=apidiscovery.k8s.io;v={form};as=APIGroupDiscoveryList");
    }

    private Task? OpenApi(HttpContext context, string path)
    {
        context.Response.Headers.Vary = "Accept";
        var (groups, documents) = (Now.Groups, Now.Documents);
        if (path == "openapi/v2")
        {
            var wantsProtobuf = context.Request.Headers.Accept.ToString() is var accept
                && (accept.Contains(Protobuf, StringComparison.OrdinalIgnoreCase) || accept.Contains(ProtobufWithoutAt, StringComparison.OrdinalIgnoreCase));
            return wantsProtobuf ? Write(context, documents.Version2Protobuf, ProtobufWithoutAt) : Write(context, documents.Version2, Json);
        }

        var document = path == "openapi/v3" ? documents.Index
            : groups.ByPath.TryGetValue(path.StartsWith("openapi/v3/", StringComparison.Ordinal) ? path["openapi/v3/".Length..]
                : "", out var version) ? documents.Version3(version)
            : null;
        if (document is null)
            return null;
        if (!AcceptsJson(context.Request))
            throw ApiErrors.NotAcceptable([Json]);
        if (context.Request.Query["hash"] == document.Hash)
            context.Response.Headers.CacheControl = "public, immutable";
        return Write(context, document, Json);
    }

    /// <summary>The version of aggregated discovery that the client prefers to what else it accepts; null where it wants the legacy form.</summary>
    private static string? Aggregated(HttpRequest request)
    {
        foreach (var clause in AcceptClause.Parse(request.Headers.Accept.ToString()))
        {
            if (!clause.Covers("application", "json"))
                continue;
            var form = Parameter(clause, "as");
            if (form.Length == 0)
                return null;
            if (form == "APIGroupDiscoveryList" && Parameter(clause, "g") == "apidiscovery.k8s.io" && Parameter(clause, "v") is "v2" or "v2beta1")
                return Parameter(clause, "v");
        }

        return null;
    }

    private static string Parameter(AcceptClause clause, string name) => clause.Parameters.LastOrDefault(p => p.Name == name).Value ?? "";

    private static bool AcceptsJson(HttpRequest request) => AcceptClause.Parse(request.Headers.Accept.ToString()) is var accepted
        && (accepted.Count == 0 || accepted.Any(a => a.Covers("application", "json")));

    private static Task Write(HttpContext context, OpenApiDocument document, string type) => WriteTagged(context, document.Content, document.Hash, type);

    private static Task WriteTagged(HttpContext context, byte[] content, string hash, string type)
    {
        var tag = $"\"{hash}\"";
        context.Response.Headers.ETag = tag;
        if (!context.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
            return Write(context, content, type);
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }

    private static Task Write(HttpContext context, byte[] content, string type) => ObjectResponse.SendAsync(context, StatusCodes.Status200OK, type, content);
}
