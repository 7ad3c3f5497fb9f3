namespace Platform.ApiServer.Metrics;

/// <summary>The sum of an instrument's measurements under one set of labels, and their distribution where it is a histogram.</summary>
internal sealed class MetricSeries(bool histogram)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = histogram ? new long[MetricsCollector.Buckets.Length + 1] : [];
    private double _sum;
    private long _count;

    public void Add(double value)
    {
        lock (_gate)
        {
            _sum += value;
            _count++;
            if (_buckets.Length == 0)
                return;
            var index = Array.BinarySearch(MetricsCollector.Buckets, value);
            _buckets[index < 0 ? ~index : index]++;
        }
    }

    public void Set(double value)
    {
        lock (_gate)
            _sum = value;
    }

    /// <summary>Sum or last value, number of measurements, and measurements per bucket.</summary>
    public (double Sum, long Count, long[] Buckets) Read()
    {
        lock (_gate)
            return (_sum, _count, [.. _buckets]);
    }
}
