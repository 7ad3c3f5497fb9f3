using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Platform.ApiServer.Tests.Proxying;

namespace Platform.ApiServer.Tests.CustomResources;

/// <summary>
/// A real HTTPS webhook that converts <see cref="Things"/>: what <c>v1</c> has as <c>spec.host</c> and <c>spec.port</c> is <c>spec.hostPort</c> in <c>v2</c>, and the
/// replicas are <c>spec.replicas</c> in one and <c>spec.size</c> in the other.
/// </summary>
internal sealed class ThingWebhook : IAsyncDisposable
{
    private static readonly ThingVersion V1 = new("v1", "host: {type: string}, port: {type: integer}, replicas: {type: integer, default: 1}")
    {
        Replicas = "replicas",
        Columns = "[{name: Host, type: string, jsonPath: .spec.host}]",
    };

    private static readonly ThingVersion V2 = new("v2", "hostPort: {type: string}, size: {type: integer}, tier: {type: string, default: basic}")
    {
        Replicas = "size",
        Columns = "[{name: Address, type: string, jsonPath: .spec.hostPort}]",
    };

    private readonly string _review;

    private ThingWebhook(string review) => _review = review;

    public TlsServer Web { get; private set; } = null!;

    /// <summary>The <c>request</c> of each review that was asked.</summary>
    public ConcurrentQueue<JsonObject> Asked { get; } = new();

    /// <summary>Changes the review that answers before it is sent.</summary>
    public Action<JsonObject> Spoil { get; set; } = _ => { };

    /// <summary>Answers in the webhook's place; false where it does not.</summary>
    public Func<HttpContext, Task<bool>> Instead { get; set; } = _ => Task.FromResult(false);

    /// <summary>Path and query of the latest question.</summary>
    public string? AskedAt { get; private set; }

    /// <summary>Starts it.</summary>
    /// <param name="review">Version of the reviews that it knows.</param>
    public static async Task<ThingWebhook> StartAsync(string review)
    {
        var webhook = new ThingWebhook(review);
        webhook.Web = await TlsServer.StartAsync(webhook.AnswerAsync);
        return webhook;
    }

    /// <summary>The definition of what it converts.</summary>
    /// <param name="stored">The version that is stored.</param>
    public string Definition(string stored) => new ThingDefinition(V1 with { Stored = stored == "v1" }, V2 with { Stored = stored == "v2" })
    {
        Scope = "Namespaced",
        Conversion = $"{{strategy: Webhook, webhook: {{conversionReviewVersions: [{_review}], clientConfig: {{url: '{Web.Url}/convert', caBundle: {Web.CaBundle}}}}}}}",
    }.Yaml;

    public ValueTask DisposeAsync() => Web.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        AskedAt = context.Request.Path + context.Request.QueryString;
        if (await Instead(context))
            return;
        var review = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        var request = review["request"]!.AsObject();
        Asked.Enqueue(request);
        var version = (string)request["desiredAPIVersion"]!;
        var answer = new JsonObject
        {
            ["apiVersion"] = (string)review["apiVersion"]!,
            ["kind"] = "ConversionReview",
            ["response"] = new JsonObject
            {
                ["uid"] = (string)request["uid"]!,
                ["result"] = new JsonObject { ["status"] = "Success" },
                ["convertedObjects"] = new JsonArray([.. request["objects"]!.AsArray().Select(o => Convert(o!.DeepClone().AsObject(), version))]),
            },
        };
        Spoil(answer);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private static JsonObject Convert(JsonObject value, string version)
    {
        value["apiVersion"] = version;
        if (value["spec"] is JsonObject spec)
        {
            if (version.EndsWith("v2", StringComparison.Ordinal))
            {
                if (spec.Remove("host", out var host) | spec.Remove("port", out var port))
                    spec["hostPort"] = $"{host}:{port}";
                Rename(spec, "replicas", "size");
            }
            else
            {
                if (spec.Remove("hostPort", out var address) && ((string)address!).Split(':') is [var host, var port])
                    (spec["host"], spec["port"]) = (host, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture));
                Rename(spec, "size", "replicas");
            }
        }
        if (value["status"] is JsonObject status)
            Rename(status, version.EndsWith("v2", StringComparison.Ordinal) ? "replicas" : "size", version.EndsWith("v2", StringComparison.Ordinal) ? "size" : "replicas");
        return value;
    }

    private static void Rename(JsonObject map, string from, string to)
    {
        if (map.Remove(from, out var value))
            map[to] = value;
    }
}
