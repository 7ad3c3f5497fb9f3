using System.CommandLine;
using Platform.Cli;
using Platform.Cli.Commands;

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
