using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.Api.Json;
using Platform.ApiServer.Registry.Rules;
using Platform.ApiServer.Tests.Registry;
using YamlDotNet.Serialization;

namespace Platform.ApiServer.Tests.Cases;

/// <summary>
/// Sends the documents of a case, separated by <c>---</c>, and writes down the answers. A document is an object to create, or with a comment
/// <c># PATCH path</c>, <c># PUT path</c>, <c># POST path</c>, <c># DELETE path</c>, <c># GET path</c> or <c># TABLE path</c> before it, a request whose path may leave out
/// everything up to the resource. A comment <c># quiet</c> leaves a good answer out, and <c># SETTLE</c>
/// waits until the server's own parts see what was written. What differs from run to run is written as a placeholder.
/// </summary>
internal sealed partial class KindCaseRunner(HttpClient http, Func<Task> settled)
{
    private static readonly ISerializer Yaml = new SerializerBuilder().WithQuotingNecessaryStrings(quoteYaml1_1Strings: true).Build();

    public async Task<string> RunAsync(string ns, string input)
    {
        await SendAsync(HttpMethod.Post, "/api/v1/namespaces", $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{ns}}}"}}""", null);
        var answers = new StringBuilder();
        foreach (var document in Documents().Split(input))
        {
            if (document.Contains("# SETTLE", StringComparison.Ordinal))
                await settled();
            var comment = Comment().Match(document);
            var quiet = document.Contains("# quiet", StringComparison.Ordinal);
            var body = ToJson(document);
            var (verb, path) = comment.Success
                ? (comment.Groups[1].Value, Full(comment.Groups[2].Value, ns))
                : ("POST", body is null ? "" : Collection(body, ns));
            if (path.Length == 0)
                continue;
            var answer = await AnswerAsync(verb, path, body);
            if (quiet && (int?)answer["code"] is >= 200 and < 300)
                continue;
            answers.Append(answers.Length > 0 ? "---\n" : "").Append(Yaml.Serialize(Plain(answer)!).Replace(ns, "NAMESPACE", StringComparison.Ordinal));
        }

        return answers.ToString();
    }

    private async Task<JsonObject> AnswerAsync(string verb, string path, JsonNode? body) => verb switch
    {
        "TABLE" => Table(await SendAsync(HttpMethod.Get, path, null, "application/json;as=Table;v=v1;g=meta.k8s.io")),
        "PATCH" => await SendAsync(HttpMethod.Patch, path, body?.ToJsonString() ?? "{}", null, "application/merge-patch+json"),
        _ => await SendAsync(new HttpMethod(verb), path, body?.ToJsonString(), null),
    };

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, string? body, string? accept, string type = "application/json")
    {
        using var request = ApiCalls.Request(method, path, body, type, accept);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var answer = new JsonObject { ["code"] = (int)response.StatusCode };
        if (response.Headers.TryGetValues("Warning", out var warnings))
            answer["warnings"] = new JsonArray([.. warnings.Select(w => (JsonNode)w)]);
        answer["body"] = Settled(JsonNode.Parse(Uid().Replace(text, "UID")));
        return answer;
    }

    /// <summary>The answer without what is the server's business of the moment, and of a failure only what clients show.</summary>
    private static JsonNode? Settled(JsonNode? body)
    {
        if (body is not JsonObject value)
            return body;
        if ((string?)value["kind"] == "Status" && (string?)value["status"] == "Failure")
            return new JsonObject { ["reason"] = (string?)value["reason"], ["message"] = (string?)value["message"], ["causes"] = value["details"]?["causes"]?.DeepClone() };
        if (value["metadata"] is JsonObject metadata)
        {
            foreach (var member in new[] { "uid", "resourceVersion", "creationTimestamp", "managedFields" })
                metadata.Remove(member);
        }

        return value;
    }

    private static JsonObject Table(JsonObject answer)
    {
        if (answer["body"]?["columnDefinitions"] is not JsonArray columns)
            return answer;
        var rows = answer["body"]!["rows"]!.AsArray().Select(row => (JsonNode)new JsonObject(columns.Select((c, i) =>
            KeyValuePair.Create(((int?)c!["priority"] > 0 ? "wide " : "") + (string?)c["name"], row!["cells"]![i]?.DeepClone()))));
        return new() { ["rows"] = new JsonArray([.. rows]) };
    }

    private static string Collection(JsonNode body, string ns)
    {
        var (version, kind) = ((string?)body["apiVersion"], (string?)body["kind"]);
        var definition = BuiltInResources.All.First(d => d.ApiVersion == version && d.Kind == kind);
        return (definition.Group.Length == 0 ? "/api/" : "/apis/") + version + (definition.Namespaced ? $"/namespaces/{ns}/" : "/") + definition.Plural;
    }

    /// <summary>A path that begins with a resource's name is one of the case's namespace, or of the cluster.</summary>
    private static string Full(string path, string ns)
    {
        if (path.StartsWith('/'))
            return path.Replace("NAMESPACE", ns, StringComparison.Ordinal);
        var plural = path.Split('/', '?')[0];
        var definition = BuiltInResources.All.First(d => d.Plural == plural);
        return (definition.Group.Length == 0 ? "/api/" : "/apis/") + definition.ApiVersion + (definition.Namespaced ? $"/namespaces/{ns}/" : "/") + path;
    }

    private static JsonNode? ToJson(string document)
    {
        var text = string.Join('\n', document.Split('\n').Where(l => !l.StartsWith('#')));
        return text.Trim().Length == 0 ? null : JsonNode.Parse(YamlJson.ToJson(Encoding.UTF8.GetBytes(text)));
    }

    private static object? Plain(JsonNode? node) => node switch
    {
        JsonObject value => value.Where(m => m.Value is not null).ToDictionary(m => m.Key, m => Plain(m.Value)),
        JsonArray list => list.Select(Plain).ToList(),
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        JsonValue value when long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => node?.ToJsonString(),
    };

    [GeneratedRegex(@"^---\s*$", RegexOptions.Multiline)]
    private static partial Regex Documents();

    [GeneratedRegex(@"^# (PATCH|PUT|POST|DELETE|GET|TABLE) (\S+)", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Uid();
}
