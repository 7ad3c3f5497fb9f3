using System.Net;
using System.Text.Json.Nodes;

namespace Platform.ApiServer.Tests.Admission.Webhooks;

/// <summary>What webhooks are shown of subresources, and of kinds with several versions.</summary>
public sealed class SubresourceReviewTests
{
    private const string Everything = """{"rules":[{"operations":["*"],"apiGroups":["*"],"apiVersions":["*"],"resources":["*/*"]}]}""";
    private const string Pods = "/api/v1/namespaces/default/pods";

    [Fact]
    public async Task Scale_is_shown_and_patched_as_a_scale()
    {
        await using var fixture = await WebhookFixture.StartAsync(r => (string?)r["subResource"] == "scale"
            ? WebhookFixture.Patch("""[{"op":"replace","path":"/spec/replicas","value":7}]""")
            : WebhookFixture.Allow());
        await fixture.Calls.PostAsync("/apis/apps/v1/namespaces/default/deployments", """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},
            "template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
            """);
        await fixture.ConfigureAsync("MutatingWebhookConfiguration", Everything);
        var (code, scale) = await fixture.Calls.SendAsync(
            HttpMethod.Patch, "/apis/apps/v1/namespaces/default/deployments/d/scale", """{"spec":{"replicas":3}}""", "application/merge-patch+json");
        code.ShouldBe(HttpStatusCode.OK);
        ((int?)scale["spec"]!["replicas"]).ShouldBe(7);
        var asked = fixture.Asked.Single().Request;
        asked["kind"]!.ToJsonString().ShouldBe("""{"group":"autoscaling","version":"v1","kind":"Scale"}""");
        asked["resource"]!.ToJsonString().ShouldBe("""{"group":"apps","version":"v1","resource":"deployments"}""");
        ((int?)asked["object"]!["spec"]!["replicas"]).ShouldBe(3);
        ((int?)asked["oldObject"]!["spec"]!["replicas"]).ShouldBe(1);
    }

    [Fact]
    public async Task Eviction_and_binding_are_creations_of_their_kinds()
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Allow());
        await fixture.Calls.PostAsync(Pods, """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}}""");
        await fixture.ConfigureAsync("ValidatingWebhookConfiguration", Everything);
        await fixture.Calls.PostAsync(Pods + "/p/binding", """{"apiVersion":"v1","kind":"Binding","metadata":{"name":"p"},"target":{"kind":"Node","name":"n1"}}""");
        await fixture.Calls.PostAsync(Pods + "/p/eviction", """{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"p"}}""");
        fixture.Asked.Select(a => $"{a.Request["operation"]} {a.Request["subResource"]} {a.Request["kind"]!["kind"]} {a.Request["object"]!["kind"]}")
            .ShouldBe(["CREATE binding Binding Binding", "CREATE eviction Eviction Eviction"]);
    }

    [Fact]
    public async Task Connection_is_asked_about_with_its_options()
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Deny("no shells", 403));
        await fixture.Calls.PostAsync(Pods, """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}}""");
        await fixture.ConfigureAsync("ValidatingWebhookConfiguration",
            """{"rules":[{"operations":["CONNECT"],"apiGroups":[""],"apiVersions":["v1"],"resources":["pods/exec"]}]}""");
        var (code, body) = await fixture.Calls.SendAsync(HttpMethod.Post, Pods + "/p/exec?command=sh&command=-c&container=c&stdin=true&stdout=true");
        code.ShouldBe(HttpStatusCode.Forbidden);
        ((string?)body["message"]).ShouldBe("admission webhook \"hook.example.com\" denied the request: no shells");
        var asked = fixture.Asked.Single().Request;
        ((string?)asked["operation"]).ShouldBe("CONNECT");
        JsonNode.DeepEquals(asked["object"], JsonNode.Parse(
            """{"kind":"PodExecOptions","apiVersion":"v1","stdin":true,"stdout":true,"container":"c","command":["sh","-c"]}""")).ShouldBeTrue(asked["object"]!.ToJsonString());
        ((string?)asked["kind"]!["kind"]).ShouldBe("PodExecOptions");
    }

    [Theory]
    [InlineData("Equivalent", 1)]
    [InlineData("Exact", 0)]
    public async Task Write_in_another_version_is_shown_in_the_version_of_the_rule(string policy, int times)
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Patch("""[{"op":"add","path":"/note","value":"changed"}]"""));
        await fixture.ConfigureAsync("MutatingWebhookConfiguration", $$"""
            {"matchPolicy":"{{policy}}","rules":[{"operations":["CREATE"],"apiGroups":["events.k8s.io"],"apiVersions":["v1"],"resources":["events"]}]}
            """);
        var made = await fixture.Calls.PostAsync("/api/v1/namespaces/default/events", """
            {"apiVersion":"v1","kind":"Event","metadata":{"name":"e","namespace":"default"},"involvedObject":{"kind":"Pod","name":"p","namespace":"default"},
            "message":"first","reason":"R","type":"Normal"}
            """);
        fixture.Asked.Count.ShouldBe(times);
        ((string?)made["message"]).ShouldBe(times == 1 ? "changed" : "first");
        if (times == 0)
            return;
        var asked = fixture.Asked.Single().Request;
        asked["kind"]!.ToJsonString().ShouldBe("""{"group":"events.k8s.io","version":"v1","kind":"Event"}""");
        asked["requestKind"]!.ToJsonString().ShouldBe("""{"group":"","version":"v1","kind":"Event"}""");
        ((string?)asked["object"]!["note"]).ShouldBe("first");
    }
}
