using System.CommandLine;
using Platform.Cli;
using Platform.Cli.Commands;
using Platform.Cli.Lifecycle;
using Platform.Standalone;

// The cluster's own process, which up starts in the background: the same program, so that there is one to compile, to copy and to install.
if (args is [ClusterProgram.Serve, .. var settings])
{
    await StandaloneProgram.RunAsync(settings);
    return 0;
}

var root = new RootCommand("Runs Kubernetes clusters on this machine.")
{
    UpCommand.Create(),
    DownCommand.Create(),
    ResetCommand.Create(),
    KubeconfigCommand.Create(),
    ImageCommand.Create(),
    TraceCommand.Create(),
    HistoryCommand.CreateHistory(),
    HistoryCommand.CreateUndo(),
};
root.Options.Add(DataFolder.Option);
return await root.Parse(args).InvokeAsync();
