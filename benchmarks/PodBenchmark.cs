using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;
using Platform.Client;

namespace Platform.Benchmarks;

/// <summary>How long a pod takes from its POST until a watch says Running, with the image present.</summary>
internal static class PodBenchmark
{
    private const int Sequential = 50;
    private const int Burst = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task OneByOneAsync(BenchmarkCluster cluster)
    {
        using var client = cluster.Connect();
        using var limit = new CancellationTokenSource(Patience);
        var samples = new List<double>();
        for (var i = 0; i < Sequential; i++)
        {
            samples.Add(1000 * await StartAsync(client, [$"one-{i}"], limit.Token));
            await RemoveAsync(client, limit.Token);
        }

        Report.Line($"pod start, {Sequential} one by one", $"p50 {Report.Percentile(samples, 0.5):0} ms, p99 {Report.Percentile(samples, 0.99):0} ms");
    }

    public static async Task AtOnceAsync(BenchmarkCluster cluster)
    {
        using var client = cluster.Connect();
        using var limit = new CancellationTokenSource(Patience);
        var seconds = await StartAsync(client, [.. Enumerable.Range(0, Burst).Select(i => $"burst-{i}")], limit.Token);
        Report.Line($"pod start, {Burst} at once on one node", $"all Running after {seconds:0.0} s");
        await RemoveAsync(client, limit.Token);
    }

    /// <summary>Seconds from the first POST until all the pods run.</summary>
    private static async Task<double> StartAsync(ApiClient client, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var pods = client.Resource<Pod>();
        var version = (await pods.ListAsync("default", new() { Limit = 1 }, cancellationToken)).Metadata.ResourceVersion;
        var waiting = names.ToHashSet(StringComparer.Ordinal);
        var began = TimeProvider.System.GetTimestamp();
        var created = Task.WhenAll(names.Select(name => pods.CreateAsync(Sleeper(name), cancellationToken)));
        await foreach (var change in pods.WatchAsync("default", new() { ResourceVersion = version }, cancellationToken))
        {
            if (change.Object.Status?.Phase == "Running" && waiting.Remove(change.Object.Metadata.Name!) && waiting.Count == 0)
                break;
        }

        await created;
        return waiting.Count == 0 ? TimeProvider.System.GetElapsedTime(began).TotalSeconds : throw new TimeoutException($"{waiting.Count} pods do not run");
    }

    private static async Task RemoveAsync(ApiClient client, CancellationToken cancellationToken)
    {
        var pods = client.Resource<Pod>();
        foreach (var pod in (await pods.ListAsync("default", null, cancellationToken)).Items)
            await pods.DeleteAsync("default", pod.Metadata.Name!, new DeleteOptions { GracePeriodSeconds = 1 }, cancellationToken);
        while ((await pods.ListAsync("default", null, cancellationToken)).Items.Count > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
    }

    private static Pod Sleeper(string name) => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new()
        {
            AutomountServiceAccountToken = false,
            TerminationGracePeriodSeconds = 1,
            Containers = [new() { Name = "main", Image = "platform.local/hello:1", Command = ["/bin/sleep", "3600"] }],
        },
    };
}
