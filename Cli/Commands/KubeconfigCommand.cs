using System.CommandLine;
using Platform.ServiceDefaults;

namespace Platform.Cli.Commands;

/// <summary><c>platform kubeconfig</c>: prints the path of the administrator's kubeconfig.</summary>
internal static class KubeconfigCommand
{
    public static Command Create()
    {
        var command = new Command("kubeconfig", "Prints the path of the cluster's kubeconfig, for KUBECONFIG.");
        command.Does((parsed, _) =>
        {
            var path = new DataLayout(DataFolder.Of(parsed)).AdminKubeconfig;
            if (!File.Exists(path))
                throw new InvalidOperationException($"there is no cluster in {DataFolder.Of(parsed)}; make one with: ./platform up --data {DataFolder.Of(parsed)}");
            Console.WriteLine(path);
            return Task.FromResult(0);
        });
        return command;
    }
}
