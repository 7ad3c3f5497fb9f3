using System.Diagnostics;
using Platform.Api.Core.V1;
using Platform.Client;
using Platform.ServiceDefaults;

namespace Platform.Scheduler.Tests;

/// <summary>The whole scheduler against the real API server in one process.</summary>
public sealed class SchedulerServiceTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(100));
    private TestApiServer _server = null!;

    private IApiClient Client => _server.ApiClientFor(ComponentIdentity.Administrator);

    public async ValueTask InitializeAsync() => _server = await TestApiServer.StartAsync(new() { Configure = builder => builder.AddScheduler() });

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _limit.Dispose();
    }

    [Fact]
    public async Task A_pod_is_bound_and_an_event_says_so()
    {
        await AddNodeAsync("n1");
        await Client.Resource<Pod>().CreateAsync(NewPod("p"));
        var pod = await UntilAsync("p", p => !string.IsNullOrEmpty(p.Spec!.NodeName));
        pod.Spec!.NodeName.ShouldBe("n1");
        pod.Status!.Conditions!.Single(c => c.Type == "PodScheduled").Status.ShouldBe("True");
        (await EventAsync("p", "Scheduled")).Message.ShouldBe("Successfully assigned default/p to n1");
    }

    [Fact]
    public async Task A_pod_that_does_not_fit_is_told_why_and_bound_when_a_node_comes()
    {
        await AddNodeAsync("small", cpu: "100m");
        await Client.Resource<Pod>().CreateAsync(NewPod("p", cpu: "1"));
        var pod = await UntilAsync("p", p => p.Status?.Conditions?.Any(c => c.Type == "PodScheduled") == true);
        var condition = pod.Status!.Conditions!.Single(c => c.Type == "PodScheduled");
        condition.Reason.ShouldBe("Unschedulable");
        condition.Message.ShouldBe("0/1 nodes are available: 1 Insufficient cpu.");
        (await EventAsync("p", "FailedScheduling")).Message.ShouldBe(condition.Message);
        await AddNodeAsync("large");
        (await UntilAsync("p", p => !string.IsNullOrEmpty(p.Spec!.NodeName))).Spec!.NodeName.ShouldBe("large");
    }

    [Fact]
    public async Task The_span_of_a_decision_continues_the_pods_trace_and_names_each_plugins_part()
    {
        var decided = new TaskCompletionSource<Activity>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Platform.Scheduler",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = stopped =>
            {
                if (stopped.OperationName == "schedule default/traced")
                    decided.TrySetResult(stopped);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await AddNodeAsync("small", cpu: "100m");
        await AddNodeAsync("one");
        await AddNodeAsync("two");
        using var apply = new Activity("apply") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        await Client.Resource<Pod>().CreateAsync(NewPod("traced", cpu: "1"));
        var span = await decided.Task.WaitAsync(_limit.Token);
        span.TraceId.ShouldBe(apply.TraceId);
        span.GetTagItem("scheduler.feasible").ShouldBe(2);
        var filter = span.Events.Single(e => e.Name == "filter").Tags.ToDictionary();
        filter["plugin"].ShouldBe("NodeResourcesFit");
        filter["rejected"].ShouldBe(1);
        span.Events.Where(e => e.Name == "score").Select(e => (string?)e.Tags.ToDictionary()["plugin"]).ShouldContain("NodeResourcesBalancedAllocation");
    }

    [Fact]
    public async Task A_pod_of_another_scheduler_is_left_alone()
    {
        await AddNodeAsync("n1");
        var other = NewPod("other");
        await Client.Resource<Pod>().CreateAsync(other with { Spec = other.Spec! with { SchedulerName = "mine" } });
        await Client.Resource<Pod>().CreateAsync(NewPod("p"));
        await UntilAsync("p", p => !string.IsNullOrEmpty(p.Spec!.NodeName));
        (await Client.Resource<Pod>().GetAsync("default", "other")).Spec!.NodeName.ShouldBeNullOrEmpty();
    }

    [Fact]
    public async Task Many_pods_are_bound_over_many_nodes_and_no_node_is_overfilled()
    {
        // PLATFORM_SCHEDULER_PODS=5000 PLATFORM_SCHEDULER_NODES=1000 measure what shared/reference.md measures of upstream.
        var pods = Number("PLATFORM_SCHEDULER_PODS", 300);
        var nodes = Number("PLATFORM_SCHEDULER_NODES", 30);
        await Parallel.ForAsync(0, nodes, _limit.Token, async (i, _) => await AddNodeAsync("n" + i));
        var client = Client.Resource<Pod>();
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, pods, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = _limit.Token }, async (i, token) =>
            await client.CreateAsync(NewPod("p" + i, cpu: "100m"), token));
        var created = Stopwatch.GetElapsedTime(started);
        var bound = new HashSet<string>();
        await foreach (var change in client.WatchAsync("default", new(), _limit.Token))
        {
            if (!string.IsNullOrEmpty(change.Object.Spec?.NodeName) && bound.Add(change.Object.Metadata.Name!) && bound.Count == pods)
                break;
        }
        var took = Stopwatch.GetElapsedTime(started);
        output.WriteLine($"{pods} pods over {nodes} nodes: {pods / took.TotalSeconds:F0} pods/s created and bound ({pods / created.TotalSeconds:F0}/s created)");
        var all = (await client.ListAsync("default")).Items;
        all.GroupBy(p => p.Spec!.NodeName).ShouldAllBe(node => node.Count() <= 40);
    }

    private static int Number(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;

    private static Pod NewPod(string name, string cpu = "100m")
    {
        var pod = Make.Pod(name, cpu: cpu);
        return pod with { Metadata = pod.Metadata with { Uid = null } };
    }

    private async Task AddNodeAsync(string name, string cpu = "4")
    {
        var nodes = Client.Resource<Node>();
        var wanted = Make.Node(name, cpu: cpu);
        await nodes.CreateAsync(wanted, _limit.Token);
        await nodes.UpdateStatusWithRetryAsync(null, name, node => node with { Status = wanted.Status }, _limit.Token);
        // The admission of nodes taints new ones as not ready; the lifecycle controller, which would lift that, does not run here.
        await nodes.UpdateWithRetryAsync(null, name, node => node with { Spec = (node.Spec ?? new()) with { Taints = null } }, _limit.Token);
    }

    private Task<Pod> UntilAsync(string name, Func<Pod, bool> reached) => Client.Resource<Pod>().UntilAsync("default", name, reached);

    private async Task<Event> EventAsync(string about, string reason) => (await Client.Resource<Event>().UntilAsync(
        "default", all => all.Count > 0, query: new() { FieldSelector = $"involvedObject.name={about},reason={reason}" }))[0];
}
