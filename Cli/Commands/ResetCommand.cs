using System.CommandLine;
using Platform.Cli.Lifecycle;
using Platform.NodeAgent;
using Platform.ServiceDefaults;
using Platform.ServiceProxy;

namespace Platform.Cli.Commands;

/// <summary><c>platform reset</c>: stops the cluster and removes all that it made on the machine, so that the next <c>up</c> makes a new one.</summary>
internal static class ResetCommand
{
    public static Command Create()
    {
        var command = new Command("reset", "Stops the cluster and removes its state, containers and network rules.");
        command.Does(async (parsed, cancellationToken) =>
        {
            var data = DataFolder.Of(parsed);
            var time = TimeProvider.System;
            var steps = new Steps(Console.Out, time, !Console.IsOutputRedirected);
            await steps.RunAsync("stop the cluster", async () => await new ClusterProcess(data, time).StopAsync(cancellationToken) ? "" : "it was not running");
            // Only a folder that holds a cluster is ever deleted, whatever --data says.
            if (!File.Exists(Path.Combine(data, "cluster.json")))
            {
                Console.WriteLine($"there is no cluster in {data}");
                return 0;
            }

            foreach (var node in Nodes(data))
                await steps.RunAsync($"remove containers of node {node}", async () => await DoneAsync(NodeReset.RunAsync(data, node, time, cancellationToken)));
            if (Environment.IsPrivilegedProcess)
                await steps.RunAsync("remove network rules", () => RemoveNetworkRulesAsync(data, time, cancellationToken));
            await steps.Run("remove state", () =>
            {
                Directory.Delete(data, recursive: true);
                return data;
            });
            return 0;
        });
        return command;
    }

    private static async Task<string> RemoveNetworkRulesAsync(string data, TimeProvider time, CancellationToken cancellationToken) =>
        ClusterSettings.FindId(data) is { } id
            ? await ServiceProxyTable.RemoveAsync(id, time, cancellationToken) ?? ""
            : "cluster.json does not say which are this cluster's: see nft list tables";

    private static IEnumerable<string> Nodes(string data)
    {
        var nodes = Path.Combine(data, "nodes");
        return Directory.Exists(nodes) ? Directory.EnumerateDirectories(nodes).Select(folder => Path.GetFileName(folder)) : [];
    }

    private static async Task<string> DoneAsync(Task task)
    {
        await task;
        return "";
    }
}
