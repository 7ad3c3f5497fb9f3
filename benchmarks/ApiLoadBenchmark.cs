using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Platform.Benchmarks;

/// <summary>
/// The API server under the load generator, and in the same minutes a bare web server under the same load: the ceiling, of which figures are a share.
/// What the runtime executes gets faster with its second compilation, the bare server above all, and the pods of each round stay; so both are measured
/// new, which is what the reference does, and in the rounds after. The load generator is found by <c>APILOAD</c> (folder of its project) or beside the checkout.
/// </summary>
internal static class ApiLoadBenchmark
{
    private const string Scenarios = "create1,create,get,list,listpage,listsel,patch,apply,watch,pods,listpods,status,delete";
    private const string CeilingScenarios = "create,get,list,listpods";
    private const int Rounds = 3;
    private static readonly Dictionary<string, string> CeilingOf = new(StringComparer.Ordinal)
    {
        ["create_configmap"] = "create_configmap",
        ["get_configmap"] = "get_configmap",
        ["list_5000_rv0"] = "list_5000_rv0",
        ["list_5000_consistent"] = "list_5000_rv0",
        ["merge_patch_configmap"] = "create_configmap",
        ["server_side_apply"] = "create_configmap",
        ["watch_fanout_50"] = "create_configmap",
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
        var before = await CeilingAsync(program);
        var figures = await ServerAsync(program);
        var after = await CeilingAsync(program);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (scenario, perSecond) in figures[round])
                Report.Line($"{(round == 0 ? "new server" : $"round {round + 1}")}: {scenario}", Share(scenario, perSecond, before[round], after[round]));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static FormattableString Share(string scenario, double perSecond, Dictionary<string, double> before, Dictionary<string, double> after) =>
        CeilingOf.TryGetValue(scenario, out var name) && before.TryGetValue(name, out var first) && after.TryGetValue(name, out var second)
            ? $"{perSecond:0} per second  {100 * perSecond / ((first + second) / 2):0} % of the ceiling ({first:0} and {second:0})"
            : (FormattableString)$"{perSecond:0} per second";

    private static async Task<List<Dictionary<string, double>>> ServerAsync(string program)
    {
        await using var server = await ApiServerProcess.StartAsync();
        return await RoundsAsync(program, Scenarios, "--server", server.Http.BaseAddress!.ToString().TrimEnd('/'),
            "--cert", Path.Combine(server.Data, "pki/admin.crt"), "--key", Path.Combine(server.Data, "pki/admin.key"));
    }

    private static async Task<List<Dictionary<string, double>>> CeilingAsync(string program)
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

            // It logs every request, and would stand still with a full pipe.
            _ = server.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return await RoundsAsync(program, CeilingScenarios, "--server", $"https://localhost:{port}");
        }
        finally
        {
            server.Kill();
        }
    }

    private static async Task<List<Dictionary<string, double>>> RoundsAsync(string program, string scenarios, params string[] server)
    {
        var rounds = new List<Dictionary<string, double>>();
        for (var round = 0; round < Rounds; round++)
            rounds.Add(Parse(await BenchmarkCluster.RunAsync("dotnet", [program, .. server, "--n", "5000", "--c", "32", "--run", scenarios])));
        return rounds;
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
