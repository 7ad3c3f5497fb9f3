using Platform.ServiceDefaults;

namespace Platform.Cli.Lifecycle;

/// <summary>Prepares, starts and awaits a cluster, and says each step with its duration.</summary>
internal sealed class ClusterStart(UpPlan plan, TextWriter output, TimeProvider time)
{
    private const int LogLinesShown = 15;
    private readonly Steps _steps = new(output, time, !Console.IsOutputRedirected);
    private readonly ClusterProcess _process = new(plan.Data, time);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(plan.Data);
        using var only = Exclusive();
        if (_process.RunningId is { } id)
        {
            await output.WriteLineAsync($"the cluster in {plan.Data} is running already (process {id})");
            return 0;
        }

        if (plan.Runtime is { Name: "simulated" } simulated)
            await output.WriteLineAsync($"! the node runs on the simulated runtime, no container is started: {simulated.Reason}");
        ClusterSettings settings = null!;
        await _steps.Run("prepare settings and certificates", () => Describe(settings = ClusterPreparation.Prepare(plan.Data, plan.Wishes, time)));
        if (!ClusterPreparation.IsFree(settings.ApiPort))
            throw new InvalidOperationException($"port {settings.ApiPort} is in use by another process; choose one with --port");
        await _steps.Run("start", () => $"process {_process.Start(plan.Program(), plan.Arguments(settings))}, log in {_process.LogFile}");
        try
        {
            await AwaitReadyAsync(cancellationToken);
        }
        catch (ClusterEndedException ended)
        {
            await output.WriteLineAsync($"{ended.Message} Its last words:");
            foreach (var line in _process.LastLines(LogLinesShown))
                await output.WriteLineAsync("    " + line);
            return 1;
        }

        await output.WriteLineAsync(NextSteps());
        return 0;
    }

    private async Task AwaitReadyAsync(CancellationToken cancellationToken)
    {
        using var readiness = new ClusterReadiness(new DataLayout(plan.Data).AdminKubeconfig, () => _process.RunningId is not null, time);
        await _steps.RunAsync("API server", () => readiness.ServerAsync(cancellationToken));
        if (plan.Wishes.Nodes is not [var node])
            return;
        await _steps.RunAsync($"node {node}", () => readiness.NodeAsync(node, cancellationToken));
        if (plan.Runtime!.Name == "containerd" && plan.Checkout is { } checkout && Directory.Exists(Path.Combine(checkout, "examples/hello")))
            await _steps.RunAsync(
                "load the example's image",
                () => new ImageLoader(plan.Data).BuildAndLoadAsync(Path.Combine(checkout, "examples/hello"), "platform.local/hello:1", cancellationToken));
    }

    private FileStream Exclusive()
    {
        try
        {
            return new FileStream(Path.Combine(plan.Data, "up.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            throw new InvalidOperationException($"another platform up is at work in {plan.Data}");
        }
    }

    private static string Describe(ClusterSettings settings) =>
        $"cluster {settings.Id}, port {settings.ApiPort}, pods {settings.PodCidr}, services {settings.ServiceCidr}, store {settings.Store}";

    private string NextSteps()
    {
        var option = Environment.GetEnvironmentVariable("PLATFORM_DATA") is null && plan.Data == DataFolder.Default() ? "" : $" --data {plan.Data}";
        return $"""

            The cluster is ready after {_steps.Elapsed.TotalSeconds:0.0} s. What to do next:
              export KUBECONFIG=$(./platform kubeconfig{option})
              kubectl get nodes
              kubectl apply -f examples/hello.yaml
              ./platform trace deploy/hello{option}
              ./platform down{option}
            """;
    }
}
