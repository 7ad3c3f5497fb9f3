using System.Diagnostics.Metrics;
using Platform.ApiServer.Hosting;

namespace Platform.ApiServer.FlowControl;

/// <summary>Upstream's metrics of priority and fairness, those that dashboards and alerts use.</summary>
internal sealed class FlowControlMetrics
{
    private readonly Counter<long> _rejected;
    private readonly Histogram<double> _waited;

    public FlowControlMetrics(IMeterFactory meters, FlowControlConfiguration configuration)
    {
        var meter = meters.Create(RequestMetrics.MeterName);
        _rejected = meter.CreateCounter<long>("apiserver_flowcontrol_rejected_requests_total", null, "Requests that were refused, by reason.");
        _waited = meter.CreateHistogram<double>("apiserver_flowcontrol_request_wait_duration_seconds", "s", "Time that requests spent in queues.");
        Gauge("apiserver_flowcontrol_current_inqueue_requests", "Requests that wait.", l => l.Waiting);
        Gauge("apiserver_flowcontrol_current_executing_requests", "Requests that are worked on, or watches that begin.", l => l.Executing);
        Gauge("apiserver_flowcontrol_current_executing_seats", "Seats in use.", l => l.SeatsInUse);
        Gauge("apiserver_flowcontrol_nominal_limit_seats", "Seats that are the level's own.", l => l.Nominal);
        Gauge("apiserver_flowcontrol_lower_limit_seats", "Seats that the level never lends.", l => l.Minimum);
        Gauge("apiserver_flowcontrol_upper_limit_seats", "Seats that the level may have with all that it borrows.", l => l.Maximum);

        void Gauge(string name, string description, Func<PriorityLevel, int> value) => meter.CreateObservableGauge(name,
            () => configuration.Levels.Select(l => new Measurement<long>(value(l), new KeyValuePair<string, object?>("priority_level", l.Name))), null, description);
    }

    public void Rejected(string level, string schema, string reason) =>
        _rejected.Add(1, new("priority_level", level), new("flow_schema", schema), new("reason", reason));

    public void Waited(string level, string schema, bool executed, TimeSpan time)
    {
        if (_waited.Enabled)
            _waited.Record(time.TotalSeconds, new("priority_level", level), new("flow_schema", schema), new("execute", executed ? "true" : "false"));
    }
}
