using Microsoft.Extensions.Hosting;
using Platform.ApiServer;
using Platform.ControllerManager;
using Platform.NodeAgent;
using Platform.Scheduler;
using Platform.ServiceDefaults;
using Platform.ServiceProxy;

namespace Platform.Standalone;

/// <summary>
/// Every service in one process, or those that <c>Platform:Services</c> names (<c>api-server,scheduler</c>). What belongs to a node runs where one is
/// named (<c>Platform:Node:Name</c>); otherwise this is a control plane alone.
/// </summary>
public static class StandaloneProgram
{
    /// <summary>Runs until SIGTERM or SIGINT.</summary>
    public static Task RunAsync(string[] args) => ServiceProgram.RunAsync(args, "platform", Add);

    private static void Add(IHostApplicationBuilder builder)
    {
        var wanted = builder.Configuration["Platform:Services"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var hasNode = builder.Configuration["Platform:Node:Name"] is { Length: > 0 };
        (string Name, bool Runs, Action<IHostApplicationBuilder> Add)[] services =
        [
            ("api-server", true, b => b.AddApiServer()),
            ("controller-manager", true, b => b.AddControllerManager()),
            ("scheduler", true, b => b.AddScheduler()),
            ("node-agent", hasNode, b => b.AddNodeAgent()),
            ("service-proxy", hasNode, b => b.AddServiceProxy()),
        ];
        if (wanted?.Except(services.Select(s => s.Name)).FirstOrDefault() is { } unknown)
            throw new InvalidOperationException($"Platform:Services names \"{unknown}\"; there are {string.Join(", ", services.Select(s => s.Name))}");
        foreach (var service in services.Where(s => s.Runs && wanted?.Contains(s.Name) != false))
            service.Add(builder);
    }
}
