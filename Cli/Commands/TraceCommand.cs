using System.CommandLine;
using System.Text.Json;
using Platform.Cli.Tracing;
using Platform.Client;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Cli.Commands;

/// <summary><c>platform trace OBJECT</c>: what caused what, from the write to the containers, with durations.</summary>
internal static class TraceCommand
{
    public static Command Create()
    {
        var target = new Argument<string>("OBJECT") { Description = "Kind and name, such as deploy/hello or pod/hello-5d4f8." };
        var ns = new Option<string>("--namespace", "-n") { Description = "Namespace of the object.", DefaultValueFactory = _ => "default" };
        var all = new Option<bool>("--all") { Description = "All traces that touched the object, not only the latest." };
        var command = new Command("trace", "Shows what caused what for an object, as a tree with durations.") { target, ns, all };
        command.Does(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(target)!.Split('/') is not [var resource, var name])
                throw new InvalidOperationException("name the object as KIND/NAME, such as deploy/hello");
            var kubeconfig = new DataLayout(DataFolder.Of(parsed)).AdminKubeconfig;
            using var client = ApiClientFactory.FromKubeconfig(kubeconfig, "cli", TimeProvider.System);
            var key = Uri.EscapeDataString($"{resource}/{parsed.GetValue(ns)}/{name}");
            using var answer = await client.Http.GetAsync("/platform/v1/traces?object=" + key, cancellationToken);
            using var body = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException(body.RootElement.GetProperty("message").GetString());
            var traces = TraceTree.Of(body.RootElement.GetProperty("traces").EnumerateArray()
                .SelectMany(trace => trace.GetProperty("spans").Deserialize(SpanJson.Default.ListSpanRecord) ?? []));
            if (traces.Count == 0)
                throw new InvalidOperationException($"no trace of {resource}/{name} is held; the server keeps the latest in memory");
            // One trace is the latest that somebody began at this object; where that is no longer held, the latest that passed by it.
            var latest = traces.LastOrDefault(t => t.BeganWith(name)) ?? traces[^1];
            foreach (var trace in parsed.GetValue(all) ? traces : [latest])
                trace.Print(Console.Out);
            return 0;
        });
        return command;
    }
}
