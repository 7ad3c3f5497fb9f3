using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Streaming;

/// <summary>Which container of a pod a request means, and the path and query by which its node's agent knows it.</summary>
internal static class PodStreamTarget
{
    private const string DefaultContainerAnnotation = "kubectl.kubernetes.io/default-container";

    private static readonly string[] LogParameters = ["follow", "previous", "sinceSeconds", "sinceTime", "timestamps", "tailLines", "limitBytes", "stream"];

    private static readonly (string Api, string Agent)[] StreamParameters =
        [("stdin", "input"), ("stdout", "output"), ("stderr", "error"), ("tty", "tty")];

    /// <summary>The container that is named, or the only one, or the default one.</summary>
    /// <exception cref="ApiException">400 where that does not say which.</exception>
    public static string Container(Pod pod, string asked)
    {
        string[] regular = [.. (pod.Spec?.Containers ?? []).Select(c => c.Name!)];
        string[] initial = [.. (pod.Spec?.InitContainers ?? []).Select(c => c.Name!)];
        string[] ephemeral = [.. (pod.Spec?.EphemeralContainers ?? []).Select(c => c.Name!)];
        if (asked.Length > 0)
        {
            return regular.Contains(asked) || initial.Contains(asked) || ephemeral.Contains(asked)
                ? asked
                : throw ApiErrors.BadRequest($"container {asked} is not valid for pod {pod.Metadata.Name}");
        }

        if (regular.Length == 1)
            return regular[0];
        if (pod.Metadata.Annotations?.GetValueOrDefault(DefaultContainerAnnotation) is { } preferred && regular.Contains(preferred))
            return preferred;
        var message = $"a container name must be specified for pod {pod.Metadata.Name}, choose one of: [{string.Join(' ', regular)}]";
        if (initial.Length > 0)
            message += $" or one of the init containers: [{string.Join(' ', initial)}]";
        throw ApiErrors.BadRequest(message);
    }

    /// <summary>What a connection asks for, as admission is told: <c>PodExecOptions</c>, <c>PodAttachOptions</c>, <c>PodPortForwardOptions</c>.</summary>
    public static JsonObject Options(string subresource, IQueryCollection query)
    {
        var kind = subresource switch { "exec" => "PodExecOptions", "attach" => "PodAttachOptions", _ => "PodPortForwardOptions" };
        var options = new JsonObject { ["kind"] = kind, ["apiVersion"] = "v1" };
        if (subresource == "portforward")
        {
            var ports = query["ports"].SelectMany(p => (p ?? "").Split(',')).Where(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out _));
            options["ports"] = new JsonArray([.. ports.Select(p => JsonValue.Create(int.Parse(p, CultureInfo.InvariantCulture)))]);
            return options;
        }

        foreach (var (flag, _) in StreamParameters)
        {
            if (QueryFlag.IsSet(query[flag].FirstOrDefault()))
                options[flag] = true;
        }

        if (query["container"].ToString() is { Length: > 0 } container)
            options["container"] = container;
        if (subresource == "exec")
            options["command"] = new JsonArray([.. query["command"].Select(c => JsonValue.Create(c))]);
        return options;
    }

    /// <summary>Path and query on the agent.</summary>
    public static string PathAndQuery(Pod pod, string subresource, IQueryCollection query)
    {
        var (ns, name) = (Uri.EscapeDataString(pod.Metadata.Namespace!), Uri.EscapeDataString(pod.Metadata.Name!));
        if (subresource == "portforward")
            return $"/portForward/{ns}/{name}" + Query(query, ["ports", "port"], []);
        var container = Uri.EscapeDataString(Container(pod, query["container"].ToString()));
        return subresource switch
        {
            "log" => $"/containerLogs/{ns}/{name}/{container}" + Query(query, LogParameters, []),
            "exec" => $"/exec/{ns}/{name}/{container}" + Query(query, ["command"], StreamParameters),
            _ => $"/attach/{ns}/{name}/{container}" + Query(query, [], StreamParameters),
        };
    }

    private static string Query(IQueryCollection query, string[] copied, (string Api, string Agent)[] flags)
    {
        var text = new StringBuilder();
        void Add(string name, string value) => text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        foreach (var name in copied)
        {
            foreach (var value in query[name])
                Add(name == "ports" ? "port" : name, value ?? "");
        }

        foreach (var (api, agent) in flags)
        {
            if (QueryFlag.IsSet(query[api].FirstOrDefault()))
                Add(agent, "1");
        }

        return text.ToString();
    }
}
