using System.Net;
using System.Text.Json.Nodes;
using Platform.ApiServer.Tests.Admission.Webhooks;
using Platform.ApiServer.Tests.CustomResources;
using Platform.ApiServer.Tests.Registry;

namespace Platform.ApiServer.Tests.Admission;

/// <summary>
/// <c>matchPolicy: Equivalent</c>: a rule that names one version of a kind also means requests for another, and then sees the objects in the version that it names
/// (Kubernetes, "Dynamic Admission Control", Matching requests: matchPolicy; "Validating Admission Policy").
/// </summary>
public sealed class EquivalentVersionTests
{
    private const string Group = "/apis/admissionregistration.k8s.io/v1/";
    private const string Autoscalers = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers";
    private const string OldRules = """[{"operations":["*"],"apiGroups":["test.example.com"],"apiVersions":["v1"],"resources":["things"]}]""";

    [Fact]
    public async Task Policy_sees_objects_in_the_version_of_its_rule()
    {
        await using var server = await CustomResourceServer.StartConvertingAsync();
        await PolicyAsync(server.Api, OldRules,
            "object.spec.host != 'bad' && object.apiVersion == 'test.example.com/v1' && request.kind.version == 'v1' && request.requestKind.version == 'v2' "
            + "&& (oldObject == null || oldObject.spec.host != 'frozen')");
        await server.Server.SettledAsync();
        await server.CreateAsync(Things.V2, Things.Thing2("one", "good:1"));
        (await server.TryCreateAsync(Things.V2, Things.Thing2("two", "bad:1"))).Code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var frozen = await server.CreateAsync(Things.V2, Things.Thing2("three", "frozen:1"));
        frozen["spec"]!["size"] = 4;
        var (code, body) = await server.Api.SendAsync(HttpMethod.Put, Things.V2 + "/three", frozen.ToJsonString());
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string?)body["message"])!.ShouldContain("failed expression: object.spec.host");
    }

    [Theory]
    [InlineData("Fail", "ValidatingAdmissionPolicy 'p' denied request: failed to configure policy: ")]
    [InlineData("Ignore", null)]
    public async Task Policy_whose_version_cannot_be_made_follows_its_failure_policy(string failurePolicy, string? message)
    {
        await using var server = await CustomResourceServer.StartConvertingAsync();
        await PolicyAsync(server.Api, OldRules.Replace("v1", "v2", StringComparison.Ordinal), "false", failurePolicy);
        await server.Server.SettledAsync();
        server.Webhook.Spoil = answer => answer["response"]!["result"] = new JsonObject { ["status"] = "Failure", ["message"] = "no way" };
        var (code, body) = await server.TryCreateAsync(Things.V1, Things.Thing1("one"));
        code.ShouldBe(message is null ? HttpStatusCode.Created : HttpStatusCode.UnprocessableEntity);
        if (message is not null)
            ((string?)body["message"])!.ShouldContain(message);
    }

    [Fact]
    public async Task Policy_for_the_newer_autoscalers_sees_their_fields_where_the_older_ones_are_written()
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Allow());
        await PolicyAsync(fixture.Calls, """[{"operations":["*"],"apiGroups":["autoscaling"],"apiVersions":["v2"],"resources":["horizontalpodautoscalers"]}]""",
            "object.spec.metrics[0].resource.target.averageUtilization < 80");
        await fixture.Server.SettledAsync();
        (await fixture.Calls.SendAsync(HttpMethod.Post, Autoscalers, Autoscaler("a", 70))).Code.ShouldBe(HttpStatusCode.Created);
        (await fixture.Calls.SendAsync(HttpMethod.Post, Autoscalers, Autoscaler("b", 90))).Code.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("ValidatingWebhookConfiguration")]
    [InlineData("MutatingWebhookConfiguration")]
    public async Task Match_conditions_of_webhooks_see_objects_in_the_version_of_the_rule(string kind)
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Allow());
        await fixture.ConfigureAsync(kind, """
            {"rules":[{"operations":["*"],"apiGroups":["autoscaling"],"apiVersions":["v2"],"resources":["horizontalpodautoscalers"]}],
             "matchConditions":[{"name":"c","expression":"object.spec.metrics[0].resource.target.averageUtilization > 80"}]}
            """);
        await fixture.Calls.PostAsync(Autoscalers, Autoscaler("a", 70));
        fixture.Asked.ShouldBeEmpty();
        await fixture.Calls.PostAsync(Autoscalers, Autoscaler("b", 90));
        var asked = fixture.Asked.ShouldHaveSingleItem().Request;
        ((string?)asked["object"]!["apiVersion"]).ShouldBe("autoscaling/v2");
        ((string?)asked["requestKind"]!["version"]).ShouldBe("v1");
    }

    [Fact]
    public async Task Parameters_are_read_in_the_version_that_the_policy_names()
    {
        await using var server = await CustomResourceServer.StartConvertingAsync();
        await server.CreateAsync(Things.V1, Things.Thing1("limits", "a"));
        await PolicyAsync(server.Api, """[{"operations":["*"],"apiGroups":[""],"apiVersions":["v1"],"resources":["configmaps"]}]""",
            "params.spec.hostPort == object.data.v", parameters: true);
        await server.Server.SettledAsync();
        await server.Api.PostAsync(ApiCalls.ConfigMaps, ApiCalls.ConfigMap("a", value: "a:80"));
        (await server.Api.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, ApiCalls.ConfigMap("b"))).Code.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Scale_of_a_custom_resource_is_what_a_policy_for_it_sees()
    {
        await using var server = await CustomResourceServer.StartConvertingAsync();
        await PolicyAsync(server.Api, OldRules.Replace("\"things\"", "\"things/scale\"", StringComparison.Ordinal), "object.spec.replicas < 5");
        await server.Server.SettledAsync();
        await server.CreateAsync(Things.V1, Things.Thing1("one"));
        foreach (var path in new[] { Things.V1, Things.V2 })
        {
            var scale = await server.Api.GetAsync(path + "/one/scale");
            scale["spec"]!["replicas"] = 4;
            scale = await server.Api.PutAsync(path + "/one/scale", scale.ToJsonString());
            scale["spec"]!["replicas"] = 6;
            (await server.Api.SendAsync(HttpMethod.Put, path + "/one/scale", scale.ToJsonString())).Code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }
    }

    private static string Autoscaler(string name, int target) => $$$"""
        {"apiVersion":"autoscaling/v1","kind":"HorizontalPodAutoscaler","metadata":{"name":"{{{name}}}"},"spec":{"maxReplicas":3,
         "targetCPUUtilizationPercentage":{{{target}}},"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"d"}
        }}
        """;

    private static async Task PolicyAsync(
        ApiCalls calls, string rules, string expression, string failurePolicy = "Fail", bool parameters = false)
    {
        var spec = new JsonObject
        {
            ["failurePolicy"] = failurePolicy,
            ["matchConstraints"] = new JsonObject { ["resourceRules"] = JsonNode.Parse(rules) },
            ["validations"] = new JsonArray(new JsonObject { ["expression"] = expression }),
        };
        var binding = new JsonObject { ["policyName"] = "p", ["validationActions"] = new JsonArray("Deny") };
        if (parameters)
        {
            spec["paramKind"] = new JsonObject { ["apiVersion"] = "test.example.com/v2", ["kind"] = "Thing" };
            binding["paramRef"] = new JsonObject { ["name"] = "limits", ["namespace"] = "default", ["parameterNotFoundAction"] = "Deny" };
        }
        await PostAsync(calls, "ValidatingAdmissionPolicy", "validatingadmissionpolicies", spec);
        await PostAsync(calls, "ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings", binding);
    }

    private static Task PostAsync(ApiCalls calls, string kind, string plural, JsonObject spec) => calls.PostAsync(Group + plural, new JsonObject
    {
        ["apiVersion"] = "admissionregistration.k8s.io/v1",
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = "p" },
        ["spec"] = spec,
    }.ToJsonString());
}
