using Platform.Benchmarks;

// ./platform bench [startup] [memory] [pods] [burst] [api] [objects]: measures the product as its users run it. All unless named.
var wanted = args.Length == 0 ? ["startup", "memory", "pods", "burst", "api", "objects"] : args;
if (wanted.Contains("startup"))
    await StartUpBenchmark.RunAsync();
if (wanted.Intersect(["memory", "pods", "burst"]).Any())
{
    await using var cluster = await BenchmarkCluster.StartAsync();
    if (wanted.Contains("memory"))
        await MemoryBenchmark.RunAsync(cluster);
    if (wanted.Contains("pods"))
        await PodBenchmark.OneByOneAsync(cluster);
    if (wanted.Contains("burst"))
        await PodBenchmark.AtOnceAsync(cluster);
}

if (wanted.Contains("api"))
    await ApiLoadBenchmark.RunAsync();

if (wanted.Contains("objects"))
    await ObjectsBenchmark.RunAsync();
