using System.Text.Json.Nodes;

namespace Platform.ApiServer.Tests.Patching;

/// <summary>
/// Who owns what after ordinary writes. The rules: kubernetes.io, "Server-Side Apply", sections "Field management" and "Operations in scope of field
/// management"; the entries' forms are those that upstream shows for the same requests.
/// </summary>
public sealed class ManagedFieldsTests : IAsyncLifetime
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

    [Fact]
    public async Task Create_is_owned_by_the_first_part_of_the_user_agent()
    {
        var made = await _calls.PostAsync(ApplyCalls.ConfigMaps,
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","labels":{"app":"x"}},"data":{"k":"1"}}""", "kubectl-create/v1.32 (linux)");
        ApplyCalls.Owners(made).ShouldBe(["""kubectl-create Update {"f:data":{".":{},"f:k":{}},"f:metadata":{"f:labels":{".":{},"f:app":{}}}}"""]);
        var entry = made["metadata"]!["managedFields"]![0]!;
        ((string?)entry["apiVersion"]).ShouldBe("v1");
        ((string?)entry["fieldsType"]).ShouldBe("FieldsV1");
        entry["time"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Create_of_a_deployment_owns_what_upstream_says_it_does()
    {
        var made = await _calls.PostAsync("/apis/apps/v1/namespaces/default/deployments", """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"web"}},
            "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"c","image":"nginx","ports":[{"containerPort":80}]}]}}}}
            """);
        ApplyCalls.Owners(made).ShouldBe(["creator Update " + """
            {"f:spec":{"f:progressDeadlineSeconds":{},"f:replicas":{},"f:revisionHistoryLimit":{},"f:selector":{},
            "f:strategy":{"f:rollingUpdate":{".":{},"f:maxSurge":{},"f:maxUnavailable":{}},"f:type":{}},
            "f:template":{"f:metadata":{"f:labels":{".":{},"f:app":{}}},"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{},"f:imagePullPolicy":{},"f:name":{},
            "f:ports":{".":{},"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{},"f:protocol":{}}},
            "f:resources":{},"f:terminationMessagePath":{},"f:terminationMessagePolicy":{}}},
            "f:dnsPolicy":{},"f:restartPolicy":{},"f:schedulerName":{},"f:securityContext":{},"f:terminationGracePeriodSeconds":{}}}}}
            """.ReplaceLineEndings("")]);
    }

    [Fact]
    public async Task Update_takes_over_what_it_changes_and_nothing_else()
    {
        await _calls.PostAsync(ApplyCalls.ConfigMaps, ApplyCalls.Map("\"k\":\"1\",\"l\":\"1\""));
        var updated = await _calls.PutAsync(ApplyCalls.ConfigMap, ApplyCalls.Map("\"k\":\"2\",\"l\":\"1\",\"m\":\"1\""));
        ApplyCalls.Owners(updated).ShouldBe([
            """creator Update {"f:data":{".":{},"f:l":{}}}""",
            """updater Update {"f:data":{"f:k":{},"f:m":{}}}""",
        ]);
    }

    [Fact]
    public async Task Removed_fields_belong_to_nobody()
    {
        await _calls.PostAsync(ApplyCalls.ConfigMaps, ApplyCalls.Map("\"k\":\"1\",\"l\":\"1\""));
        ApplyCalls.Owners(await _calls.MergeAsync(ApplyCalls.ConfigMap, """{"data":{"l":null}}""")).ShouldBe(["""creator Update {"f:data":{".":{},"f:k":{}}}"""]);
    }

    [Fact]
    public async Task Same_manager_keeps_one_entry_and_writing_the_same_again_writes_nothing()
    {
        await _calls.PostAsync(ApplyCalls.ConfigMaps, ApplyCalls.Map("\"k\":\"1\""));
        var first = await _calls.MergeAsync(ApplyCalls.ConfigMap, """{"data":{"l":"1"}}""");
        _clock.Advance(TimeSpan.FromMinutes(5));
        var second = await _calls.MergeAsync(ApplyCalls.ConfigMap, """{"data":{"l":"1"}}""", "somebody-else/2");
        second.ToJsonString().ShouldBe(first.ToJsonString());
        var third = await _calls.MergeAsync(ApplyCalls.ConfigMap, """{"data":{"m":"1"}}""");
        ApplyCalls.Owners(third).ShouldBe(["""creator Update {"f:data":{".":{},"f:k":{}}}""", """patcher Update {"f:data":{"f:l":{},"f:m":{}}}"""]);
        ((string?)third["metadata"]!["managedFields"]![1]!["time"]).ShouldNotBe((string?)first["metadata"]!["managedFields"]![1]!["time"]);
    }

    [Fact]
    public async Task Status_endpoint_owns_status_under_its_subresource_and_the_object_endpoint_does_not()
    {
        await _calls.PostAsync("/apis/apps/v1/namespaces/default/deployments", """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"app":"web"}},
            "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"c","image":"nginx"}]}}},"status":{"replicas":3}}
            """);
        _clock.Advance(TimeSpan.FromMinutes(1));
        var status = await _calls.MergeAsync(ApplyCalls.Deployment + "/status", """{"status":{"replicas":3},"spec":{"replicas":7}}""", "controller/1");
        ApplyCalls.Owners(status)[1].ShouldBe("""controller Update/status {"f:status":{"f:replicas":{}}}""");
        ApplyCalls.Owners(status)[0].ShouldNotContain("f:status");
    }

    [Fact]
    public async Task Scale_endpoint_owns_replicas_under_its_subresource()
    {
        await _calls.PostAsync("/apis/apps/v1/namespaces/default/deployments", """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"web"}},
            "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"c","image":"nginx"}]}}}}
            """);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await _calls.MergeAsync(ApplyCalls.Deployment + "/scale", """{"spec":{"replicas":4}}""", "scaler/1");
        var owners = ApplyCalls.Owners(await _calls.GetAsync(ApplyCalls.Deployment));
        owners[1].ShouldBe("""scaler Update/scale {"f:spec":{"f:replicas":{}}}""");
        owners[0].ShouldNotContain("f:replicas");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{}]")]
    public async Task Entries_are_dropped_on_request_and_stay_away(string entries)
    {
        await _calls.PostAsync(ApplyCalls.ConfigMaps, ApplyCalls.Map("\"k\":\"1\""));
        ApplyCalls.Owners(await _calls.MergeAsync(ApplyCalls.ConfigMap, $$$"""{"metadata":{"managedFields":{{{entries}}}}}""")).ShouldBeEmpty();
        ApplyCalls.Owners(await _calls.MergeAsync(ApplyCalls.ConfigMap, """{"data":{"l":"1"}}""")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Entries_that_make_no_sense_or_are_left_out_mean_the_stored_ones()
    {
        await _calls.PostAsync(ApplyCalls.ConfigMaps, ApplyCalls.Map("\"k\":\"1\""));
        var body = JsonNode.Parse(ApplyCalls.Map("\"k\":\"1\""))!;
        body["metadata"]!["managedFields"] = JsonNode.Parse("""[{"manager":"x","operation":"Guess","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{}}]""");
        ApplyCalls.Owners(await _calls.PutAsync(ApplyCalls.ConfigMap, body.ToJsonString())).ShouldBe(["""creator Update {"f:data":{".":{},"f:k":{}}}"""]);
        ApplyCalls.Owners(await _calls.PutAsync(ApplyCalls.ConfigMap, ApplyCalls.Map("\"k\":\"1\""))).ShouldBe(["""creator Update {"f:data":{".":{},"f:k":{}}}"""]);
    }

    [Fact]
    public async Task Eleventh_updater_merges_the_oldest_into_ancient_changes()
    {
        await _calls.PostAsync(ApplyCalls.ConfigMaps, ApplyCalls.Map("\"k\":\"1\""), "m00/1");
        for (var i = 1; i <= 11; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            await _calls.MergeAsync(ApplyCalls.ConfigMap, $$$"""{"data":{"k{{{i:00}}}":"1"}}""", $"m{i:00}/1");
        }

        var owners = ApplyCalls.Owners(await _calls.GetAsync(ApplyCalls.ConfigMap));
        owners.Length.ShouldBe(10);
        owners[0].ShouldBe("""ancient-changes Update {"f:data":{".":{},"f:k":{},"f:k01":{},"f:k02":{}}}""");
        owners[1].ShouldStartWith("m03 ");
    }

    [Fact]
    public async Task Manager_names_are_bounded_and_printable()
    {
        var (code, body) = await _calls.SendAsync(HttpMethod.Post, $"{ApplyCalls.ConfigMaps}?fieldManager={new string('x', 129)}", ApplyCalls.Map(""), "application/json");
        code.ShouldBe(422);
        ((string?)body["message"]).ShouldBe("""CreateOptions.meta.k8s.io "" is invalid: fieldManager: Too long: may not be more than 128 bytes""");
        var made = await _calls.PostAsync(ApplyCalls.ConfigMaps, ApplyCalls.Map("\"k\":\"1\""), new string('y', 200) + "/1");
        ((string?)made["metadata"]!["managedFields"]![0]!["manager"]).ShouldBe(new string('y', 128));
    }
}
