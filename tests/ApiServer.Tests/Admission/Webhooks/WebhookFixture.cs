using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Platform.ApiServer.Tests.Proxying;
using Platform.ApiServer.Tests.Registry;

namespace Platform.ApiServer.Tests.Admission.Webhooks;

/// <summary>An API server and a webhook server, which answers as the test says.</summary>
internal sealed class WebhookFixture : IAsyncDisposable
{
    private readonly Func<JsonObject, JsonObject> _answer;

    private WebhookFixture(TestApiServer server, Func<JsonObject, JsonObject> answer)
    {
        Server = server;
        Calls = ApiCalls.To(server);
        _answer = answer;
    }

    public TestApiServer Server { get; }

    public ApiCalls Calls { get; }

    public TlsServer Hook { get; private set; } = null!;

    /// <summary>The <c>request</c> of each review that was asked, with the path it came by.</summary>
    public ConcurrentQueue<(string Path, JsonObject Request)> Asked { get; } = new();

    public static async Task<WebhookFixture> StartAsync(Func<JsonObject, JsonObject> answer, string? dnsName = null)
    {
        var fixture = new WebhookFixture(await TestApiServer.StartAsync(), answer);
        fixture.Hook = await TlsServer.StartAsync(fixture.AnswerAsync, dnsName);
        return fixture;
    }

    public static JsonObject Allow() => new() { ["allowed"] = true };

    public static JsonObject Deny(string message, int code = 0) => new()
    {
        ["allowed"] = false,
        ["status"] = new JsonObject { ["message"] = message, ["code"] = code },
    };

    public static JsonObject Patch(string operations) => new()
    {
        ["allowed"] = true,
        ["patchType"] = "JSONPatch",
        ["patch"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(operations)),
    };

    /// <summary>Creates a configuration of one webhook <c>hook.example.com</c> for ConfigMaps, with more members as given.</summary>
    public async Task ConfigureAsync(string kind, string more = "{}", string name = "c", string? hook = null, string path = "/")
    {
        var webhook = new JsonObject
        {
            ["name"] = hook ?? "hook.example.com",
            ["clientConfig"] = new JsonObject { ["url"] = Hook.Url + path, ["caBundle"] = Hook.CaBundle },
            ["rules"] = JsonNode.Parse("""[{"operations":["*"],"apiGroups":[""],"apiVersions":["v1"],"resources":["configmaps"]}]"""),
            ["sideEffects"] = "None",
            ["admissionReviewVersions"] = new JsonArray("v1"),
        };
        foreach (var (member, value) in JsonNode.Parse(more)!.AsObject())
            webhook[member] = value?.DeepClone();
        await Calls.PostAsync($"/apis/admissionregistration.k8s.io/v1/{kind.ToLowerInvariant()}s", new JsonObject
        {
            ["apiVersion"] = "admissionregistration.k8s.io/v1",
            ["kind"] = kind,
            ["metadata"] = new JsonObject { ["name"] = name },
            ["webhooks"] = new JsonArray(webhook),
        }.ToJsonString());
        await Server.SettledAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Hook.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var review = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        var request = review["request"]!.AsObject();
        Asked.Enqueue((context.Request.Path + context.Request.QueryString, request));
        var response = _answer(request);
        response["uid"] ??= (string)request["uid"]!;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(new JsonObject
        {
            ["apiVersion"] = "admission.k8s.io/v1",
            ["kind"] = "AdmissionReview",
            ["response"] = response,
        }.ToJsonString());
    }
}
