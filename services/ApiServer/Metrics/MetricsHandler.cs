using System.Text;
using Platform.ApiServer.FlowControl;
using Platform.ApiServer.Hosting;

namespace Platform.ApiServer.Metrics;

/// <summary><c>/metrics</c> for Prometheus: the platform's instruments and what the process uses.</summary>
internal sealed class MetricsHandler(MetricsCollector collector, FlowController flow) : IRequestHandler
{
    public Task? TryHandle(HttpContext context, ApiRequest request) =>
        request.Info.Path == "/metrics" && HttpMethods.IsGet(context.Request.Method) ? WriteAsync(context) : null;

    private Task WriteAsync(HttpContext context)
    {
        var text = new StringBuilder();
        foreach (var (instrument, series) in collector.Collect())
            PrometheusText.Write(text, instrument, series);
        PrometheusText.Gauge(text, "apiserver_current_inflight_requests", "Requests that are being worked on.", flow.ShortRunning);
        PrometheusText.Gauge(text, "apiserver_longrunning_requests", "Watches, logs and tunnels that are open.", flow.LongRunning);
        PrometheusText.Gauge(text, "process_resident_memory_bytes", "Resident memory of the process.", Environment.WorkingSet);
        PrometheusText.Gauge(text, "process_managed_memory_bytes", "Memory of managed objects.", GC.GetTotalMemory(false));
        PrometheusText.Gauge(text, "process_cpu_seconds_total", "Processor time of the process.", Environment.CpuUsage.TotalTime.TotalSeconds);
        PrometheusText.Gauge(text, "process_threads", "Threads of the pool.", ThreadPool.ThreadCount);
        context.Response.ContentType = PrometheusText.ContentType;
        return context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }
}
