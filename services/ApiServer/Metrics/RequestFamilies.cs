using System.Text;
using Platform.ApiServer.Hosting;

namespace Platform.ApiServer.Metrics;

/// <summary>
/// The metrics of requests that dashboards and alerts know. A request is measured once, with its code, since that is on the way of each; the number by code
/// and the durations, which have no code upstream, are made of it when they are asked for.
/// </summary>
internal static class RequestFamilies
{
    // RequestMetrics names the code last.
    private const string Code = ",code=";

    public static void Write(StringBuilder text, IReadOnlyList<KeyValuePair<string, MetricSeries>> series)
    {
        var measured = series.Select(s => (Labels: s.Key, Read: s.Value.Read())).ToList();
        PrometheusText.Head(text, "apiserver_request_total", "Requests by verb, resource, subresource, scope, dry run and code.", "counter");
        foreach (var (labels, read) in measured)
            PrometheusText.Sample(text, "apiserver_request_total", labels, read.Count);
        var durations = measured.GroupBy(m => m.Labels[..m.Labels.LastIndexOf(Code, StringComparison.Ordinal)], m => m.Read)
            .Select(g => (Labels: g.Key, Read: g.Aggregate(Sum))).ToList();
        // Upstream takes the time of webhooks and of waiting off the second, which service-level objectives are measured with.
        foreach (var name in new[] { RequestMetrics.Duration, "apiserver_request_sli_duration_seconds" })
        {
            PrometheusText.Head(text, name, "Response latency by verb, resource, subresource and scope.", "histogram");
            foreach (var (labels, read) in durations)
                PrometheusText.Histogram(text, name, labels, read);
        }
    }

    private static (double Sum, long Count, long[] Buckets) Sum((double Sum, long Count, long[] Buckets) one, (double Sum, long Count, long[] Buckets) other) =>
        (one.Sum + other.Sum, one.Count + other.Count, [.. one.Buckets.Zip(other.Buckets, (a, b) => a + b)]);
}
