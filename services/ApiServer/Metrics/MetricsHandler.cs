using System.Text;
using Platform.ApiServer.FlowControl;
using Platform.ApiServer.Health;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Metrics;

/// <summary><c>/metrics</c> for Prometheus: the platform's instruments, what is stored and what the process uses.</summary>
internal sealed class MetricsHandler(MetricsCollector collector, FlowController flow, ResourceRegistry registry, WatchCaches caches) : IRequestHandler
{
    public Task? TryHandle(HttpContext context, ApiRequest request) =>
        request.Info.Path == "/metrics" && HttpMethods.IsGet(context.Request.Method) ? WriteAsync(context) : null;

    private Task WriteAsync(HttpContext context)
    {
        var text = new StringBuilder();
        // Several instruments may share a name, one for each queue for instance, but a family has one head and each of its series once.
        foreach (var family in collector.Collect().GroupBy(i => i.Instrument.Name))
        {
            var series = family.SelectMany(f => f.Series).DistinctBy(s => s.Key).ToList();
            if (family.Key == RequestMetrics.Duration)
                RequestFamilies.Write(text, series);
            else
                PrometheusText.Write(text, family.First().Instrument, series);
        }

        PrometheusText.Single(text, "apiserver_longrunning_requests", "Watches, logs and tunnels that are open.", flow.LongRunning);
        PrometheusText.Head(text, "apiserver_storage_objects", "Stored objects by resource.", "gauge");
        foreach (var definition in registry.Stored.Where(d => d.StoredAs is null))
        {
            var name = definition.Group.Length == 0 ? definition.Plural : $"{definition.Plural}.{definition.Group}";
            PrometheusText.Sample(text, "apiserver_storage_objects", $"resource=\"{name}\"", caches.Of(definition).Count);
        }

        PrometheusText.Head(text, "kubernetes_build_info", "The version that is spoken.", "gauge");
        PrometheusText.Sample(text, "kubernetes_build_info", $"git_version=\"{VersionHandler.GitVersion}\",major=\"1\",minor=\"32\"", 1);
        ProcessMetrics.Write(text);
        context.Response.ContentType = PrometheusText.ContentType;
        return context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }
}
