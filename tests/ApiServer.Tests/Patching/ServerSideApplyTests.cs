using System.Text.Json.Nodes;

namespace Platform.ApiServer.Tests.Patching;

/// <summary>
/// Server-side apply over the wire. The rules: kubernetes.io, "Server-Side Apply", sections "Conflicts", "Merge strategy", "Creating and updating" and
/// "Upgrading from client-side apply to server-side apply".
/// </summary>
public sealed class ServerSideApplyTests : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private TestApiServer _server = null!;
    private ApplyCalls _calls = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestApiServer.StartAsync(new() { Time = _clock });
        _calls = ApplyCalls.To(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string Deployment(string spec, string containers) => $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          {{{spec}}}
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers: {{{containers}}}
        """;

    [Fact]
    public async Task Apply_creates_what_is_missing_and_owns_only_what_was_applied()
    {
        var (code, made) = await _calls.TryApplyAsync(ApplyCalls.Deployment, "me", Deployment("replicas: 2", "[{name: c, image: nginx}]"));
        code.ShouldBe(201, made.ToJsonString());
        ApplyCalls.Owners(made).ShouldBe(["me Apply " + """
            {"f:spec":{"f:replicas":{},"f:selector":{},"f:template":{"f:metadata":{"f:labels":{"f:app":{}}},
            "f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{},"f:name":{}}}}}}}
            """.ReplaceLineEndings("")]);
        ((string?)made["spec"]!["strategy"]!["type"]).ShouldBe("RollingUpdate");
    }

    [Fact]
    public async Task Applying_the_same_again_changes_nothing()
    {
        var first = await _calls.ApplyAsync(ApplyCalls.Deployment, "me", Deployment("replicas: 2", "[{name: c, image: nginx}]"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        var second = await _calls.ApplyAsync(ApplyCalls.Deployment, "me", Deployment("replicas: 2", "[{name: c, image: nginx}]"));
        second.ToJsonString().ShouldBe(first.ToJsonString());
    }

    [Fact]
    public async Task What_is_no_longer_applied_goes_unless_another_applier_has_it()
    {
        await _calls.ApplyAsync(ApplyCalls.ConfigMap, "me", ApplyCalls.Map("\"mine\":\"1\",\"shared\":\"1\",\"kept\":\"1\""));
        await _calls.ApplyAsync(ApplyCalls.ConfigMap, "you", ApplyCalls.Map("\"shared\":\"1\""));
        var after = await _calls.ApplyAsync(ApplyCalls.ConfigMap, "me", ApplyCalls.Map("\"kept\":\"1\""));
        after["data"]!.ToJsonString().ShouldBe("""{"shared":"1","kept":"1"}""");
        ApplyCalls.Owners(after).ShouldBe(["""me Apply {"f:data":{"f:kept":{}}}""", """you Apply {"f:data":{"f:shared":{}}}"""]);
    }

    [Fact]
    public async Task Removing_an_item_removes_what_nobody_else_applied_in_it()
    {
        await _calls.ApplyAsync(ApplyCalls.Deployment, "me", Deployment("", "[{name: c, image: nginx}, {name: d, image: redis}]"));
        var after = await _calls.ApplyAsync(ApplyCalls.Deployment, "me", Deployment("", "[{name: c, image: nginx}]"));
        after["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Select(c => (string?)c!["name"]).ShouldBe(["c"]);
        // The structure itself goes with its last applied field.
        await _calls.ApplyAsync(ApplyCalls.Deployment, "other", """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","annotations":{"x":"y"}}}""");
        var bare = await _calls.ApplyAsync(ApplyCalls.Deployment, "other", """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"}}""");
        bare["metadata"]!["annotations"].ShouldBeNull();
        ApplyCalls.Owners(bare).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Conflict_names_each_field_and_its_owner()
    {
        await _calls.ApplyAsync(ApplyCalls.ConfigMap, "me", ApplyCalls.Map("\"k\":\"1\",\"l\":\"1\""));
        var (code, body) = await _calls.TryApplyAsync(ApplyCalls.ConfigMap, "you", ApplyCalls.Map("\"k\":\"2\""));
        code.ShouldBe(409);
        ((string?)body["message"]).ShouldBe("""Apply failed with 1 conflict: conflict with "me": .data.k""");
        ((string?)body["reason"]).ShouldBe("Conflict");
        body["details"]!["causes"]!.ToJsonString().ShouldBe("""[{"reason":"FieldManagerConflict","message":"conflict with \u0022me\u0022","field":".data.k"}]""");
        await _calls.MergeAsync(ApplyCalls.ConfigMap, """{"data":{"l":"2"}}""", "edit/1");
        var (_, several) = await _calls.TryApplyAsync(ApplyCalls.ConfigMap, "you", ApplyCalls.Map("\"k\":\"2\",\"l\":\"3\""));
        ((string?)several["message"]).ShouldBe("Apply failed with 2 conflicts: conflicts with \"edit\" using v1:\n- .data.l\nconflicts with \"me\":\n- .data.k");
    }

    [Fact]
    public async Task Force_takes_over_and_same_value_is_shared()
    {
        await _calls.ApplyAsync(ApplyCalls.ConfigMap, "me", ApplyCalls.Map("\"k\":\"1\",\"l\":\"1\""));
        var forced = await _calls.ApplyAsync(ApplyCalls.ConfigMap, "you", ApplyCalls.Map("\"k\":\"2\",\"l\":\"1\""), force: true);
        ApplyCalls.Owners(forced).ShouldBe(["""me Apply {"f:data":{"f:l":{}}}""", """you Apply {"f:data":{"f:k":{},"f:l":{}}}"""]);
        ((string?)forced["data"]!["k"]).ShouldBe("2");
    }

    [Theory]
    [InlineData("?force=true", 422, "fieldManager: Required value: is required for apply patch")]
    [InlineData("?fieldManager=m&dryRun=Some", 422, "dryRun")]
    public async Task Options_are_checked(string query, int code, string message)
    {
        var answer = await _calls.SendAsync(HttpMethod.Patch, ApplyCalls.ConfigMap + query, ApplyCalls.Map(""), "application/apply-patch+yaml");
        answer.Code.ShouldBe(code);
        ((string?)answer.Body["message"]).ShouldNotBeNull().ShouldContain(message);
    }

    [Theory]
    [InlineData("a: [", 400, "error decoding YAML")]
    [InlineData("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}""", 400, "invalid object type: /v1, Kind=Pod")]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","managedFields":[]}}""", 400, "metadata.managedFields must be nil")]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"}}""", 400, "the name of the object (b) does not match the name on the URL (a)")]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"a"}}""", 400,
        "the name of the object (a based on URL) was undeterminable: name must be provided")]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","uid":"1"}}""", 409,
        "uid mismatch: the provided object specified uid 1, and no existing object was found")]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"dota":{}}""", 500,
        "failed to create typed patch object (/a; /v1, Kind=ConfigMap): .dota: field not declared in schema")]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","finalizers":["x/a","x/a"]}}""", 500,
        "failed to create typed patch object (/a; /v1, Kind=ConfigMap): .metadata.finalizers: duplicate entries for key [=\"x/a\"]")]
    public async Task Configurations_are_checked(string body, int code, string message)
    {
        var answer = await _calls.TryApplyAsync(ApplyCalls.ConfigMap, "m", body);
        answer.Code.ShouldBe(code, answer.Body.ToJsonString());
        ((string?)answer.Body["message"]).ShouldNotBeNull().ShouldContain(message);
    }

    [Fact]
    public async Task Force_is_only_for_apply()
    {
        var answer = await _calls.SendAsync(HttpMethod.Patch, ApplyCalls.ConfigMap + "?force=true", "{}", "application/merge-patch+json");
        ((string?)answer.Body["message"]).ShouldBe("""PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch""");
    }

    [Fact]
    public async Task Version_and_uid_are_preconditions()
    {
        var made = await _calls.ApplyAsync(ApplyCalls.ConfigMap, "me", ApplyCalls.Map("\"k\":\"1\""));
        var stale = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","resourceVersion":"1"},"data":{"k":"2"}}""";
        (await _calls.TryApplyAsync(ApplyCalls.ConfigMap, "me", stale)).Code.ShouldBe(409);
        var fresh = stale.Replace("\"1\"", $"\"{made["metadata"]!["resourceVersion"]}\"", StringComparison.Ordinal);
        (await _calls.TryApplyAsync(ApplyCalls.ConfigMap, "me", fresh)).Code.ShouldBe(200);
        (await _calls.TryApplyAsync(ApplyCalls.ConfigMap, "me", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","uid":"no"}}""")).Code.ShouldBe(409);
    }

    [Fact]
    public async Task Dry_run_stores_nothing()
    {
        (await _calls.TryApplyAsync(ApplyCalls.ConfigMap, "me", ApplyCalls.Map("\"k\":\"1\""), query: "&dryRun=All")).Code.ShouldBe(201);
        (await _calls.SendAsync(HttpMethod.Get, ApplyCalls.ConfigMap, null, "")).Code.ShouldBe(404);
    }

    [Fact]
    public async Task Unowned_objects_belong_to_before_first_apply()
    {
        await _calls.PostAsync(ApplyCalls.ConfigMaps, ApplyCalls.Map("\"k\":\"1\",\"l\":\"1\""));
        await _calls.MergeAsync(ApplyCalls.ConfigMap, """{"metadata":{"managedFields":[]}}""");
        var (code, body) = await _calls.TryApplyAsync(ApplyCalls.ConfigMap, "me", ApplyCalls.Map("\"k\":\"2\""));
        code.ShouldBe(409);
        ((string?)body["message"]).ShouldBe("""Apply failed with 1 conflict: conflict with "before-first-apply" using v1: .data.k""");
        ApplyCalls.Owners(await _calls.ApplyAsync(ApplyCalls.ConfigMap, "me", ApplyCalls.Map("\"k\":\"2\""), force: true))
            .ShouldBe(["""me Apply {"f:data":{"f:k":{}}}""", """before-first-apply Update {"f:data":{".":{},"f:l":{}}}"""]);
    }

    [Fact]
    public async Task Kubectl_takes_over_what_its_client_side_apply_set()
    {
        var last = ApplyCalls.Map("\"k\":\"1\"").Replace("\"", "\\\"", StringComparison.Ordinal);
        await _calls.PostAsync(ApplyCalls.ConfigMaps,
            $$$"""
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a",
            "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{{{last}}}"}},"data":{"k":"1"}}
            """,
            "kubectl-client-side-apply/1");
        (await _calls.TryApplyAsync(ApplyCalls.ConfigMap, "someone", ApplyCalls.Map("\"k\":\"2\""))).Code.ShouldBe(409);
        var after = await _calls.ApplyAsync(ApplyCalls.ConfigMap, "kubectl", ApplyCalls.Map("\"k\":\"2\""));
        ((string?)after["data"]!["k"]).ShouldBe("2");
        var annotation = (string?)after["metadata"]!["annotations"]!["kubectl.kubernetes.io/last-applied-configuration"];
        JsonNode.Parse(annotation!)!["data"]!.ToJsonString().ShouldBe("""{"k":"2"}""");
    }

    [Fact]
    public async Task Status_is_applied_through_its_subresource()
    {
        await _calls.ApplyAsync(ApplyCalls.Deployment, "me", Deployment("replicas: 2", "[{name: c, image: nginx}]"));
        var status = await _calls.ApplyAsync(ApplyCalls.Deployment + "/status", "controller",
            """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"status":{"replicas":2}}""");
        ApplyCalls.Owners(status)[0].ShouldBe("""controller Apply/status {"f:status":{"f:replicas":{}}}""");
        ((int?)status["status"]!["replicas"]).ShouldBe(2);
        (await _calls.TryApplyAsync(ApplyCalls.Deployment.Replace("web", "none", StringComparison.Ordinal) + "/status", "controller",
            """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"none"},"status":{"replicas":2}}""")).Code.ShouldBe(404);
    }

    [Fact]
    public async Task Scale_is_applied_and_conflicts_with_the_owner_of_replicas()
    {
        await _calls.ApplyAsync(ApplyCalls.Deployment, "me", Deployment("replicas: 2", "[{name: c, image: nginx}]"));
        const string scale = """{"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"web"},"spec":{"replicas":5}}""";
        var (code, body) = await _calls.TryApplyAsync(ApplyCalls.Deployment + "/scale", "hpa", scale);
        code.ShouldBe(409, body.ToJsonString());
        ((string?)body["message"]).ShouldBe("""Apply failed with 1 conflict: conflict with "me": .spec.replicas""");
        (await _calls.ApplyAsync(ApplyCalls.Deployment + "/scale", "hpa", scale, force: true))["spec"]!.ToJsonString().ShouldBe("""{"replicas":5}""");
        var owners = ApplyCalls.Owners(await _calls.GetAsync(ApplyCalls.Deployment));
        owners.ShouldContain("""hpa Apply/scale {"f:spec":{"f:replicas":{}}}""");
        owners.Single(o => o.StartsWith("me ", StringComparison.Ordinal)).ShouldNotContain("f:replicas");
    }

    [Fact]
    public async Task Items_follow_the_appliers_order_and_keep_others_between_them()
    {
        await _calls.ApplyAsync(ApplyCalls.Deployment, "me", Deployment("", "[{name: a, image: x}, {name: b, image: x}, {name: c, image: x}]"));
        var after = await _calls.ApplyAsync(ApplyCalls.Deployment, "you", Deployment("", "[{name: c, image: x}, {name: new, image: x}, {name: a, image: x}]"));
        after["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Select(c => (string?)c!["name"]).ShouldBe(["b", "c", "new", "a"]);
    }
}
