using System.Diagnostics;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Hosting;

/// <summary>
/// One server span per request that is worth one, named like <c>create pods</c>. A trace begins with a write; a read only continues the trace of
/// its caller (docs/decisions/0002).
/// </summary>
internal static class RequestTrace
{
    public const string SourceName = "Platform.ApiServer";

    private static readonly ActivitySource Source = new(SourceName);

    public static Activity? Begin(HttpContext context, ApiRequest request)
    {
        ActivityContext parent = default;
        var incoming = context.Request.Headers.TraceParent;
        var parsed = incoming.Count > 0 && ActivityContext.TryParse(incoming, context.Request.Headers.TraceState, isRemote: true, out parent);
        if (!Source.HasListeners() || (parsed ? IsUninteresting(request) : !Begins(request.Info)))
        {
            request.TraceParent = parsed ? incoming.ToString() : null;
            return null;
        }

        // The web server may have made an activity of its own, which nobody keeps; a trace must not begin with a parent that cannot be found.
        Activity.Current = null;
        var info = request.Info;
        var activity = Source.StartActivity(
            info.IsResourceRequest ? $"{info.Verb} {info.Resource}{(info.Subresource.Length == 0 ? "" : "/" + info.Subresource)}" : $"{context.Request.Method} {info.Path}",
            ActivityKind.Server,
            parent);
        request.TraceParent = activity?.Id ?? (parsed ? incoming.ToString() : null);
        return activity;
    }

    public static void End(Activity? activity, HttpContext context, ApiRequest request)
    {
        if (activity is null)
            return;
        var info = request.Info;
        if (info.IsResourceRequest)
        {
            activity.SetTag("k8s.resource", info.Group.Length == 0 ? info.Resource : $"{info.Resource}.{info.Group}");
            activity.SetTag("k8s.namespace", info.Namespace);
            activity.SetTag("k8s.name", request.CreatedName ?? info.Name);
        }

        activity.SetTag("http.request.method", context.Request.Method);
        activity.SetTag("enduser.id", request.User.Username);
        activity.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            activity.SetStatus(ActivityStatusCode.Error);
        activity.Dispose();
    }

    // A lease is renewed every few seconds and causes nothing.
    private static bool Begins(RequestInfo info) =>
        info.Verb is "create" or "update" or "patch" or "delete" or "deletecollection" && info is { IsResourceRequest: true, Resource: not "leases" };

    // A watch lasts for minutes and carries the traces of others; health checks and metrics would drown what matters.
    private static bool IsUninteresting(ApiRequest request) =>
        request.Info.Verb == "watch" || request.Info is { IsResourceRequest: false, Path: "/healthz" or "/livez" or "/readyz" or "/metrics" or "/version" };
}
