using System.Net;
using System.Text.Json.Nodes;
using Platform.ApiServer.Tests.Proxying;
using Platform.ApiServer.Tests.Registry;

namespace Platform.ApiServer.Tests.Admission.Webhooks;

/// <summary>https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/</summary>
public sealed class WebhookTests
{
    private const string Mutating = "MutatingWebhookConfiguration";
    private const string Validating = "ValidatingWebhookConfiguration";

    [Fact]
    public async Task Patch_of_a_mutating_webhook_changes_what_is_stored()
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Patch("""[{"op":"add","path":"/data/injected","value":"yes"}]"""));
        await fixture.ConfigureAsync(Mutating);
        var made = await fixture.Calls.CreateConfigMapAsync("a");
        ((string?)made["data"]!["injected"]).ShouldBe("yes");
        var stored = await fixture.Calls.GetAsync(ApiCalls.ConfigMaps + "/a");
        ((string?)stored["data"]!["injected"]).ShouldBe("yes");
        ((string?)stored["metadata"]!["uid"]).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Review_says_who_asks_what_of_which_object()
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Allow());
        await fixture.ConfigureAsync(Validating, path: "/validate");
        await fixture.Calls.CreateConfigMapAsync("a");
        // A write that is decided on what the cache had before is decided again, and the webhook asked again.
        await fixture.Server.SettledAsync();
        await fixture.Calls.SendAsync(HttpMethod.Patch, ApiCalls.ConfigMaps + "/a?fieldManager=me", """{"data":{"v":"2"}}""", "application/merge-patch+json");
        await fixture.Server.SettledAsync();
        await fixture.Calls.DeleteAsync(ApiCalls.ConfigMaps + "/a?gracePeriodSeconds=0");
        var asked = fixture.Asked.ToArray();
        asked.Length.ShouldBe(3);
        asked[0].Path.ShouldBe("/validate?timeout=10s");
        var (create, update, delete) = (asked[0].Request, asked[1].Request, asked[2].Request);
        ((string?)create["operation"]).ShouldBe("CREATE");
        create["kind"]!.ToJsonString().ShouldBe("""{"group":"","version":"v1","kind":"ConfigMap"}""");
        create["resource"]!.ToJsonString().ShouldBe("""{"group":"","version":"v1","resource":"configmaps"}""");
        create["requestResource"]!.ToJsonString().ShouldBe("""{"group":"","version":"v1","resource":"configmaps"}""");
        ((string?)create["name"]).ShouldBe("a");
        ((string?)create["namespace"]).ShouldBe("default");
        ((string?)create["userInfo"]!["username"]).ShouldBe("kubernetes-admin");
        ((string?)create["options"]!["kind"]).ShouldBe("CreateOptions");
        ((string?)create["object"]!["data"]!["v"]).ShouldBe("1");
        create["oldObject"].ShouldBeNull();
        ((string?)update["options"]!["kind"]).ShouldBe("PatchOptions");
        ((string?)update["options"]!["fieldManager"]).ShouldBe("me");
        ((string?)update["object"]!["data"]!["v"]).ShouldBe("2");
        ((string?)update["oldObject"]!["data"]!["v"]).ShouldBe("1");
        ((string?)delete["operation"]).ShouldBe("DELETE");
        delete["object"].ShouldBeNull();
        ((string?)delete["oldObject"]!["data"]!["v"]).ShouldBe("2");
        ((int?)delete["options"]!["gracePeriodSeconds"]).ShouldBe(0);
    }

    [Theory]
    [InlineData("object.data.v == '1'", true)]
    [InlineData("object.data.v == '2'", false)]
    [InlineData("request.userInfo.username == 'jane'", false)]
    public async Task Webhook_is_asked_only_where_its_match_conditions_hold(string expression, bool asked)
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Allow());
        await fixture.ConfigureAsync(Validating, new JsonObject
        {
            ["matchConditions"] = new JsonArray(new JsonObject { ["name"] = "c", ["expression"] = expression }),
        }.ToJsonString());
        await fixture.Calls.CreateConfigMapAsync("a");
        fixture.Asked.Count.ShouldBe(asked ? 1 : 0);
    }

    [Theory]
    [InlineData("Fail", HttpStatusCode.Forbidden)]
    [InlineData("Ignore", HttpStatusCode.Created)]
    public async Task Match_condition_that_cannot_be_evaluated_is_for_the_failure_policy(string policy, HttpStatusCode expected)
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Allow());
        await fixture.ConfigureAsync(Validating, new JsonObject
        {
            ["failurePolicy"] = policy,
            ["matchConditions"] = new JsonArray(new JsonObject { ["name"] = "c", ["expression"] = "object.data.missing == '1'" }),
        }.ToJsonString());
        (await fixture.Calls.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, ApiCalls.ConfigMap("a"))).Code.ShouldBe(expected);
        fixture.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Refusal_carries_the_webhooks_code_and_message()
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Deny("not on Sundays", 403));
        await fixture.ConfigureAsync(Validating);
        var (code, body) = await fixture.Calls.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, ApiCalls.ConfigMap("a"));
        code.ShouldBe(HttpStatusCode.Forbidden);
        ((string?)body["message"]).ShouldBe("admission webhook \"hook.example.com\" denied the request: not on Sundays");
    }

    [Fact]
    public async Task Refusal_without_explanation_is_a_bad_request()
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => new JsonObject { ["allowed"] = false });
        await fixture.ConfigureAsync(Mutating);
        var (code, body) = await fixture.Calls.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, ApiCalls.ConfigMap("a"));
        code.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)body["message"]).ShouldBe("admission webhook \"hook.example.com\" denied the request without explanation");
    }

    [Fact]
    public async Task Warnings_of_a_webhook_reach_the_client()
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => new JsonObject { ["allowed"] = true, ["warnings"] = new JsonArray("take care") });
        await fixture.ConfigureAsync(Validating);
        using var content = new StringContent(ApiCalls.ConfigMap("a"), new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var answer = await fixture.Calls.Http.PostAsync(ApiCalls.ConfigMaps, content);
        answer.Headers.GetValues("Warning").ShouldBe(["299 - \"take care\""]);
    }

    [Fact]
    public async Task Webhook_that_cannot_be_reached_refuses_unless_it_fails_open()
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Allow());
        await fixture.ConfigureAsync(Validating, """{"clientConfig":{"url":"https://127.0.0.1:1/"}}""");
        var (code, body) = await fixture.Calls.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, ApiCalls.ConfigMap("a"));
        code.ShouldBe(HttpStatusCode.InternalServerError);
        ((string?)body["message"]).ShouldBe("Internal error occurred: failed calling webhook \"hook.example.com\": failed to call webhook: "
            + "Post \"https://127.0.0.1:1/?timeout=10s\": dial tcp 127.0.0.1:1: connect: connection refused");
        await fixture.Calls.DeleteAsync("/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/c");
        await fixture.ConfigureAsync(Validating, """{"clientConfig":{"url":"https://127.0.0.1:1/"},"failurePolicy":"Ignore"}""");
        await fixture.Calls.CreateConfigMapAsync("a");
    }

    [Fact]
    public async Task Service_that_does_not_exist_is_named_as_operators_know_it()
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Allow());
        await fixture.ConfigureAsync(Validating, """{"clientConfig":{"service":{"namespace":"default","name":"hook","path":"/a"}}}""");
        var (_, body) = await fixture.Calls.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, ApiCalls.ConfigMap("a"));
        ((string?)body["message"]).ShouldBe("Internal error occurred: failed calling webhook \"hook.example.com\": failed to call webhook: "
            + "Post \"https://hook.default.svc:443/a?timeout=10s\": service \"hook\" not found");
    }

    [Fact]
    public async Task Server_that_the_bundle_does_not_vouch_for_is_not_asked()
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Allow());
        await using var other = await Proxying.TlsServer.StartAsync(_ => Task.CompletedTask);
        await fixture.ConfigureAsync(Validating, $$$"""{"clientConfig":{"url":"{{{fixture.Hook.Url}}}","caBundle":"{{{other.CaBundle}}}"}}""");
        var (_, body) = await fixture.Calls.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, ApiCalls.ConfigMap("a"));
        ((string?)body["message"])!.ShouldEndWith(": tls: failed to verify certificate: x509: certificate signed by unknown authority");
        fixture.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Patch_that_is_none_is_the_webhooks_fault_and_not_the_clients()
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Patch("{}"));
        await fixture.ConfigureAsync(Mutating);
        var (code, body) = await fixture.Calls.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, ApiCalls.ConfigMap("a"));
        code.ShouldBe(HttpStatusCode.InternalServerError);
        ((string?)body["message"]).ShouldBe("Internal error occurred: json: cannot unmarshal object into Go value of type jsonpatch.Patch");
    }

    [Fact]
    public async Task Server_whose_certificate_has_another_name_is_not_asked()
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Allow(), "hook.default.svc");
        await fixture.ConfigureAsync(Validating, $$$"""{"clientConfig":{"url":"https://localhost:{{{fixture.Hook.Port}}}","caBundle":"{{{fixture.Hook.CaBundle}}}"}}""");
        var (_, body) = await fixture.Calls.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, ApiCalls.ConfigMap("a"));
        ((string?)body["message"])!.ShouldEndWith(": tls: failed to verify certificate: x509: certificate is valid for hook.default.svc, not localhost");
        fixture.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Service_is_reached_at_its_endpoint_and_verified_by_its_name()
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Deny("seen"), "hook.default.svc");
        await fixture.Calls.PostAsync("/api/v1/namespaces/default/services",
            """{"apiVersion":"v1","kind":"Service","metadata":{"name":"hook"},"spec":{"ports":[{"port":443,"targetPort":8443}]}}""");
        await OwnEndpoints.StoreAsync(fixture.Server, "default", "hook", fixture.Hook.Port);
        await fixture.ConfigureAsync(Validating, $$$"""{"clientConfig":{"service":{"namespace":"default","name":"hook","path":"/a"},"caBundle":"{{{fixture.Hook.CaBundle}}}"}}""");
        var (_, body) = await fixture.Calls.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, ApiCalls.ConfigMap("a"));
        ((string?)body["message"]).ShouldBe("admission webhook \"hook.example.com\" denied the request: seen");
        fixture.Asked.Single().Path.ShouldBe("/a?timeout=10s");
    }

    [Theory]
    [InlineData("""{"objectSelector":{"matchLabels":{"watched":"yes"}}}""", "\"watched\":\"yes\"", true)]
    [InlineData("""{"objectSelector":{"matchLabels":{"watched":"yes"}}}""", "", false)]
    [InlineData("""{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"default"}}}""", "", true)]
    [InlineData("""{"namespaceSelector":{"matchExpressions":[{"key":"kubernetes.io/metadata.name","operator":"NotIn","values":["default"]}]}}""", "", false)]
    [InlineData("""{"rules":[{"operations":["UPDATE"],"apiGroups":["*"],"apiVersions":["*"],"resources":["*"]}]}""", "", false)]
    [InlineData("""{"rules":[{"operations":["CREATE"],"apiGroups":["*"],"apiVersions":["*"],"resources":["*/*"],"scope":"Namespaced"}]}""", "", true)]
    [InlineData("""{"rules":[{"operations":["CREATE"],"apiGroups":["*"],"apiVersions":["*"],"resources":["*"],"scope":"Cluster"}]}""", "", false)]
    [InlineData("""{"rules":[{"operations":["CREATE"],"apiGroups":[""],"apiVersions":["v1"],"resources":["configmaps/status"]}]}""", "", false)]
    public async Task Webhook_is_asked_only_about_what_concerns_it(string more, string labels, bool asked)
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Allow());
        await fixture.ConfigureAsync(Validating, more);
        await fixture.Calls.CreateConfigMapAsync("a", $"{{{labels}}}");
        fixture.Asked.Count.ShouldBe(asked ? 1 : 0);
    }

    [Fact]
    public async Task Rehearsal_asks_a_webhook_that_has_no_side_effects_then()
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Allow());
        await fixture.ConfigureAsync(Validating, """{"sideEffects":"NoneOnDryRun"}""");
        var (code, _) = await fixture.Calls.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps + "?dryRun=All", ApiCalls.ConfigMap("a"));
        code.ShouldBe(HttpStatusCode.Created);
        ((bool)fixture.Asked.Single().Request["dryRun"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Webhooks_are_asked_in_the_order_of_names_and_again_where_they_want_it()
    {
        await using var fixture = await WebhookFixture.StartAsync(request => request["object"]!["data"]!["late"] is null && (string?)request["object"]!["data"]!["early"] == "seen"
            ? WebhookFixture.Patch("""[{"op":"add","path":"/data/late","value":"x"}]""")
            : (string?)request["object"]!["data"]!["early"] is null ? WebhookFixture.Patch("""[{"op":"add","path":"/data/early","value":"seen"}]""")
            : WebhookFixture.Allow());
        await fixture.ConfigureAsync(Mutating, name: "b", path: "/second");
        await fixture.ConfigureAsync(Mutating, """{"reinvocationPolicy":"IfNeeded"}""", name: "a", path: "/first");
        await fixture.Calls.CreateConfigMapAsync("a");
        fixture.Asked.Select(a => a.Path[..a.Path.IndexOf('?', StringComparison.Ordinal)]).ShouldBe(["/first", "/second", "/first"]);
    }

    [Fact]
    public async Task Patched_object_is_validated_like_any_other()
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Patch("""[{"op":"add","path":"/metadata/labels","value":{"-bad-":"x"}}]"""));
        await fixture.ConfigureAsync(Mutating);
        var (code, _) = await fixture.Calls.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, ApiCalls.ConfigMap("a"));
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Configurations_themselves_are_never_asked_about()
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => WebhookFixture.Deny("no"));
        await fixture.ConfigureAsync(Validating, """{"rules":[{"operations":["*"],"apiGroups":["*"],"apiVersions":["*"],"resources":["*/*"]}]}""");
        await fixture.Calls.DeleteAsync("/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/c");
        await fixture.Server.SettledAsync();
        await fixture.Calls.CreateConfigMapAsync("a");
        fixture.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answer_to_another_question_is_no_answer()
    {
        await using var fixture = await WebhookFixture.StartAsync(_ => new JsonObject { ["uid"] = "other", ["allowed"] = true });
        await fixture.ConfigureAsync(Validating);
        var (_, body) = await fixture.Calls.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, ApiCalls.ConfigMap("a"));
        ((string?)body["message"])!.ShouldContain("received invalid webhook response: expected response.uid=");
    }
}
