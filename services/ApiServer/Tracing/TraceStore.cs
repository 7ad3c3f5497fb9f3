using Platform.ServiceDefaults.Telemetry;

namespace Platform.ApiServer.Tracing;

/// <summary>
/// The latest spans of the whole cluster, kept in memory by trace: what this process did arrives directly, what others did by upload. The oldest
/// traces make room for new ones.
/// </summary>
internal sealed class TraceStore : ISpanSink
{
    /// <summary>Spans that are kept.</summary>
    private const int Capacity = 50_000;

    /// <summary>Spans of one trace; a reconcile loop that never settles must not push everything else out.</summary>
    private const int SpansPerTrace = 2_000;

    /// <summary>Traces that one answer holds.</summary>
    private const int TracesPerAnswer = 50;

    private readonly Lock gate = new();
    private readonly Dictionary<string, List<SpanRecord>> traces = new(StringComparer.Ordinal);
    private readonly Queue<string> oldest = new();
    private int count;

    public ValueTask AcceptAsync(IReadOnlyList<SpanRecord> spans, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            foreach (var span in spans)
                Add(span);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The traces, newest first, in which a span names the object; all spans of each, in order of their start.</summary>
    public IReadOnlyList<IReadOnlyList<SpanRecord>> About(string resource, string ns, string name)
    {
        lock (gate)
        {
            return
            [
                .. traces.Values
                    .Where(t => t.Any(s => IsAbout(s, resource, ns, name)))
                    .OrderByDescending(t => t[^1].Start)
                    .Take(TracesPerAnswer)
                    .Select(t => t.OrderBy(s => s.Start).ToArray()),
            ];
        }
    }

    /// <summary>The spans of one trace, in order of their start.</summary>
    public IReadOnlyList<SpanRecord> Of(string traceId)
    {
        lock (gate)
            return traces.TryGetValue(traceId, out var spans) ? [.. spans.OrderBy(s => s.Start)] : [];
    }

    private void Add(SpanRecord span)
    {
        if (!traces.TryGetValue(span.TraceId, out var spans))
        {
            traces[span.TraceId] = spans = [];
            oldest.Enqueue(span.TraceId);
        }

        if (spans.Count >= SpansPerTrace)
            return;
        spans.Add(span);
        count++;
        while (count > Capacity && oldest.TryDequeue(out var old))
        {
            if (traces.Remove(old, out var removed))
                count -= removed.Count;
        }
    }

    private static bool IsAbout(SpanRecord span, string resource, string ns, string name)
    {
        var attributes = span.Attributes;
        return attributes.GetValueOrDefault("k8s.name") == name
            && (attributes.GetValueOrDefault("k8s.namespace") ?? "") == ns
            && attributes.GetValueOrDefault("k8s.resource") is { } about
            && (about == resource || about.StartsWith(resource + ".", StringComparison.Ordinal) || about.StartsWith(resource + "/", StringComparison.Ordinal));
    }
}
