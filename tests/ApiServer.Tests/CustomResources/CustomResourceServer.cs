using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Json;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Tests.Registry;
using Platform.Testing;

namespace Platform.ApiServer.Tests.CustomResources;

/// <summary>A test server, and what tests of custom resources do with it.</summary>
internal sealed class CustomResourceServer(TestApiServer server) : IAsyncDisposable
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

    public static async Task<CustomResourceServer> StartAsync() => new(await TestApiServer.StartAsync());

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
        var resources = server.Services.GetRequiredService<ResourceRegistry>();
        var before = resources.Current;
        var (code, body) = await TryRedefineAsync(yaml);
        code.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        await EventuallyAsync(() => Task.FromResult(!ReferenceEquals(before, resources.Current)));
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
    public async Task<JsonObject> UntilAsync(string name, Func<JsonObject, bool> holds)
    {
        await using var watch = await WatchReader.OpenAsync(Api.Http, $"{Definitions}?watch=true&fieldSelector=metadata.name%3D{name}");
        while (await watch.NextAsync() is { } item)
        {
            if (holds(item["object"]!.AsObject()))
                return item["object"]!.AsObject();
        }
        throw new InvalidOperationException("the watch ended");
    }

    /// <summary>
    /// Waits for what follows a write in its own time. Asks again each time that the store has moved on, or after a moment where it does not.
    /// </summary>
    public async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await holds())
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
    }

    public static string? Condition(JsonObject definition, string type) =>
        (string?)definition["status"]?["conditions"]?.AsArray().FirstOrDefault(c => (string?)c!["type"] == type)?["status"];

    public Task<(HttpStatusCode Code, JsonObject Body)> CreateAsync(string path, string yaml) => Api.SendAsync(HttpMethod.Post, path, Json(yaml));

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
