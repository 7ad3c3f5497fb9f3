namespace Platform.ApiServer.Metrics;

/// <summary>The sum of an instrument's measurements under one set of labels, and their distribution where it is a histogram.</summary>
internal sealed class MetricSeries(bool histogram)
{
    private readonly Lock gate = new();
    private readonly long[] buckets = histogram ? new long[MetricsCollector.Buckets.Length + 1] : [];
    private double sum;
    private long count;

    public void Add(double value)
    {
        lock (gate)
        {
            sum += value;
            count++;
            if (buckets.Length == 0)
                return;
            var index = Array.BinarySearch(MetricsCollector.Buckets, value);
            buckets[index < 0 ? ~index : index]++;
        }
    }

    public void Set(double value)
    {
        lock (gate)
            sum = value;
    }

    /// <summary>Sum or last value, number of measurements, and measurements per bucket.</summary>
    public (double Sum, long Count, long[] Buckets) Read()
    {
        lock (gate)
            return (sum, count, [.. buckets]);
    }
}
