using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Platform.Benchmarks;

/// <summary>
/// The API server under the load generator, and in the same minutes a bare web server under the same load: the ceiling, of which figures are a share.
/// The load generator is found by <c>APILOAD</c> (folder of its project) or beside the checkout.
/// </summary>
internal static class ApiLoadBenchmark
{
    private const string Scenarios = "create1,create,get,list,listpage,listsel,patch,watch,pods,listpods,status,delete";
    private static readonly Dictionary<string, string> CeilingOf = new(StringComparer.Ordinal)
    {
        ["create_configmap"] = "create_configmap",
        ["get_configmap"] = "get_configmap",
        ["list_5000_rv0"] = "list_5000_rv0",
        ["list_5000_consistent"] = "list_5000_rv0",
        ["merge_patch_configmap"] = "create_configmap",
        ["create_pod"] = "create_configmap",
        ["list_pods_5000_rv0"] = "list_pods_5000_rv0",
        ["get_pod"] = "get_configmap",
        ["patch_pod_status"] = "create_configmap",
        ["delete_configmap"] = "create_configmap",
    };

    public static async Task RunAsync()
    {
        var source = Environment.GetEnvironmentVariable("APILOAD") ?? Path.Combine(BenchmarkCluster.Root, "../shared/tools/apiload");
        if (!Directory.Exists(source))
        {
            Report.Line("API throughput", $"not measured: there is no load generator; set APILOAD to the folder of its project");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("plt-apiload-").FullName;
        var program = Path.Combine(folder, "out/apiload.dll");
        await BenchmarkCluster.RunAsync("cp", "-rT", source, Path.Combine(folder, "src"));
        await BenchmarkCluster.RunAsync("dotnet", "build", "-c", "Release", "-v", "q", "-o", Path.Combine(folder, "out"), Path.Combine(folder, "src"));
        await using var cluster = await BenchmarkCluster.StartAsync("--control-plane-only");
        var (certificate, key) = (Path.Combine(cluster.Data, "pki/admin.crt"), Path.Combine(cluster.Data, "pki/admin.key"));
        var before = await CeilingAsync(program);
        using var client = cluster.Connect();
        var server = client.Http.BaseAddress!.ToString().TrimEnd('/');
        var figures = Parse(await BenchmarkCluster.RunAsync("dotnet", program, "--server", server, "--cert", certificate, "--key",
            key, "--n", "5000", "--c", "32", "--run", Scenarios));
        var after = await CeilingAsync(program);
        foreach (var (scenario, perSecond) in figures)
        {
            var share = CeilingOf.TryGetValue(scenario, out var name) && before.TryGetValue(name, out var first) && after.TryGetValue(name, out var second)
                ? $"{100 * perSecond / ((first + second) / 2):0} % of the ceiling ({first:0} and {second:0})"
                : "";
            Report.Line(scenario, $"{perSecond:0} per second  {share}");
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<Dictionary<string, double>> CeilingAsync(string program)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var server = Process.Start(new ProcessStartInfo("dotnet", [program, "serve", $"{port}"]) { RedirectStandardOutput = true })!;
        try
        {
            while (await server.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Application started", StringComparison.Ordinal))
            {
                // its log says when it listens
            }

            return Parse(await BenchmarkCluster.RunAsync("dotnet", program, "--server", $"https://localhost:{port}", "--n", "5000",
                "--c", "32", "--run", "create,get,list,listpods"));
        }
        finally
        {
            server.Kill();
        }
    }

    private static Dictionary<string, double> Parse(string output)
    {
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in output.Split('\n').Where(l => l.StartsWith('{')))
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            figures[root.GetProperty("scenario").GetString()!] = root.GetProperty("per_s").GetDouble();
            if (root.GetProperty("errors").GetInt32() is > 0 and var errors)
                Report.Line(root.GetProperty("scenario").GetString()!, $"{errors} errors: {root.GetProperty("firstError").GetString()}");
        }

        return figures;
    }
}
