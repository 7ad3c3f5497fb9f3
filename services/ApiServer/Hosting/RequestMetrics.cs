using System.Diagnostics.Metrics;

namespace Platform.ApiServer.Hosting;

/// <summary>Counts requests and their durations, with upstream's metric names.</summary>
internal sealed class RequestMetrics
{
    public const string MeterName = "Platform.ApiServer";

    private readonly Histogram<double> _duration;

    public RequestMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _duration = meter.CreateHistogram<double>("apiserver_request_duration_seconds", "s", "Response latency by verb, resource, subresource and code.");
    }

    public void Record(ApiRequest request, int code, TimeSpan elapsed)
    {
        if (!_duration.Enabled)
            return;
        var info = request.Info;
        _duration.Record(
            elapsed.TotalSeconds,
            new("verb", info.Verb.ToUpperInvariant()),
            new("group", info.Group),
            new("resource", info.Resource),
            new("subresource", info.Subresource),
            new("code", code));
    }
}
