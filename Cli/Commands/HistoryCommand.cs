using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Cli.History;
using Platform.Client;
using Platform.ServiceDefaults;

namespace Platform.Cli.Commands;

/// <summary><c>platform history OBJECT</c> and <c>platform undo OBJECT</c>: what was changed when by whom, and the way back.</summary>
internal static class HistoryCommand
{
    private static readonly Argument<string> Target = new("OBJECT") { Description = "Kind and name, such as deploy/hello or configmap/settings." };
    private static readonly Option<string> Namespace = new("--namespace", "-n") { Description = "Namespace of the object.", DefaultValueFactory = _ => "default" };

    public static Command CreateHistory()
    {
        var all = new Option<bool>("--all") { Description = "All changes of each revision, uncut." };
        var command = new Command("history", "Lists the retained revisions of an object with their changes, newest first.") { Target, Namespace, all };
        command.Does(async (parsed, cancellationToken) =>
        {
            using var client = Connect(parsed);
            var path = await ObjectPath.FindAsync(client.Http, parsed.GetValue(Target)!, parsed.GetValue(Namespace)!, cancellationToken);
            using var history = await SendAsync(client.Http, HttpMethod.Get, path + "?history=true", null, cancellationToken);
            HistoryText.Print(Console.Out, history.RootElement, parsed.GetValue(all));
            return 0;
        });
        return command;
    }

    public static Command CreateUndo()
    {
        var to = new Option<string>("--to") { Description = "Revision to go back to, as history lists them; without it the one before the latest change." };
        var command = new Command("undo", "Writes an earlier revision of an object back as a new change, also after it was deleted.") { Target, Namespace, to };
        command.Does(async (parsed, cancellationToken) =>
        {
            using var client = Connect(parsed);
            var path = await ObjectPath.FindAsync(client.Http, parsed.GetValue(Target)!, parsed.GetValue(Namespace)!, cancellationToken);
            var body = parsed.GetValue(to) is { } revision ? new JsonObject { ["revision"] = revision }.ToJsonString() : "{}";
            using var written = await SendAsync(client.Http, HttpMethod.Post, path + "/undo", body, cancellationToken);
            var version = written.RootElement.GetProperty("metadata").GetProperty("resourceVersion").GetString();
            Console.Out.WriteLine($"{parsed.GetValue(Target)} undone as revision {version}");
            using var history = await SendAsync(client.Http, HttpMethod.Get, path + "?history=true", null, cancellationToken);
            // Another write may have come in since; what the undo changed stands at its own revision.
            foreach (var item in history.RootElement.GetProperty("items").EnumerateArray().Where(i => i.GetProperty("revision").GetString() == version))
                HistoryText.PrintChanges(Console.Out, item, all: false);
            return 0;
        });
        return command;
    }

    private static ApiClient Connect(ParseResult parsed) =>
        ApiClientFactory.FromKubeconfig(new DataLayout(DataFolder.Of(parsed)).AdminKubeconfig, "cli", TimeProvider.System);

    private static async Task<JsonDocument> SendAsync(HttpClient http, HttpMethod method, string path, string? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, null, "application/json") };
        using var answer = await http.SendAsync(request, cancellationToken);
        var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        if (answer.IsSuccessStatusCode)
            return document;
        using (document)
            throw new InvalidOperationException(document.RootElement.GetProperty("message").GetString());
    }
}
