using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Platform.ApiServer.Patching;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Tests.Patching;

/// <summary>Requests of several field managers to one test server.</summary>
internal sealed class ApplyCalls(HttpClient http)
{
    public const string ConfigMap = "/api/v1/namespaces/default/configmaps/a";
    public const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    public const string Deployment = "/apis/apps/v1/namespaces/default/deployments/web";

    public static ApplyCalls To(TestApiServer server) => new(server.ClientFor(ComponentIdentity.Administrator));

    public async Task<(int Code, JsonObject Body)> SendAsync(HttpMethod method, string path, string? body, string type, string? agent = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("User-Agent", agent ?? "tester/1.0 (linux)");
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new(type) } };
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }

    public Task<(int Code, JsonObject Body)> TryApplyAsync(string path, string manager, string yaml, bool force = false, string query = "") =>
        SendAsync(HttpMethod.Patch, $"{path}?fieldManager={manager}{(force ? "&force=true" : "")}{query}", yaml, ApplyPatch.MediaType);

    public async Task<JsonObject> ApplyAsync(string path, string manager, string yaml, bool force = false) => Good(await TryApplyAsync(path, manager, yaml, force));

    public async Task<JsonObject> GetAsync(string path) => Good(await SendAsync(HttpMethod.Get, path, null, ""));

    public async Task<JsonObject> PostAsync(string path, string body, string agent = "creator/1") =>
        Good(await SendAsync(HttpMethod.Post, path, body, "application/json", agent));

    public async Task<JsonObject> PutAsync(string path, string body, string agent = "updater/1") =>
        Good(await SendAsync(HttpMethod.Put, path, body, "application/json", agent));

    public async Task<JsonObject> MergeAsync(string path, string body, string agent = "patcher/1") =>
        Good(await SendAsync(HttpMethod.Patch, path, body, "application/merge-patch+json", agent));

    /// <summary>A config map to apply.</summary>
    public static string Map(string data, string name = "a") => $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}"},"data":{{{{data}}}}}""";

    /// <summary>The entries as lines: manager, operation, subresource and the fields.</summary>
    public static string[] Owners(JsonObject value) =>
    [
        .. (value["metadata"]!["managedFields"] as JsonArray ?? []).Select(e =>
            $"{e!["manager"]} {e["operation"]}{(e["subresource"] is { } s ? "/" + s : "")} {e["fieldsV1"]!.ToJsonString(Relaxed)}"),
    ];

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static JsonObject Good((int Code, JsonObject Body) answer)
    {
        answer.Code.ShouldBeInRange((int)HttpStatusCode.OK, 299, answer.Body.ToJsonString());
        return answer.Body;
    }
}
