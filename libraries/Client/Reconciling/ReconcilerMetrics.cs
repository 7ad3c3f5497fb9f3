using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Platform.Client.Reconciling;

/// <summary>What all reconcilers report, under upstream's names.</summary>
internal static class ReconcilerMetrics
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Platform.Controller";

    public static readonly ActivitySource Source = new(Name);

    public static readonly Meter Meter = new(Name);

    public static readonly Histogram<double> QueueSeconds = Meter.CreateHistogram<double>("workqueue_queue_duration_seconds", "s");

    public static readonly Histogram<double> WorkSeconds = Meter.CreateHistogram<double>("workqueue_work_duration_seconds", "s");

    public static readonly Counter<long> Retries = Meter.CreateCounter<long>("workqueue_retries_total");
}
