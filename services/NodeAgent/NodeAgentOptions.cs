using System.Globalization;
using Platform.ServiceDefaults;

namespace Platform.NodeAgent;

/// <summary>Which runtime runs the pods.</summary>
internal enum RuntimeKind
{
    Containerd,
    Simulated,
}

/// <summary>How a node is set up; read from configuration.</summary>
internal sealed record NodeAgentOptions
{
    /// <summary>Pods that a node takes unless configured: upstream's limit.</summary>
    public const int DefaultMaxPods = 110;

    public required string Name { get; init; }

    public required NodeLayout Layout { get; init; }

    public RuntimeKind Runtime { get; init; }

    /// <summary>Socket of a runtime that is there already; null to run an own containerd.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Port of the node's HTTPS endpoints; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>Address that others reach the node at; found out where not set.</summary>
    public string? Address { get; init; }

    public int MaxPods { get; init; } = DefaultMaxPods;

    /// <summary>How long a simulated container takes to start.</summary>
    public TimeSpan SimulatedStartLatency { get; init; }

    public string DataDirectory { get; init; } = "";

    public static NodeAgentOptions From(IConfiguration configuration)
    {
        var data = configuration["Platform:Data"] ?? throw new InvalidOperationException("Platform:Data is not set: it names the cluster's data folder");
        var name = configuration["Platform:Node:Name"] is { Length: > 0 } given ? given : Environment.MachineName.ToLowerInvariant();
        var runtime = configuration["Platform:Node:Runtime"] ?? "containerd";
        return new()
        {
            Name = name,
            DataDirectory = data,
            Layout = new(new DataLayout(Path.GetFullPath(data)).Node(name)),
            Runtime = runtime.ToLowerInvariant() switch
            {
                "containerd" => RuntimeKind.Containerd,
                "simulated" => RuntimeKind.Simulated,
                _ => throw new InvalidOperationException($"Platform:Node:Runtime is '{runtime}'; it can be containerd or simulated"),
            },
            Endpoint = configuration["Platform:Node:Endpoint"] is { Length: > 0 } endpoint ? endpoint : null,
            Port = Number(configuration, "Platform:Node:Port", 0),
            Address = configuration["Platform:Node:Address"] is { Length: > 0 } address ? address : null,
            MaxPods = Number(configuration, "Platform:Node:MaxPods", DefaultMaxPods),
            SimulatedStartLatency = TimeSpan.FromMilliseconds(Number(configuration, "Platform:Node:SimulatedStartMilliseconds", 0)),
        };
    }

    private static int Number(IConfiguration configuration, string key, int otherwise) => configuration[key] is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
        : throw new InvalidOperationException($"{key} is '{text}', which is not a number");
}
