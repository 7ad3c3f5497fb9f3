using System.Buffers;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Platform.ApiServer.Metrics;

/// <summary>Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly SearchValues<char> Escaped = SearchValues.Create("\\\"\n");

    /// <summary>Writes labels into a buffer; false where they do not fit or need escapes, which <see cref="Labels"/> does at more cost.</summary>
    public static bool TryLabels(ReadOnlySpan<KeyValuePair<string, object?>> tags, Span<char> into, out int length)
    {
        length = 0;
        foreach (var (name, value) in tags)
        {
            var head = length > 0 ? "," : "";
            if (!(value is string or int) || (value is string text && text.AsSpan().ContainsAny(Escaped))
                || !into[length..].TryWrite(CultureInfo.InvariantCulture, $"{head}{name}=\"{value}\"", out var written))
                return false;
            if (name.AsSpan().ContainsAny('.', '-'))
                return false;
            length += written;
        }

        return true;
    }

    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            if (text.Length > 0)
                text.Append(',');
            text.Append(Name(name)).Append("=\"");
            foreach (var c in Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
                _ = c switch
                {
                    '\\' => text.Append("\\\\"),
                    '"' => text.Append("\\\""),
                    '\n' => text.Append("\\n"),
                    _ => text.Append(c),
                };
            text.Append('"');
        }

        return text.ToString();
    }

    public static void Write(StringBuilder text, Instrument instrument, IEnumerable<KeyValuePair<string, MetricSeries>> series)
    {
        var name = Name(instrument.Name);
        var histogram = MetricsCollector.IsHistogram(instrument);
        Head(text, name, instrument.Description, histogram ? "histogram" : IsCounter(instrument) ? "counter" : "gauge");
        foreach (var (labels, one) in series)
        {
            var read = one.Read();
            if (histogram)
                Histogram(text, name, labels, read);
            else
                Sample(text, name, labels, read.Sum);
        }
    }

    public static void Histogram(StringBuilder text, string name, string labels, (double Sum, long Count, long[] Buckets) read)
    {
        var separator = labels.Length == 0 ? "" : ",";
        long below = 0;
        for (var i = 0; i < read.Buckets.Length; i++)
        {
            below += read.Buckets[i];
            var bound = i < MetricsCollector.Buckets.Length ? MetricsCollector.Buckets[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            Sample(text, name + "_bucket", $"{labels}{separator}le=\"{bound}\"", below);
        }

        Sample(text, name + "_sum", labels, read.Sum);
        Sample(text, name + "_count", labels, read.Count);
    }

    /// <summary>A metric with one value.</summary>
    public static void Single(StringBuilder text, string name, string description, double value, string type = "gauge")
    {
        Head(text, name, description, type);
        Sample(text, name, "", value);
    }

    public static void Head(StringBuilder text, string name, string? description, string type)
    {
        if (!string.IsNullOrEmpty(description))
            text.Append("# HELP ").Append(name).Append(' ').Append(description.Replace("\n", " ", StringComparison.Ordinal)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    public static void Sample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private static bool IsCounter(Instrument instrument) =>
        instrument.GetType() is { IsGenericType: true } type
        && (type.GetGenericTypeDefinition() == typeof(Counter<>) || type.GetGenericTypeDefinition() == typeof(ObservableCounter<>));

    private static string Name(string name) => name.Replace('.', '_').Replace('-', '_');
}
