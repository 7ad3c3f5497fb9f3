using System.Net;
using System.Text.Json.Nodes;

namespace Platform.ApiServer.Tests.Registry.Deletion;

/// <summary>Deletions over the wire: options, refusals, answers, collections, what watches see.</summary>
public sealed class DeletionTests : IAsyncLifetime
{
    private TestApiServer _server = null!;
    private ApiCalls _api = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestApiServer.StartAsync();
        _api = ApiCalls.To(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_object_that_goes_at_once_is_answered_with_a_status()
    {
        var made = await _api.CreateConfigMapAsync("a");
        var status = await _api.DeleteAsync(ApiCalls.ConfigMaps + "/a");
        status["details"]!.ToJsonString().ShouldBe(
            $$"""{"kind":"configmaps","name":"a","uid":"{{made["metadata"]!["uid"]}}"}""");
        ((string)status["status"]!).ShouldBe("Success");
        (await _api.SendAsync(HttpMethod.Get, ApiCalls.ConfigMaps + "/a")).Code.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"preconditions":{"uid":"other"}}""", 409, "the UID in the precondition (other) does not match the UID in record (",
        "might have been deleted and then recreated")]
    [InlineData("""{"preconditions":{"resourceVersion":"1"}}""", 409, "the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (",
        "might have been modified")]
    [InlineData("""{"propagationPolicy":"Sometimes"}""", 422, "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value: \"Sometimes\"", "")]
    [InlineData("""{"propagationPolicy":"Orphan","orphanDependents":true}""", 422,
        "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Invalid value: \"Orphan\": orphanDependents and deletionPropagation cannot be both set", "")]
    [InlineData("""{"dryRun":["Some"]}""", 422, "dryRun: Unsupported value: \"Some\": supported values: \"All\"", "")]
    [InlineData("""{"kind":"Pod"}""", 400, "decoded object cannot be converted to DeleteOptions", "")]
    [InlineData("""{"gracePeriodSeconds":"x"}""", 400, "", "")]
    public async Task A_deletion_is_refused(string options, int code, string message, string end)
    {
        await _api.CreateConfigMapAsync("a");
        var (status, body) = await _api.SendAsync(HttpMethod.Delete, ApiCalls.ConfigMaps + "/a", options);
        ((int)status).ShouldBe(code);
        ((string)body["message"]!).ShouldContain(message, Case.Sensitive);
        ((string)body["message"]!).ShouldEndWith(end);
        (await _api.SendAsync(HttpMethod.Get, ApiCalls.ConfigMaps + "/a")).Code.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_failed_precondition_names_the_kind()
    {
        await _api.CreateConfigMapAsync("a");
        var (_, body) = await _api.SendAsync(HttpMethod.Delete, ApiCalls.ConfigMaps + "/a", """{"preconditions":{"uid":"other"}}""");
        ((string)body["message"]!).ShouldStartWith("Operation cannot be fulfilled on ConfigMap \"a\": ");
    }

    [Theory]
    [InlineData("?gracePeriodSeconds=soon", "strconv.ParseInt: parsing \"soon\": invalid syntax")]
    public async Task A_deletion_with_an_unreadable_query_is_a_bad_request(string query, string message)
    {
        await _api.CreateConfigMapAsync("a");
        var (code, body) = await _api.SendAsync(HttpMethod.Delete, ApiCalls.ConfigMaps + "/a" + query);
        code.ShouldBe(HttpStatusCode.BadRequest);
        ((string)body["message"]!).ShouldBe(message);
    }

    [Theory]
    [InlineData("?dryRun=All", null)]
    [InlineData("", """{"kind":"DeleteOptions","apiVersion":"v1","dryRun":["All"]}""")]
    public async Task A_rehearsal_deletes_nothing(string query, string? body)
    {
        await _api.CreateConfigMapAsync("a");
        ((string)(await _api.DeleteAsync(ApiCalls.ConfigMaps + "/a" + query, body))["status"]!).ShouldBe("Success");
        await _api.DeleteAsync(ApiCalls.ConfigMaps + query, body);
        (await _api.SendAsync(HttpMethod.Get, ApiCalls.ConfigMaps + "/a")).Code.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_foreground_deletion_waits_and_the_last_finalizer_ends_it()
    {
        await _api.CreateConfigMapAsync("a");
        var marked = await _api.DeleteAsync(ApiCalls.ConfigMaps + "/a?propagationPolicy=Foreground");
        marked["metadata"]!["finalizers"]!.ToJsonString().ShouldBe("""["foregroundDeletion"]""");
        marked["metadata"]!["deletionTimestamp"].ShouldNotBeNull();
        ((long)marked["metadata"]!["deletionGracePeriodSeconds"]!).ShouldBe(0);
        marked["metadata"]!.AsObject().Remove("finalizers");
        await _api.PutAsync(ApiCalls.ConfigMaps + "/a", marked.ToJsonString());
        (await _api.SendAsync(HttpMethod.Get, ApiCalls.ConfigMaps + "/a")).Code.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_deletion_that_waits_is_accepted_where_dependents_are_not_to_be_orphaned()
    {
        var body = JsonNode.Parse(ApiCalls.ConfigMap("a"))!;
        body["metadata"]!["finalizers"] = new JsonArray("example.com/x");
        await _api.PostAsync(ApiCalls.ConfigMaps, body.ToJsonString());
        (await _api.SendAsync(HttpMethod.Delete, ApiCalls.ConfigMaps + "/a?orphanDependents=false")).Code.ShouldBe(HttpStatusCode.Accepted);
        (await _api.SendAsync(HttpMethod.Delete, ApiCalls.ConfigMaps + "/a")).Code.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_watch_sees_the_last_state_with_the_version_of_the_deletion()
    {
        var made = await _api.CreateConfigMapAsync("a", """{"tier":"web"}""");
        await using var watch = await WatchReader.OpenAsync(_api.Http, $"{ApiCalls.ConfigMaps}?watch=1&resourceVersion={ApiCalls.Version(made)}");
        await _api.DeleteAsync(ApiCalls.ConfigMaps + "/a");
        var gone = (await watch.NextAsync()).ShouldNotBeNull();
        ((string)gone["type"]!).ShouldBe("DELETED");
        ((string)gone["object"]!["data"]!["v"]!).ShouldBe("1");
        ((string)gone["object"]!["metadata"]!["labels"]!["tier"]!).ShouldBe("web");
        var newest = (await _api.GetAsync(ApiCalls.ConfigMaps + "/a?history=true"))["items"]![0]!;
        ((string)newest["type"]!).ShouldBe("Deleted");
        ApiCalls.Version(gone["object"]!.AsObject()).ShouldBe((string)newest["revision"]!);
    }

    [Fact]
    public async Task A_collection_is_deleted_by_selector_and_by_page()
    {
        foreach (var name in new[] { "a", "b", "c", "d" })
            await _api.CreateConfigMapAsync(name, name == "d" ? """{"tier":"db"}""" : """{"tier":"web"}""");
        var page = await _api.DeleteAsync(ApiCalls.ConfigMaps + "?labelSelector=tier%3Dweb&limit=2");
        Names(page).ShouldBe(["a", "b"]);
        page["metadata"]!["continue"].ShouldNotBeNull();
        Names(await _api.GetAsync(ApiCalls.ConfigMaps)).ShouldBe(["c", "d"]);
        Names(await _api.DeleteAsync(ApiCalls.ConfigMaps + "?fieldSelector=metadata.name!=d", """{"propagationPolicy":"Foreground"}""")).ShouldBe(["c"]);
        var left = await _api.GetAsync(ApiCalls.ConfigMaps);
        Names(left).ShouldBe(["c", "d"]);
        left["items"]![0]!["metadata"]!["finalizers"]!.ToJsonString().ShouldBe("""["foregroundDeletion"]""");
    }

    [Fact]
    public async Task A_pod_that_no_node_has_goes_at_once_and_is_the_answer()
    {
        await _api.PostAsync("/api/v1/namespaces/default/pods",
            """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}}""");
        var gone = await _api.DeleteAsync("/api/v1/namespaces/default/pods/p");
        ((string)gone["kind"]!).ShouldBe("Pod");
        ((long)gone["metadata"]!["deletionGracePeriodSeconds"]!).ShouldBe(0);
        (await _api.SendAsync(HttpMethod.Get, "/api/v1/namespaces/default/pods/p")).Code.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string[] Names(JsonObject list) => [.. list["items"]!.AsArray().Select(i => (string)i!["metadata"]!["name"]!)];
}
