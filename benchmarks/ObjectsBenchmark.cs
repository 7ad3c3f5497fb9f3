using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Platform.Benchmarks;

/// <summary>
/// What many objects cost: the API server alone with 100,000 pods of about 2 KB - its resident memory, selector lists among them, and what sixteen
/// clients that all list everything at once add.
/// </summary>
internal static class ObjectsBenchmark
{
    private const int Writers = 32;
    private const int Lists = 16;
    private const int Samples = 50;
    private const string Pods = "api/v1/namespaces/objects/pods";
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SampleInterval = TimeSpan.FromMilliseconds(20);

    private static int Count => int.Parse(Environment.GetEnvironmentVariable("OBJECTS") ?? "100000", CultureInfo.InvariantCulture);

    public static async Task RunAsync()
    {
        await using var server = await ApiServerProcess.StartAsync();
        await MeasureAsync(server.Http, server.Id);
    }

    private static async Task MeasureAsync(HttpClient http, int process)
    {
        await PrepareAsync(http);
        Report.Line("no pods", $"{ProcessMemory.ResidentMegabytes(process):0} MB resident");
        await CreateAsync(http);
        await Task.Delay(Settle, TimeProvider.System);
        Report.Line($"{Count} pods", $"{ProcessMemory.ResidentMegabytes(process):0} MB resident, peak {ProcessMemory.PeakMegabytes(process):0} MB");
        foreach (var query in new[] { "labelSelector=app%3Dnone", "labelSelector=missing", "fieldSelector=spec.nodeName%3Dnone", "labelSelector=shard%3Ds77" })
            await SelectAsync(http, query);
        var before = ProcessMemory.ResidentMegabytes(process);
        using var end = new CancellationTokenSource();
        var peak = PeakDuringAsync(process, end.Token);
        var began = TimeProvider.System.GetTimestamp();
        var bytes = await Task.WhenAll(Enumerable.Range(0, Lists).Select(_ => DrainAsync(http, Pods)));
        var elapsed = TimeProvider.System.GetElapsedTime(began);
        await end.CancelAsync();
        Report.Line($"{Lists} full lists at once", $"{bytes[0] / 1e6:0} MB each in {elapsed.TotalSeconds:0.0} s; resident {before:0} MB before, at most {await peak:0} MB");
    }

    private static async Task PrepareAsync(HttpClient http)
    {
        await SendAsync(http, "api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"objects"}}""");
        await SendAsync(http, "api/v1/namespaces/objects/serviceaccounts", """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default"}}""");
    }

    private static async Task CreateAsync(HttpClient http)
    {
        var began = TimeProvider.System.GetTimestamp();
        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (i, _) => await SendAsync(http, Pods, Pod(i)));
        var stored = (await http.GetByteArrayAsync($"{Pods}/pod-{0:000000}")).Length;
        Report.Line("created", $"{Count / TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} per second, {stored} bytes each");
    }

    private static async Task SelectAsync(HttpClient http, string query)
    {
        var samples = new List<double>();
        for (var i = 0; i < Samples; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            await DrainAsync(http, $"{Pods}?{query}");
            samples.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        }

        Report.Line(query, $"first {samples[0]:0.0} ms, p50 {Report.Percentile(samples, 0.5):0.00} ms, p90 {Report.Percentile(samples, 0.9):0.00} ms");
    }

    private static async Task<long> DrainAsync(HttpClient http, string path)
    {
        using var response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[64 * 1024];
        var total = 0L;
        while (await body.ReadAsync(buffer) is > 0 and var read)
            total += read;
        return total;
    }

    private static async Task<double> PeakDuringAsync(int process, CancellationToken end)
    {
        var peak = 0.0;
        while (!end.IsCancellationRequested)
        {
            peak = Math.Max(peak, ProcessMemory.ResidentMegabytes(process));
            await Task.Delay(SampleInterval, TimeProvider.System, CancellationToken.None);
        }

        return peak;
    }

    private static async Task SendAsync(HttpClient http, string path, string json)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await http.PostAsync(path, content);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {await response.Content.ReadAsStringAsync()}");
    }

    private static string Pod(int i) => $$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"pod-{{i:000000}}","labels":{"app":"app-{{i / 10}}","tier":"web","shard":"s{{i % 1000}}"} },
        "spec":{"nodeName":"node-{{i % 1000}}","schedulerName":"none","automountServiceAccountToken":false,"containers":[{"name":"main","image":"registry.example/app:1",
        "args":["--port=8080"],"ports":[{"containerPort":8080}],"resources":{"requests":{"cpu":"10m","memory":"16Mi"} } }] } }
        """;
}
