using System.Globalization;
using System.Text.Json.Nodes;

namespace Platform.Cluster.Tests;

/// <summary>A cluster that `./platform up` started, in a temporary folder; `./platform reset` removes it at the end.</summary>
public sealed class RunningCluster : IAsyncDisposable
{
    private readonly string[] _options;

    private RunningCluster(string data, string[] options)
    {
        Data = data;
        _options = options;
    }

    public string Data { get; }

    public string Kubeconfig => Path.Combine(Data, "kubeconfig");

    /// <summary>Process id of the cluster's first process.</summary>
    public int ProcessId => int.Parse(File.ReadAllText(Path.Combine(Data, "cluster.pid")).Split(' ')[0], CultureInfo.InvariantCulture);

    public static async Task<RunningCluster> StartAsync(params string[] options)
    {
        // Short: the socket of containerd is below it, and a socket's path may have 107 characters.
        var data = Directory.CreateTempSubdirectory("plt-").FullName;
        var cluster = new RunningCluster(data, options);
        try
        {
            await cluster.UpAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the cluster, again where it was stopped or killed.</summary>
    public async Task<string> UpAsync() => (await PlatformAsync(["up", .. _options])).Succeeded("platform up");

    public Task<ShellResult> PlatformAsync(params string[] arguments) => Shell.RunAsync(Path.Combine(Checkout.Root, "platform"), [.. arguments, "--data", Data]);

    /// <summary>Runs a client of the API as the administrator.</summary>
    public Task<ShellResult> TryAsync(string client, params string[] arguments) =>
        Shell.RunAsync(client, arguments, new Dictionary<string, string> { ["KUBECONFIG"] = Kubeconfig });

    public Task<ShellResult> TryKubectlAsync(params string[] arguments) => TryAsync("kubectl", arguments);

    public async Task<string> KubectlAsync(params string[] arguments) => (await TryKubectlAsync(arguments)).Succeeded("kubectl " + string.Join(' ', arguments));

    public async Task<JsonNode> GetJsonAsync(params string[] arguments) => JsonNode.Parse(await KubectlAsync(["get", .. arguments, "-o", "json"]))!;

    /// <summary>Applies a manifest that lies beside the tests; <c>${data}</c> in it stands for the cluster's own folder.</summary>
    public async Task<string> ApplyAsync(string manifest)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "tests/Cluster.Tests/Pods", manifest));
        var filled = Path.Combine(Data, manifest);
        await File.WriteAllTextAsync(filled, text.Replace("${data}", Data, StringComparison.Ordinal));
        return await KubectlAsync("apply", "-f", filled);
    }

    /// <summary>A kubeconfig that trusts the cluster and has no credentials of its own.</summary>
    public async Task<string> WithoutCertificateAsync()
    {
        var path = Path.Combine(Data, "anonymous.kubeconfig");
        var lines = await File.ReadAllLinesAsync(Kubeconfig);
        await File.WriteAllLinesAsync(path, lines.Where(line => !line.TrimStart(' ', '-').StartsWith("client-", StringComparison.Ordinal)));
        return path;
    }

    /// <summary>Ends every process of the cluster at once, as a power cut would; containers are not the cluster's processes.</summary>
    public void Kill()
    {
        // In the app host's composition the services are children that the kernel kills with their parent.
        System.Diagnostics.Process.GetProcessById(ProcessId).Kill(entireProcessTree: false);
    }

    public async ValueTask DisposeAsync()
    {
        (await PlatformAsync("reset")).Succeeded("platform reset");
        if (Directory.Exists(Data))
            Directory.Delete(Data, recursive: true);
    }
}
