using System.CommandLine;
using Platform.Cli.Lifecycle;

namespace Platform.Cli.Commands;

/// <summary><c>platform down</c>: stops the cluster's processes. State stays, and so do running containers until the next <c>up</c> or <c>reset</c>.</summary>
internal static class DownCommand
{
    public static Command Create()
    {
        var command = new Command("down", "Stops the cluster; its state stays for the next up.");
        command.Does(async (parsed, cancellationToken) =>
        {
            var steps = new Steps(Console.Out, TimeProvider.System, !Console.IsOutputRedirected);
            var process = new ClusterProcess(DataFolder.Of(parsed), TimeProvider.System);
            await steps.RunAsync("stop the cluster", async () => await process.StopAsync(cancellationToken) ? "" : "it was not running");
            return 0;
        });
        return command;
    }
}
