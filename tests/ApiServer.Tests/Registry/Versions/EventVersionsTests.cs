using System.Net;
using System.Text.Json.Nodes;

namespace Platform.ApiServer.Tests.Registry.Versions;

/// <summary>
/// Events of <c>v1</c> and <c>events.k8s.io/v1</c> are one stored object in two shapes
/// (https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/).
/// </summary>
public sealed class EventVersionsTests : IAsyncLifetime
{
    private const string Core = "/api/v1/namespaces/default/events";
    private const string Newer = "/apis/events.k8s.io/v1/namespaces/default/events";
    private const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io";

    private TestApiServer _server = null!;
    private ApiCalls _api = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestApiServer.StartAsync();
        _api = ApiCalls.To(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_event_written_in_one_version_is_read_in_the_other()
    {
        var written = await _api.PostAsync(Newer, NewerEvent("a"));
        ((string)written["apiVersion"]!).ShouldBe("events.k8s.io/v1");
        var read = await _api.GetAsync(Core + "/a");
        ((string)read["apiVersion"]!).ShouldBe("v1");
        ((string)read["message"]!).ShouldBe("hello");
        ((string)read["involvedObject"]!["name"]!).ShouldBe("p");
        ((string)read["reportingComponent"]!).ShouldBe("test/agent");
        read["note"].ShouldBeNull();
        ApiCalls.Version(read).ShouldBe(ApiCalls.Version(written));
        (await _api.GetAsync(Newer + "/a")).ToJsonString().ShouldBe(written.ToJsonString());
    }

    [Fact]
    public async Task A_list_has_the_version_of_its_request_and_pages_of_either_go_on()
    {
        foreach (var name in new[] { "a", "b", "c" })
            await _api.PostAsync(Core, CoreEvent(name));
        var first = await _api.GetAsync(Newer + "?limit=2");
        ((string)first["kind"]!).ShouldBe("EventList");
        ((string)first["apiVersion"]!).ShouldBe("events.k8s.io/v1");
        Names(first).ShouldBe("a b");
        ((string)first["items"]![0]!["regarding"]!["kind"]!).ShouldBe("Pod");
        var second = await _api.GetAsync($"{Newer}?limit=2&continue={first["metadata"]!["continue"]}");
        Names(second).ShouldBe("c");
    }

    [Fact]
    public async Task Field_selectors_go_by_the_names_of_their_version()
    {
        await _api.PostAsync(Core, CoreEvent("a"));
        await _api.PostAsync(Core, CoreEvent("b", "q"));
        Names(await _api.GetAsync(Newer + "?fieldSelector=regarding.name%3Dq")).ShouldBe("b");
        Names(await _api.GetAsync(Core + "?fieldSelector=involvedObject.name%3Dq")).ShouldBe("b");
        Names(await _api.GetAsync(Newer + "?fieldSelector=metadata.name%3Da")).ShouldBe("a");
        var (code, body) = await _api.SendAsync(HttpMethod.Get, Newer + "?fieldSelector=involvedObject.name%3Dq");
        code.ShouldBe(HttpStatusCode.BadRequest);
        ((string)body["message"]!).ShouldContain("field label not supported: involvedObject.name");
    }

    [Fact]
    public async Task A_watch_sends_its_version_from_the_backlog_and_live()
    {
        await _api.PostAsync(Core, CoreEvent("a"));
        await using var watch = await WatchReader.OpenAsync(_api.Http, Newer + "?watch=true&fieldSelector=regarding.kind%3DPod");
        var initial = (await watch.NextAsync())!;
        ((string)initial["object"]!["apiVersion"]!).ShouldBe("events.k8s.io/v1");
        ((string)initial["object"]!["note"]!).ShouldBe("hello");
        await _api.PostAsync(Core, CoreEvent("b"));
        var live = (await watch.NextAsync())!;
        ((string)live["object"]!["regarding"]!["name"]!).ShouldBe("p");
        await _api.DeleteAsync(Core + "/b");
        var deleted = (await watch.NextAsync())!;
        ((string)deleted["type"]!).ShouldBe("DELETED");
        ((string)deleted["object"]!["apiVersion"]!).ShouldBe("events.k8s.io/v1");
    }

    [Fact]
    public async Task A_patch_works_on_the_version_of_its_request()
    {
        await _api.PostAsync(Newer, NewerEvent("a"));
        var (code, patched) = await _api.SendAsync(HttpMethod.Patch, Newer + "/a",
            """{"series":{"count":3,"lastObservedTime":"2026-01-01T00:00:00.000000Z"}}""", "application/merge-patch+json");
        code.ShouldBe(HttpStatusCode.OK);
        ((string)patched["regarding"]!["name"]!).ShouldBe("p");
        ((int)(await _api.GetAsync(Core + "/a"))["series"]!["count"]!).ShouldBe(3);
        (code, var same) = await _api.SendAsync(HttpMethod.Patch, Newer + "/a", """{"series":{"count":3}}""", "application/merge-patch+json");
        code.ShouldBe(HttpStatusCode.OK);
        ApiCalls.Version(same).ShouldBe(ApiCalls.Version(patched));
    }

    [Fact]
    public async Task The_newer_version_is_stricter_and_changes_only_the_series()
    {
        var (code, body) = await _api.SendAsync(HttpMethod.Post, Newer, CoreEvent("a").Replace("\"v1\"", "\"events.k8s.io/v1\"", StringComparison.Ordinal));
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string)body["message"]!).ShouldContain("eventTime: Required value");
        await _api.PostAsync(Newer, NewerEvent("a"));
        (code, body) = await _api.SendAsync(HttpMethod.Patch, Newer + "/a", """{"note":"other"}""", "application/merge-patch+json");
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string)body["message"]!).ShouldContain("message: Invalid value: \"other\": field is immutable");
        (code, _) = await _api.SendAsync(HttpMethod.Patch, Core + "/a", """{"message":"other"}""", "application/merge-patch+json");
        code.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Both_versions_print_the_same_table_and_either_deletes()
    {
        await _api.PostAsync(Core, CoreEvent("a"));
        var core = await _api.GetAsync(Core, Table);
        var newer = await _api.GetAsync(Newer, Table);
        newer["columnDefinitions"]!.ToJsonString().ShouldBe(core["columnDefinitions"]!.ToJsonString());
        newer["rows"]![0]!["cells"]!.ToJsonString().ShouldBe(core["rows"]![0]!["cells"]!.ToJsonString());
        await _api.DeleteAsync(Newer + "/a");
        (await _api.SendAsync(HttpMethod.Get, Core + "/a")).Code.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string Names(JsonObject list) => string.Join(' ', list["items"]!.AsArray().Select(i => (string)i!["metadata"]!["name"]!));

    private static string CoreEvent(string name, string pod = "p") => $$$"""
        {"apiVersion":"v1","kind":"Event","metadata":{"name":"{{{name}}}"},"involvedObject":{"kind":"Pod","name":"{{{pod}}}","namespace":"default"},
        "reason":"Started","message":"hello","type":"Normal","firstTimestamp":"2026-01-01T00:00:00Z","lastTimestamp":"2026-01-01T00:00:00Z","count":1}
        """;

    private static string NewerEvent(string name) => $$$"""
        {"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"{{{name}}}"},"regarding":{"kind":"Pod","name":"p","namespace":"default"},
        "eventTime":"2026-01-01T00:00:00.000001Z","reportingController":"test/agent","reportingInstance":"i","action":"Start","reason":"Started",
        "note":"hello","type":"Normal"}
        """;
}
