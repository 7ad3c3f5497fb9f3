using Platform.ServiceDefaults;

namespace Platform.Cli.Lifecycle;

/// <summary>What <c>platform up</c> is to do.</summary>
/// <param name="Data">Data folder.</param>
/// <param name="Wishes">What the user asked for.</param>
/// <param name="Runtime">Runtime of the node; null for no node.</param>
/// <param name="Microservices">Whether each service is a process of its own.</param>
internal sealed record UpPlan(string Data, ClusterWishes Wishes, NodeRuntime? Runtime, bool Microservices)
{
    /// <summary>The checkout, where the script is run from one: it has the example and the app host.</summary>
    public string? Checkout { get; } = Environment.GetEnvironmentVariable("PLATFORM_ROOT");

    /// <summary>Program of the cluster's process.</summary>
    public IReadOnlyList<string> Program() => Microservices
        ? ClusterProgram.OfRuntime(Path.Combine(Checkout ?? throw new InvalidOperationException("--microservices needs the checkout; run it by ./platform"),
            "AppHost/bin/Release/net10.0/Platform.AppHost.dll"))
        : ClusterProgram.Own();

    /// <summary>Arguments of the cluster's process.</summary>
    public IEnumerable<string> Arguments(ClusterSettings settings)
    {
        yield return $"--Platform:Data={Data}";
        yield return $"--Platform:Store={settings.Store}";
        if (Wishes.Nodes is [var node])
        {
            yield return $"--Platform:Node:Name={node}";
            yield return $"--Platform:Node:Runtime={Runtime!.Name}";
            yield return $"--Platform:Node:Port={settings.AgentPort}";
        }
    }
}
