using System.Diagnostics;
using Platform.Client;
using Platform.ServiceDefaults;

namespace Platform.Benchmarks;

/// <summary>The API server alone over SQLite, as it is published, in a folder of its own: what upstream's figures (API server and etcd) compare with.</summary>
internal sealed class ApiServerProcess : IAsyncDisposable
{
    private const int Attempts = 300;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Process _process;
    private readonly ApiClient _client;

    private ApiServerProcess(string data)
    {
        Data = data;
        var program = Path.Combine(BenchmarkCluster.Root, ".platform/publish/Platform.Cli");
        string[] command = File.Exists(program + ".dll") ? ["dotnet", program + ".dll"] : [program];
        _process = Process.Start(new ProcessStartInfo(command[0], [.. command[1..], "serve", "--Platform:Services=api-server", $"--Platform:Data={data}"])
            { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        _client = ApiClientFactory.FromKubeconfig(Path.Combine(data, "kubeconfig"), "benchmarks", TimeProvider.System);
    }

    public string Data { get; }

    public int Id => _process.Id;

    public HttpClient Http => _client.Http;

    public static async Task<ApiServerProcess> StartAsync()
    {
        var data = Directory.CreateTempSubdirectory("plt-api-").FullName;
        ClusterPreparation.Prepare(data, new(null, null, []), TimeProvider.System);
        var server = new ApiServerProcess(data);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if ((await server.Http.GetAsync("readyz")).IsSuccessStatusCode)
                    return server;
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
                // It does not listen yet.
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(Data, recursive: true);
    }
}
