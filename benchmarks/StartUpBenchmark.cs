namespace Platform.Benchmarks;

/// <summary>How long `platform up` takes until the node is ready: on a new data folder, and again on the same.</summary>
internal static class StartUpBenchmark
{
    private const int Rounds = 5;

    public static async Task RunAsync()
    {
        var first = new List<double>();
        var again = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            await using var cluster = await BenchmarkCluster.StartAsync();
            first.Add(cluster.ReadySeconds);
            await cluster.DownAsync();
            await cluster.UpAsync();
            again.Add(cluster.ReadySeconds);
        }

        Report.Line("start to node ready, new", $"p50 {Report.Percentile(first, 0.5):0.0} s, worst {first.Max():0.0} s of {Rounds}");
        Report.Line("start to node ready, again", $"p50 {Report.Percentile(again, 0.5):0.0} s, worst {again.Max():0.0} s of {Rounds}");
    }
}
