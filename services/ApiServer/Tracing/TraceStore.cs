using Platform.ServiceDefaults.Telemetry;

namespace Platform.ApiServer.Tracing;

/// <summary>
/// The latest spans of the whole cluster, kept in memory by trace: what this process did arrives directly, what others did by upload. The oldest
/// traces make room for new ones.
/// </summary>
internal sealed class TraceStore : ISpanSink
{
    /// <summary>Memory for spans, in bytes: some 20,000 of them.</summary>
    private const long Capacity = 16 << 20;

    /// <summary>What a span costs beside its texts, and an attribute beside its own, in bytes.</summary>
    private const int SpanOverhead = 400;
    private const int AttributeOverhead = 80;

    /// <summary>Spans of one trace; a reconcile loop that never settles must not push everything else out.</summary>
    private const int SpansPerTrace = 2_000;

    /// <summary>Traces that one answer holds.</summary>
    private const int TracesPerAnswer = 50;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<SpanRecord>> _traces = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();
    private long _bytes;

    public ValueTask AcceptAsync(IReadOnlyList<SpanRecord> spans, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var span in spans)
                Add(span);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The traces, newest first, in which a span names the object; all spans of each, in order of their start.</summary>
    public IReadOnlyList<IReadOnlyList<SpanRecord>> About(string resource, string ns, string name)
    {
        lock (_gate)
        {
            return
            [
                .. _traces.Values
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
        lock (_gate)
            return _traces.TryGetValue(traceId, out var spans) ? [.. spans.OrderBy(s => s.Start)] : [];
    }

    private void Add(SpanRecord span)
    {
        if (!_traces.TryGetValue(span.TraceId, out var spans))
        {
            _traces[span.TraceId] = spans = [];
            _oldest.Enqueue(span.TraceId);
        }

        if (spans.Count >= SpansPerTrace)
            return;
        spans.Add(span);
        _bytes += Size(span);
        while (_bytes > Capacity && _oldest.TryDequeue(out var old))
        {
            if (_traces.Remove(old, out var removed))
                _bytes -= removed.Sum(Size);
        }
    }

    private static long Size(SpanRecord span) => SpanOverhead
        + span.Attributes.Sum(a => AttributeOverhead + (sizeof(char) * a.Value.Length))
        + span.Events.Sum(e => AttributeOverhead + (sizeof(char) * e.Length));

    private static bool IsAbout(SpanRecord span, string resource, string ns, string name)
    {
        var attributes = span.Attributes;
        return attributes.GetValueOrDefault("k8s.name") == name
            && (attributes.GetValueOrDefault("k8s.namespace") ?? "") == ns
            && attributes.GetValueOrDefault("k8s.resource") is { } about
            && (about == resource || about.StartsWith(resource + ".", StringComparison.Ordinal) || about.StartsWith(resource + "/", StringComparison.Ordinal));
    }
}
