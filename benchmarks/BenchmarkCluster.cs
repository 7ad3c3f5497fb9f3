using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Platform.Client;

namespace Platform.Benchmarks;

/// <summary>A cluster in a temporary folder, started and removed by the script as a user would.</summary>
internal sealed partial class BenchmarkCluster : IAsyncDisposable
{
    private BenchmarkCluster(string data) => Data = data;

    public string Data { get; }

    /// <summary>Seconds that <c>platform up</c> reports from its first step to the ready node.</summary>
    public double ReadySeconds { get; private set; }

    public int ProcessId => int.Parse(File.ReadAllText(Path.Combine(Data, "cluster.pid")).Split(' ')[0], CultureInfo.InvariantCulture);

    public static string Root { get; } = FindRoot();

    public static async Task<BenchmarkCluster> StartAsync(params string[] options)
    {
        var cluster = new BenchmarkCluster(Directory.CreateTempSubdirectory("plt-").FullName);
        await cluster.UpAsync(options);
        return cluster;
    }

    public async Task UpAsync(params string[] options)
    {
        var output = await ScriptAsync(["up", "--data", Data, .. options]);
        ReadySeconds = double.Parse(ReadyLine().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    public Task DownAsync() => ScriptAsync("down", "--data", Data);

    public ApiClient Connect() => ApiClientFactory.FromKubeconfig(Path.Combine(Data, "kubeconfig"), "benchmarks", TimeProvider.System);

    public async ValueTask DisposeAsync() => await ScriptAsync("reset", "--data", Data);

    public static async Task<string> ScriptAsync(params string[] arguments) => await RunAsync(Path.Combine(Root, "platform"), arguments);

    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        using var process = Process.Start(info)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{output}");
    }

    private static string FindRoot([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, ".."));

    [GeneratedRegex(@"ready after ([\d.]+) s")]
    private static partial Regex ReadyLine();
}
