using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Platform.ApiServer.Metrics;

/// <summary>
/// Adds up the measurements of the platform's own meters, for <c>/metrics</c>. It listens to what an OTLP exporter would listen to, so an instrument is
/// declared once and is seen by both.
/// </summary>
internal sealed class MetricsCollector : IDisposable
{
    /// <summary>Different label sets that one instrument may have; beyond it measurements are dropped rather than memory eaten.</summary>
    private const int SeriesPerInstrument = 10_000;

    /// <summary>Characters of labels that are looked up without making a string of them: every request is counted, so this is on the way of each.</summary>
    private const int MaximumQuickLabels = 256;

    /// <summary>Upper bounds of histogram buckets, in seconds: upstream's for request durations.</summary>
    public static readonly double[] Buckets = [0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, ConcurrentDictionary<string, MetricSeries>> _instruments = new();

    public MetricsCollector()
    {
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name.StartsWith("Platform.", StringComparison.Ordinal))
                self.EnableMeasurementEvents(instrument, _instruments.GetOrAdd(instrument, _ => new(StringComparer.Ordinal)));
        };
        _listener.SetMeasurementEventCallback<double>(static (i, value, tags, state) => Record(i, value, tags, state));
        _listener.SetMeasurementEventCallback<long>(static (i, value, tags, state) => Record(i, value, tags, state));
        _listener.SetMeasurementEventCallback<int>(static (i, value, tags, state) => Record(i, value, tags, state));
        _listener.Start();
    }

    /// <summary>All series, after the observable instruments were asked.</summary>
    public IEnumerable<(Instrument Instrument, IEnumerable<KeyValuePair<string, MetricSeries>> Series)> Collect()
    {
        _listener.RecordObservableInstruments();
        return _instruments.OrderBy(i => i.Key.Name, StringComparer.Ordinal).Select(i => (i.Key, i.Value.AsEnumerable()));
    }

    public void Dispose() => _listener.Dispose();

    private static void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        // An instrument that is taken away at this moment, with another server of the process, has no state any more.
        if (state is not ConcurrentDictionary<string, MetricSeries> all)
            return;
        Span<char> buffer = stackalloc char[MaximumQuickLabels];
        if (!PrometheusText.TryLabels(tags, buffer, out var length) || !all.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(buffer[..length], out var series))
        {
            if (all.Count >= SeriesPerInstrument)
                return;
            series = all.GetOrAdd(PrometheusText.Labels(tags), _ => new MetricSeries(IsHistogram(instrument)));
        }

        if (instrument.IsObservable)
            series.Set(value);
        else
            series.Add(value);
    }

    public static bool IsHistogram(Instrument instrument) =>
        instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Histogram<>);
}
