using Platform.Cli.Tracing;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Cli.Tests;

public sealed class TraceTreeTests
{
    private const int NameWidth = 72;
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Spans_stand_below_what_caused_them_in_order_of_time()
    {
        var tree = TraceTree.Of(
        [
            Span("c", "b", "Scheduler", "schedule default/web-1", 30, 5),
            Span("a", null, "ApiServer", "create deployments", 0, 4),
            Span("d", "a", "Controller", "late", 50, 1),
            Span("b", "a", "Controller", "deployment-controller default/web", 10, 12),
        ]).ShouldHaveSingleItem();

        using var output = new StringWriter();
        tree.Print(output);
        var lines = output.ToString().Split('\n').Skip(2).Select(line => line.Length > NameWidth ? line[..NameWidth].TrimEnd() : line).Where(line => line.Length > 0);
        lines.ShouldBe(
        [
            "ApiServer: create deployments",
            "├─ Controller: deployment-controller default/web",
            "│  └─ Scheduler: schedule default/web-1",
            "└─ Controller: late",
        ]);
    }

    [Fact]
    public void A_span_whose_parent_is_not_held_stands_at_the_top() =>
        TraceTree.Of([Span("b", "gone", "NodeAgent", "pod.sync", 0, 1)]).ShouldHaveSingleItem().TraceId.ShouldBe("t");

    [Fact]
    public void The_trace_that_began_at_an_object_is_told_from_one_that_passed_by()
    {
        var write = new Dictionary<string, string> { ["k8s.name"] = "web", ["http.request.method"] = "PATCH" };
        TraceTree.Of([Span("a", null, "ApiServer", "patch deployments", 0, 1) with { Attributes = write }])[0].BeganWith("web").ShouldBeTrue();
        TraceTree.Of([Span("a", null, "ApiServer", "delete pods", 0, 1)])[0].BeganWith("web").ShouldBeFalse();
    }

    private static SpanRecord Span(string id, string? parent, string service, string name, double after, double took) =>
        new("t", id, parent, name, service, Noon.AddMilliseconds(after), took, null, new Dictionary<string, string>(), []);
}
