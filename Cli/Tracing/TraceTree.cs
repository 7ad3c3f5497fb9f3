using System.Globalization;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Cli.Tracing;

/// <summary>The spans of one trace, ordered by what caused what. A span whose parent is not held stands at the top.</summary>
internal sealed class TraceTree
{
    private const int NameWidth = 72;
    private readonly ILookup<string, SpanRecord> _children;
    private readonly List<SpanRecord> _roots;

    private TraceTree(IReadOnlyCollection<SpanRecord> spans)
    {
        var held = spans.Select(s => s.SpanId).ToHashSet(StringComparer.Ordinal);
        _children = spans.Where(s => s.ParentId is not null && held.Contains(s.ParentId)).OrderBy(s => s.Start).ToLookup(s => s.ParentId!, StringComparer.Ordinal);
        _roots = [.. spans.Where(s => s.ParentId is null || !held.Contains(s.ParentId)).OrderBy(s => s.Start)];
        Start = spans.Min(s => s.Start);
        TraceId = spans.First().TraceId;
    }

    /// <summary>Beginning of the earliest span.</summary>
    public DateTimeOffset Start { get; }

    public string TraceId { get; }

    /// <summary>Whether the trace began with a write to an object of that name, rather than passing by it.</summary>
    public bool BeganWith(string name) =>
        _roots[0].Attributes.GetValueOrDefault("k8s.name") == name && _roots[0].Attributes.GetValueOrDefault("http.request.method") is not (null or "GET");

    /// <summary>The traces that spans belong to, earliest first.</summary>
    public static IReadOnlyList<TraceTree> Of(IEnumerable<SpanRecord> spans) =>
        [.. spans.GroupBy(s => s.TraceId, StringComparer.Ordinal).Select(g => new TraceTree([.. g.DistinctBy(s => s.SpanId)])).OrderBy(t => t.Start)];

    public void Print(TextWriter output)
    {
        output.WriteLine($"trace {TraceId}, {Start.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)} UTC");
        output.WriteLine($"{"what",-NameWidth} {"after",10} {"took",10}");
        foreach (var root in _roots)
            Print(output, root, "", "");
        output.WriteLine();
    }

    private void Print(TextWriter output, SpanRecord span, string prefix, string childPrefix)
    {
        var text = $"{prefix}{span.Service}: {span.Name}";
        if (span.Attributes.TryGetValue("k8s.name", out var name) && !span.Name.EndsWith(name, StringComparison.Ordinal))
            text += " " + name;
        if (span.Error is not null)
            text += $" ✗ {span.Error}";
        output.WriteLine($"{text.PadRight(NameWidth)} {Milliseconds((span.Start - Start).TotalMilliseconds),10} {Milliseconds(span.DurationMs),10}");
        foreach (var note in span.Events)
            output.WriteLine($"{childPrefix}    · {note}");
        var children = _children[span.SpanId].ToList();
        for (var i = 0; i < children.Count; i++)
        {
            var last = i == children.Count - 1;
            Print(output, children[i], childPrefix + (last ? "└─ " : "├─ "), childPrefix + (last ? "   " : "│  "));
        }
    }

    private static string Milliseconds(double value) => value.ToString(value < 100 ? "0.0 'ms'" : "0 'ms'", CultureInfo.InvariantCulture);
}
