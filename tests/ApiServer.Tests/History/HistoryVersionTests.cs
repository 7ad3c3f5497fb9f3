using System.Net.Http;
using System.Text.Json.Nodes;
using Platform.ApiServer.Tests.CustomResources;
using Platform.ApiServer.Tests.Registry;

namespace Platform.ApiServer.Tests.History;

/// <summary>History that is read through a version that is not the stored one.</summary>
public sealed class HistoryVersionTests
{
    [Fact]
    public async Task Changes_are_those_of_the_fields_of_the_version_that_is_asked_for()
    {
        await using var server = await TestApiServer.StartAsync();
        var calls = ApiCalls.To(server);
        const string old = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers";
        await calls.PostAsync(old, """
            {"apiVersion":"autoscaling/v1","kind":"HorizontalPodAutoscaler","metadata":{"name":"h"},"spec":{"maxReplicas":3,"targetCPUUtilizationPercentage":50,
             "scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"d"}}}
            """);
        await calls.SendAsync(HttpMethod.Patch, old + "/h", """{"spec":{"targetCPUUtilizationPercentage":60}}""", "application/merge-patch+json");
        Changes(await calls.GetAsync(old + "/h?history=true")).ShouldBe(["""{"path":"spec.targetCPUUtilizationPercentage","from":50,"to":60}"""]);
        Changes(await calls.GetAsync(old.Replace("v1", "v2", StringComparison.Ordinal) + "/h?history=true")).ShouldHaveSingleItem().ShouldContain("spec.metrics");
    }

    [Fact]
    public async Task Changes_of_a_custom_resource_are_converted_by_its_webhook_as_long_as_it_answers()
    {
        await using var server = await CustomResourceServer.StartConvertingAsync();
        await server.CreateAsync(Things.V1, Things.Thing1("one"));
        await server.Api.SendAsync(HttpMethod.Patch, Things.V1 + "/one", """{"spec":{"host":"b"}}""", "application/merge-patch+json");
        Changes(await server.Api.GetAsync(Things.V1 + "/one?history=true")).ShouldBe(["""{"path":"spec.host","from":"a","to":"b"}"""]);
        Changes(await server.Api.GetAsync(Things.V2 + "/one?history=true")).ShouldBe(["""{"path":"spec.hostPort","from":"a:80","to":"b:80"}"""]);
        await server.Webhook.DisposeAsync();
        var items = (await server.Api.GetAsync(Things.V2 + "/one?history=true"))["items"]!.AsArray();
        items.Count.ShouldBe(2);
        items[0]!["changes"].ShouldBeNull();
        ((string?)items[0]!["changesUnavailable"])!.ShouldStartWith("conversion webhook for test.example.com/v1, Kind=Thing failed: ");
    }

    private static IEnumerable<string> Changes(JsonObject history) => history["items"]![0]!["changes"]!.AsArray().Select(c => c!.ToJsonString());
}
