using Microsoft.AspNetCore.Http.Features;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Proxying;

namespace Platform.ApiServer.Aggregation;

/// <summary>
/// Hands requests for versions of groups that extension servers serve on to these servers, in the name of the user. What the user may do has been
/// decided before, as for every request; the
/// extension server may ask again.
/// </summary>
internal sealed class AggregationHandler(AggregationState state, BackendConnections connections, ProxyForwarder forwarder) : IRequestHandler
{
    private const string OpenApi = "/openapi/v3/";

    public Task? TryHandle(HttpContext context, ApiRequest request)
    {
        var path = request.Info.Path;
        if (path.StartsWith("/apis/", StringComparison.Ordinal))
            return Find(path.AsSpan("/apis/".Length)) is { } version ? ProxyAsync(context, request, version, RawTarget(context)) : null;
        return path.StartsWith(OpenApi + "apis/", StringComparison.Ordinal) && Find(path.AsSpan((OpenApi + "apis/").Length)) is { Discovery.OpenApiPath: not null } described
            ? ProxyAsync(context, request, described, RawTarget(context))
            : null;
    }

    private ForeignVersion? Find(ReadOnlySpan<char> path)
    {
        var slash = path.IndexOf('/');
        if (slash < 0 || state.Current.Versions.Count == 0)
            return null;
        var rest = path[(slash + 1)..];
        var end = rest.IndexOf('/');
        return state.Current.Find(path[..slash].ToString(), (end < 0 ? rest : rest[..end]).ToString());
    }

    private Task ProxyAsync(HttpContext context, ApiRequest request, ForeignVersion version, string target)
    {
        if (!version.IsAvailable)
            return ProxyForwarder.TextAsync(context, StatusCodes.Status503ServiceUnavailable, "service unavailable\n");
        var url = new Uri(version.Target.Origin, target);
        return forwarder.ForwardAsync(context, connections.To(version.Target), url, new FrontProxyTransformer(url, request.User));
    }

    private static string RawTarget(HttpContext context) =>
        context.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } raw && raw[0] == '/' ? raw : context.Request.Path.ToUriComponent() + context.Request.QueryString;
}
