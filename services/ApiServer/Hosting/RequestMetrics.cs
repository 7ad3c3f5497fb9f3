using System.Diagnostics.Metrics;
using Platform.ApiServer.FlowControl;
using Platform.ApiServer.Patching;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Hosting;

/// <summary>
/// Counts requests and their durations, with upstream's metric names and labels. What the labels say is bounded by what is served: a made-up verb or
/// resource does not get a series of its own.
/// </summary>
internal sealed class RequestMetrics
{
    public const string MeterName = "Platform.ApiServer";

    /// <summary>The one instrument: <c>/metrics</c> makes several families of it.</summary>
    public const string Duration = "apiserver_request_duration_seconds";

    private readonly ResourceRegistry _registry;
    private readonly Histogram<double> _duration;
    private int _mutating;
    private int _readOnly;

    public RequestMetrics(IMeterFactory meters, ResourceRegistry registry)
    {
        _registry = registry;
        var meter = meters.Create(MeterName);
        _duration = meter.CreateHistogram<double>(Duration, "s", "Response latency by verb, resource, subresource, scope and code.");
        meter.CreateObservableGauge("apiserver_current_inflight_requests",
            () => new Measurement<int>[]
            {
                new(Volatile.Read(ref _mutating), new KeyValuePair<string, object?>("request_kind", "mutating")),
                new(Volatile.Read(ref _readOnly), new KeyValuePair<string, object?>("request_kind", "readOnly")),
            },
            null, "Requests that are being worked on, except long ones.");
    }

    public void Begin(ApiRequest request) => Count(request.Info, 1);

    public void Record(HttpContext context, ApiRequest request, TimeSpan elapsed)
    {
        Count(request.Info, -1);
        if (!_duration.Enabled)
            return;
        var info = request.Info;
        var isServed = _registry.Find(info.Group, info.Version, info.Resource) is not null;
        _duration.Record(
            elapsed.TotalSeconds,
            new("component", "apiserver"),
            new("dry_run", context.Request.QueryString.HasValue && context.Request.Query["dryRun"] == "All" ? "All" : ""),
            new("group", isServed ? info.Group : ""),
            new("resource", isServed ? info.Resource : ""),
            new("scope", isServed ? Scope(info) : ""),
            new("subresource", isServed ? info.Subresource : ""),
            new("verb", Verb(context.Request, info)),
            new("version", isServed ? info.Version : ""),
            new("code", context.Response.StatusCode));
    }

    private void Count(RequestInfo info, int change)
    {
        if (FlowController.IsLongRunning(info))
            return;
        if (info.Verb is "get" or "list" or "head")
            Interlocked.Add(ref _readOnly, change);
        else
            Interlocked.Add(ref _mutating, change);
    }

    private static string Scope(RequestInfo info) =>
        info.Name.Length > 0 || info.Verb == "create" ? "resource" : info.Namespace.Length > 0 ? "namespace" : "cluster";

    private static string Verb(HttpRequest request, RequestInfo info) => info.Verb switch
    {
        _ when info.Subresource is "exec" or "attach" or "portforward" or "proxy" => "CONNECT",
        "get" or "head" => "GET",
        "list" => "LIST",
        "watch" => "WATCH",
        "create" or "post" => "POST",
        "update" or "put" => "PUT",
        "patch" => request.ContentType?.StartsWith(ApplyPatch.MediaType, StringComparison.OrdinalIgnoreCase) == true ? "APPLY" : "PATCH",
        "delete" => "DELETE",
        "deletecollection" => "DELETECOLLECTION",
        _ => "OTHER",
    };
}
