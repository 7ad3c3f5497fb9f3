using System.CommandLine;
using Platform.Cli.Lifecycle;
using Platform.ServiceDefaults;

namespace Platform.Cli.Commands;

/// <summary><c>platform up</c>: starts a cluster in the background and returns when it is ready.</summary>
internal static class UpCommand
{
    private static readonly Option<int?> Port = new("--port") { Description = "TLS port of the API server; the first free one from 6443 unless given." };
    private static readonly Option<bool> ControlPlaneOnly = new("--control-plane-only") { Description = "No node, no service proxy." };
    private static readonly Option<bool> Microservices = new("--microservices") { Description = "Each service is a process of its own, composed by the app host." };

    private static readonly Option<string?> Store = OneOf("--store", "Where the state is kept; sqlite unless given (etcd with --microservices).", "sqlite", "etcd", "memory");
    private static readonly Option<string?> Runtime = OneOf("--runtime", "What runs the pods; containerd where it can run unless given.", "containerd", "simulated");
    private static readonly Option<int> Nodes = new("--nodes") { Description = "Nodes on this machine.", DefaultValueFactory = _ => 1 };

    public static Command Create()
    {
        var command = new Command("up", "Starts a cluster and waits until it is ready.") { Port, ControlPlaneOnly, Microservices, Store, Runtime, Nodes };
        command.Does(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(Nodes) != 1)
                throw new InvalidOperationException("one node per machine is what this version can run; join further machines instead of --nodes");
            var plan = new UpPlan(
                DataFolder.Of(parsed),
                new ClusterWishes(parsed.GetValue(Port), parsed.GetValue(Store) ?? DefaultStore(parsed), parsed.GetValue(ControlPlaneOnly) ? [] : [NodeName()]),
                parsed.GetValue(ControlPlaneOnly) ? null : NodeRuntime.Choose(parsed.GetValue(Runtime)),
                parsed.GetValue(Microservices));
            return await new ClusterStart(plan, Console.Out, TimeProvider.System).RunAsync(cancellationToken);
        });
        return command;
    }

    // A new cluster of separate processes keeps its state in etcd, an existing one where it did before.
    private static string? DefaultStore(ParseResult parsed) =>
        parsed.GetValue(Microservices) && !File.Exists(Path.Combine(DataFolder.Of(parsed), "cluster.json")) && NodeRuntime.Find("etcd") is not null ? "etcd" : null;

    private static string NodeName() => Environment.MachineName.ToLowerInvariant();

    private static Option<string?> OneOf(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
