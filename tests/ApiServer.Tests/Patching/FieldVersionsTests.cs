using System.Net;
using System.Text.Json.Nodes;
using Platform.ApiServer.Tests.CustomResources;

namespace Platform.ApiServer.Tests.Patching;

/// <summary>
/// Entries of <c>managedFields</c> name fields in the version in which they were written, and are compared with the object as that version has it (structured-merge-diff,
/// merge/update.go; Kubernetes, "Server-Side Apply").
/// </summary>
public sealed class FieldVersionsTests
{
    private const string One = Things.V1 + "/one";
    private const string Newer = Things.V2 + "/one";

    [Fact]
    public async Task Update_in_one_version_takes_the_field_from_who_applied_it_in_another()
    {
        await using var server = await CustomResourceServer.StartConvertingAsync();
        var calls = ApplyCalls.To(server.Server);
        await calls.ApplyAsync(One, "a", Applied1("""{"host":"a","port":80,"replicas":3}"""));
        var updated = await calls.MergeAsync(Newer, """{"spec":{"hostPort":"b:80"}}""");
        Owners(updated).ShouldBe(["a v1 port,replicas", "patcher v2 hostPort"], ignoreOrder: true);
    }

    [Fact]
    public async Task Apply_in_one_version_conflicts_with_who_owns_the_field_in_another()
    {
        await using var server = await CustomResourceServer.StartConvertingAsync();
        var calls = ApplyCalls.To(server.Server);
        await calls.ApplyAsync(One, "a", Applied1("""{"host":"a","port":80}"""));
        var (code, body) = await calls.TryApplyAsync(Newer, "b", Applied2("""{"hostPort":"b:80"}"""));
        code.ShouldBe(409);
        ((string?)body["message"]).ShouldBe("Apply failed with 1 conflict: conflict with \"a\": .spec.host");
        var (again, same) = await calls.TryApplyAsync(Newer, "b", Applied2("""{"hostPort":"a:80"}"""));
        again.ShouldBe(200);
        Owners(same).ShouldBe(["a v1 host,port", "b v2 hostPort"], ignoreOrder: true);
        Owners(await calls.ApplyAsync(Newer, "b", Applied2("""{"hostPort":"b:81"}"""), force: true)).ShouldBe(["b v2 hostPort"]);
    }

    [Fact]
    public async Task Field_that_was_applied_in_one_version_and_no_more_in_another_goes()
    {
        await using var server = await CustomResourceServer.StartConvertingAsync();
        var calls = ApplyCalls.To(server.Server);
        await calls.ApplyAsync(One, "a", Applied1("""{"host":"a","port":80,"replicas":3}"""));
        var applied = await calls.ApplyAsync(Newer, "a", Applied2("""{"size":3}"""));
        applied["spec"]!.AsObject().ContainsKey("hostPort").ShouldBeFalse(applied.ToJsonString());
        Owners(applied).ShouldBe(["a v2 size"]);
        (await calls.GetAsync(One))["spec"]!.ToJsonString().ShouldBe("""{"replicas":3}""");
    }

    [Fact]
    public async Task Field_that_another_owns_in_another_version_stays_when_it_is_applied_no_more()
    {
        await using var server = await CustomResourceServer.StartConvertingAsync();
        var calls = ApplyCalls.To(server.Server);
        await calls.ApplyAsync(One, "a", Applied1("""{"host":"a","port":80}"""));
        await calls.ApplyAsync(Newer, "b", Applied2("""{"hostPort":"a:80","size":2}"""), force: true);
        var applied = await calls.ApplyAsync(Newer, "b", Applied2("""{"size":2}"""));
        ((string?)applied["spec"]!["hostPort"]).ShouldBe("a:80");
        Owners(applied).ShouldBe(["a v1 host,port", "b v2 size"], ignoreOrder: true);
    }

    [Fact]
    public async Task Stored_version_can_be_updated_while_the_webhook_is_down()
    {
        await using var server = await CustomResourceServer.StartConvertingAsync();
        var calls = ApplyCalls.To(server.Server);
        await calls.ApplyAsync(Newer, "b", Applied2("""{"hostPort":"a:80"}"""));
        await server.Webhook.DisposeAsync();
        var updated = await calls.MergeAsync(One, """{"spec":{"host":"b"}}""");
        ((string?)updated["spec"]!["host"]).ShouldBe("b");
        updated["metadata"]!["managedFields"].ShouldBeNull();
        (await calls.TryApplyAsync(One, "a", Applied1("""{"host":"c"}"""), force: true)).Code.ShouldBe(200);
    }

    [Fact]
    public async Task Entries_of_a_version_that_is_only_not_served_stay_and_those_of_one_that_is_gone_go()
    {
        const string path = "/apis/test.example.com/v1/things/one";
        const string fields = "a: {type: string}, c: {type: string}";
        var stored = new ThingVersion("v1", fields) { Stored = true };
        var beta = new ThingVersion("v1beta1", fields);
        await using var server = await CustomResourceServer.StartAsync();
        await server.DefineAsync(new ThingDefinition(stored, beta).Yaml);
        var calls = ApplyCalls.To(server.Server);
        await calls.ApplyAsync("/apis/test.example.com/v1beta1/things/one", "a",
            """{"apiVersion":"test.example.com/v1beta1","kind":"Thing","metadata":{"name":"one"},"spec":{"a":"x","c":"y"}}""");
        Owners(await calls.MergeAsync(path, """{"spec":{"c":"z"}}""")).ShouldBe(["a v1beta1 a", "patcher v1 c"], ignoreOrder: true);
        await server.RedefineAsync(new ThingDefinition(stored, beta with { Served = false }).Yaml);
        Owners(await calls.MergeAsync(path, """{"spec":{"c":"q"}}""")).ShouldBe(["a v1beta1 a", "patcher v1 c"], ignoreOrder: true);
        await server.RedefineAsync(new ThingDefinition(stored).Yaml);
        Owners(await calls.MergeAsync(path, """{"spec":{"c":"r"}}""")).ShouldBe(["patcher v1 c"]);
    }

    [Fact]
    public async Task Autoscalers_fields_are_owned_across_their_versions()
    {
        await using var server = await TestApiServer.StartAsync();
        var calls = ApplyCalls.To(server);
        const string v1 = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers/h";
        const string v2 = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers/h";
        await calls.ApplyAsync(v2, "a", """
            {"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"h"},"spec":{"minReplicas":1,"maxReplicas":3,
             "scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"d"},
             "metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":50}}}]}}
            """);
        var (code, body) = await calls.TryApplyAsync(v1, "b", """
            {"apiVersion":"autoscaling/v1","kind":"HorizontalPodAutoscaler","metadata":{"name":"h"},"spec":{"targetCPUUtilizationPercentage":60}}
            """);
        code.ShouldBe(409);
        ((string?)body["message"]).ShouldBe("Apply failed with 1 conflict: conflict with \"a\": .spec.metrics");
        var updated = await calls.MergeAsync(v1, """{"spec":{"targetCPUUtilizationPercentage":60}}""");
        Owners(updated).ShouldBe(["a v2 maxReplicas,minReplicas,scaleTargetRef", "patcher v1 targetCPUUtilizationPercentage"], ignoreOrder: true);
    }

    [Fact]
    public async Task Events_fields_are_owned_across_their_groups()
    {
        await using var server = await TestApiServer.StartAsync();
        var calls = ApplyCalls.To(server);
        await calls.PostAsync("/apis/events.k8s.io/v1/namespaces/default/events", """
            {"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"e","namespace":"default"},"eventTime":"2026-01-01T00:00:00.000000Z","action":"A","reason":"R",
             "note":"old","type":"Normal","reportingController":"example.com/c","reportingInstance":"c-1","regarding":{"kind":"Pod","namespace":"default","name":"p"}}
            """);
        var updated = await calls.MergeAsync("/api/v1/namespaces/default/events/e", """{"message":"new"}""");
        ((string?)updated["message"]).ShouldBe("new");
        var entries = updated["metadata"]!["managedFields"]!.AsArray();
        var creator = entries.Single(e => (string?)e!["manager"] == "creator")!;
        ((string?)creator["apiVersion"]).ShouldBe("events.k8s.io/v1");
        creator["fieldsV1"]!.AsObject().ContainsKey("f:note").ShouldBeFalse();
        creator["fieldsV1"]!.AsObject().ContainsKey("f:reason").ShouldBeTrue();
        creator["fieldsV1"]!.AsObject().ContainsKey("f:regarding").ShouldBeTrue();
        entries.Single(e => (string?)e!["manager"] == "patcher")!["fieldsV1"]!.ToJsonString().ShouldBe("""{"f:message":{}}""");
    }

    [Fact]
    public async Task Field_that_an_updater_owns_too_stays_when_it_is_applied_no_more()
    {
        await using var server = await TestApiServer.StartAsync();
        var calls = ApplyCalls.To(server);
        await calls.PostAsync(ApplyCalls.ConfigMaps, ApplyCalls.Map("\"shared\":\"1\""));
        await calls.ApplyAsync(ApplyCalls.ConfigMap, "a", ApplyCalls.Map("\"shared\":\"1\",\"own\":\"1\""));
        var applied = await calls.ApplyAsync(ApplyCalls.ConfigMap, "a", ApplyCalls.Map("\"other\":\"1\""));
        applied["data"]!.ToJsonString().ShouldBe("""{"shared":"1","other":"1"}""");
    }

    private static string Applied1(string spec) => $$"""{"apiVersion":"test.example.com/v1","kind":"Thing","metadata":{"name":"one"},"spec":{{spec}}}""";

    private static string Applied2(string spec) => $$"""{"apiVersion":"test.example.com/v2","kind":"Thing","metadata":{"name":"one"},"spec":{{spec}}}""";

    /// <summary>Each entry as its manager, its version and the fields of the specification that it holds.</summary>
    private static IEnumerable<string> Owners(JsonObject value) => (value["metadata"]!["managedFields"] as JsonArray ?? []).Select(e =>
        $"{e!["manager"]} {((string)e["apiVersion"]!).Split('/')[^1]} "
        + string.Join(',', (e["fieldsV1"]!["f:spec"] as JsonObject ?? []).Select(f => f.Key).Where(k => k != ".").Select(k => k[2..]).Order(StringComparer.Ordinal)));
}
