using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Json;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Tests.Registry;

namespace Platform.ApiServer.Tests.CustomResources;

/// <summary>A test server, and what tests of custom resources do with it.</summary>
internal sealed class CustomResourceServer(TestApiServer server, ThingWebhook? webhook = null) : IAsyncDisposable
{
    public const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    public const string CronTabs = "/apis/stable.example.com/v1/namespaces/default/crontabs";

    /// <summary>The definition of Kubernetes' own documentation, with status, scale, columns and more.</summary>
    public const string CronTab = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: crontabs.stable.example.com}
        spec:
          group: stable.example.com
          scope: Namespaced
          names: {plural: crontabs, singular: crontab, kind: CronTab, shortNames: [ct], categories: [all]}
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    properties:
                      cronSpec: {type: string, pattern: '^(\d+|\*)(/\d+)?(\s+(\d+|\*)(/\d+)?){4}$'}
                      image: {type: string}
                      replicas: {type: integer, minimum: 1, maximum: 10, default: 1}
                  status:
                    type: object
                    properties:
                      replicas: {type: integer}
                      labelSelector: {type: string}
            subresources:
              status: {}
              scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas, labelSelectorPath: .status.labelSelector}
            selectableFields: [{jsonPath: .spec.image}]
            additionalPrinterColumns:
            - {name: Spec, type: string, description: When it runs, jsonPath: .spec.cronSpec}
            - {name: Replicas, type: integer, jsonPath: .spec.replicas}
            - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
        """;

    public TestApiServer Server => server;

    public ApiCalls Api { get; } = ApiCalls.To(server);

    private ResourceRegistry Served => server.Services.GetRequiredService<ResourceRegistry>();

    /// <summary>What converts things, where it was started with them.</summary>
    public ThingWebhook Webhook => webhook ?? throw new InvalidOperationException("started without a webhook");

    public static async Task<CustomResourceServer> StartAsync() => new(await TestApiServer.StartAsync());

    /// <summary>With <see cref="Things"/> of two versions, the first of them stored, and the webhook that converts them.</summary>
    public static async Task<CustomResourceServer> StartConvertingAsync(string review = "v1", TimeProvider? time = null)
    {
        var server = new CustomResourceServer(await TestApiServer.StartAsync(new() { Time = time ?? TimeProvider.System }), await ThingWebhook.StartAsync(review));
        await server.DefineAsync(server.Webhook.Definition(stored: "v1"));
        return server;
    }

    public static string Json(string yaml) => Encoding.UTF8.GetString(YamlJson.ToJson(Encoding.UTF8.GetBytes(yaml)));

    /// <summary>Creates a definition and waits until it is established.</summary>
    public async Task<JsonObject> DefineAsync(string yaml)
    {
        var made = await Api.PostAsync(Definitions, Json(yaml));
        return await UntilAsync((string)made["metadata"]!["name"]!, d => Condition(d, "Established") == "True");
    }

    /// <summary>Replaces a definition and waits until it is what is served.</summary>
    public async Task RedefineAsync(string yaml)
    {
        var before = Served.Current;
        var (code, body) = await TryRedefineAsync(yaml);
        code.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        await UntilServedAsync(() => Task.FromResult(!ReferenceEquals(before, Served.Current)));
    }

    /// <summary>Replaces a definition.</summary>
    public async Task<(HttpStatusCode Code, JsonObject Body)> TryRedefineAsync(string yaml)
    {
        var wanted = JsonNode.Parse(Json(yaml))!.AsObject();
        var path = $"{Definitions}/{wanted["metadata"]!["name"]}";
        wanted["metadata"]!["resourceVersion"] = (string)(await Api.GetAsync(path))["metadata"]!["resourceVersion"]!;
        return await Api.SendAsync(HttpMethod.Put, path, wanted.ToJsonString());
    }

    /// <summary>The definition once something is true of it.</summary>
    public Task<JsonObject> UntilAsync(string name, Func<JsonObject, bool> holds) => UntilAsync(Definitions, name, (type, d) => type != "DELETED" && holds(d));

    /// <summary>Waits until a definition is gone that was there.</summary>
    public Task UntilGoneAsync(JsonObject last) => UntilAsync(Definitions, (string)last["metadata"]!["name"]!, (type, _) => type == "DELETED", ApiCalls.Version(last));

    /// <summary>The object of a collection once something is true of it and of the event that told of it.</summary>
    /// <param name="collection">Path of the collection.</param>
    /// <param name="name">Name of the object.</param>
    /// <param name="holds">What is to be true of the event's type and the object.</param>
    /// <param name="since">Version from which on to watch; by default the object as it is now comes first.</param>
    public async Task<JsonObject> UntilAsync(string collection, string name, Func<string, JsonObject, bool> holds, string? since = null)
    {
        while (true)
        {
            await using var watch = await WatchReader.OpenAsync(Api.Http, $"{collection}?watch=true&fieldSelector=metadata.name%3D{name}&resourceVersion={since}");
            while (await watch.NextAsync() is { } item)
            {
                if (holds((string)item["type"]!, item["object"]!.AsObject()))
                    return item["object"]!.AsObject();
            }
            // The watches of custom resources end when their definition changes; as any client this one begins anew.
            since.ShouldBeNull("a watch from a version ended");
        }
    }

    /// <summary>Waits for what follows a change of a definition in its own time: asks again each time that other resources are served.</summary>
    public async Task UntilServedAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        var changed = Channel.CreateBounded<ResourceSnapshot>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        void Tell(ResourceSnapshot served) => changed.Writer.TryWrite(served);
        Served.Changed += Tell;
        try
        {
            while (!await holds())
                await changed.Reader.ReadAsync(patience.Token);
        }
        finally
        {
            Served.Changed -= Tell;
        }
    }

    public static string? Condition(JsonObject definition, string type) =>
        (string?)definition["status"]?["conditions"]?.AsArray().FirstOrDefault(c => (string?)c!["type"] == type)?["status"];

    public Task<JsonObject> CreateAsync(string path, string yaml) => Api.PostAsync(path, Json(yaml));

    public Task<(HttpStatusCode Code, JsonObject Body)> TryCreateAsync(string path, string yaml) => Api.SendAsync(HttpMethod.Post, path, Json(yaml));

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        if (webhook is not null)
            await webhook.DisposeAsync();
    }
}
