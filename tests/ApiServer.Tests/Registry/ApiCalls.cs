using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Tests.Registry;

/// <summary>Speaks plain HTTP and JSON to a test server, as a client that knows nothing of the server's types.</summary>
internal sealed class ApiCalls(HttpClient http)
{
    public const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    public HttpClient Http => http;

    public static ApiCalls To(TestApiServer server) => new(server.ClientFor(ComponentIdentity.Administrator));

    public async Task<(HttpStatusCode Code, JsonObject Body)> SendAsync(HttpMethod method, string path, string? body = null,
        string type = "application/json", string? accept = null)
    {
        using var request = Request(method, path, body, type, accept);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        // What is not served at all is answered in plain text.
        return (response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : new() { ["message"] = text });
    }

    /// <summary>A request that is not sent yet.</summary>
    public static HttpRequestMessage Request(HttpMethod method, string path, string? body, string type = "application/json", string? accept = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new(type) } };
        return request;
    }

    public async Task<JsonObject> GetAsync(string path, string? accept = null) => Good(await SendAsync(HttpMethod.Get, path, accept: accept));

    public async Task<JsonObject> PostAsync(string path, string body) => Good(await SendAsync(HttpMethod.Post, path, body));

    public async Task<JsonObject> PutAsync(string path, string body) => Good(await SendAsync(HttpMethod.Put, path, body));

    public async Task<JsonObject> DeleteAsync(string path, string? body = null) => Good(await SendAsync(HttpMethod.Delete, path, body));

    public Task<JsonObject> CreateConfigMapAsync(string name, string labels = "{}", string ns = "default") =>
        PostAsync($"/api/v1/namespaces/{ns}/configmaps", ConfigMap(name, labels));

    public static string ConfigMap(string name, string labels = "{}", string value = "1") =>
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","labels":{{{labels}}}},"data":{"v":"{{{value}}}"}}""";

    public static string Version(JsonObject value) => (string)value["metadata"]!["resourceVersion"]!;

    private static JsonObject Good((HttpStatusCode Code, JsonObject Body) answer)
    {
        ((int)answer.Code).ShouldBeInRange(200, 299, answer.Body.ToJsonString());
        return answer.Body;
    }
}
