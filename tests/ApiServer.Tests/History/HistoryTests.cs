using System.Net;
using System.Text.Json.Nodes;
using Platform.ApiServer.Tests.Registry;
using Platform.ServiceDefaults;

namespace Platform.ApiServer.Tests.History;

public sealed class HistoryTests : IAsyncLifetime
{
    private const string Deployments = "/apis/apps/v1/namespaces/default/deployments";

    private TestApiServer _server = null!;
    private ApiCalls _api = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestApiServer.StartAsync();
        _api = ApiCalls.To(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task History_lists_who_changed_which_fields_newest_first()
    {
        await _api.PostAsync(Deployments, Deployment("one", "web:1", "side:1"));
        await _api.PutAsync(Deployments + "/one", Deployment("one", "side:1", "web:1", swapped: true));
        await _api.PutAsync(Deployments + "/one", Deployment("one", "side:1", "web:2", swapped: true, replicas: 5));

        var history = await _api.GetAsync(Deployments + "/one?history=true");

        var items = history["items"]!.AsArray();
        items.Select(i => (string)i!["type"]!).ShouldBe(["Updated", "Updated", "Created"]);
        items.Select(i => (string)i!["user"]!).ShouldAllBe(user => user == "kubernetes-admin");
        Changes(items[0]!).ShouldBe(["""spec.replicas: 1 -> 5""", """spec.template.spec.containers[name="web"].image: "web:1" -> "web:2" """.TrimEnd()], ignoreOrder: true);
        Changes(items[1]!).ShouldBeEmpty("a list with keys has no order worth telling");
        items[2]!.AsObject().ContainsKey("changes").ShouldBeFalse();
        ((string)items[0]!["revision"]!).ShouldBe((string)history["metadata"]!["resourceVersion"]!);
    }

    [Fact]
    public async Task Runs_of_status_updates_are_one_entry()
    {
        await _api.PostAsync(Deployments, Deployment("busy", "web:1", "side:1"));
        for (var i = 1; i <= 10; i++)
            await PatchStatusAsync("busy", i);
        await _api.PutAsync(Deployments + "/busy", Deployment("busy", "web:2", "side:1"));

        var items = (await _api.GetAsync(Deployments + "/busy?history=true"))["items"]!.AsArray();

        items.Select(i => (bool?)i!["statusOnly"] ?? false).ShouldBe([false, true, false]);
        Changes(items[1]!).ShouldBe(["status.observedGeneration: 10"]);
    }

    [Fact]
    public async Task Undo_writes_the_state_before_the_latest_change_as_a_new_one()
    {
        await _api.PostAsync(Deployments, Deployment("two", "web:1", "side:1"));
        await _api.PutAsync(Deployments + "/two", Deployment("two", "web:2", "side:1", replicas: 3));
        await PatchStatusAsync("two", 2);

        var undone = await _api.PostAsync(Deployments + "/two/undo", "{}");

        Image(undone).ShouldBe("web:1");
        ((int)undone["spec"]!["replicas"]!).ShouldBe(1);
        ((long)undone["metadata"]!["generation"]!).ShouldBe(3, "it is a new change");
        ((long)undone["status"]!["observedGeneration"]!).ShouldBe(2, "the status is not undone");

        Image(await _api.PostAsync(Deployments + "/two/undo", "")).ShouldBe("web:2", "undoing an undo");
    }

    [Fact]
    public async Task Undo_goes_back_to_a_named_revision_and_a_dry_run_changes_nothing()
    {
        var first = ApiCalls.Version(await _api.PostAsync(Deployments, Deployment("three", "web:1", "side:1")));
        foreach (var image in (string[])["web:2", "web:3"])
            await _api.PutAsync(Deployments + "/three", Deployment("three", image, "side:1"));

        Image(await _api.PostAsync(Deployments + "/three/undo?dryRun=All", $$"""{"revision":"{{first}}"}""")).ShouldBe("web:1");
        Image(await _api.GetAsync(Deployments + "/three")).ShouldBe("web:3");
        Image(await _api.PostAsync(Deployments + "/three/undo", $$"""{"revision":{{first}}}""")).ShouldBe("web:1");
    }

    [Fact]
    public async Task Undo_of_a_deletion_creates_the_object_again()
    {
        var before = await _api.PostAsync(ApiCalls.ConfigMaps, ApiCalls.ConfigMap("gone", """{"a":"b"}"""));
        await _api.DeleteAsync(ApiCalls.ConfigMaps + "/gone");

        var items = (await _api.GetAsync(ApiCalls.ConfigMaps + "/gone?history=true"))["items"]!.AsArray();
        var again = await _api.PostAsync(ApiCalls.ConfigMaps + "/gone/undo", "");

        items.Select(i => (string)i!["type"]!).ShouldBe(["Deleted", "Created"]);
        ((string)again["data"]!["v"]!).ShouldBe("1");
        ((string)again["metadata"]!["labels"]!["a"]!).ShouldBe("b");
        ((string)again["metadata"]!["uid"]!).ShouldNotBe((string)before["metadata"]!["uid"]!);
    }

    [Theory]
    [InlineData("", "the object's history has nothing before its latest change")]
    [InlineData("""{"revision":"99999"}""", "revision 99999 is not in the object's history")]
    [InlineData("""{"revision":"x"}""", "revision must be a number")]
    [InlineData("""{"to":1}""", "the body of an undo is")]
    [InlineData("{", "the body is not JSON")]
    public async Task Undo_that_cannot_be_is_refused_with_the_reason(string body, string reason)
    {
        await _api.CreateConfigMapAsync("only");
        var (code, status) = await _api.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps + "/only/undo", body);
        code.ShouldBe(HttpStatusCode.BadRequest);
        ((string)status["message"]!).ShouldContain(reason);
    }

    [Fact]
    public async Task Neither_history_nor_undo_of_what_never_was()
    {
        (await _api.SendAsync(HttpMethod.Get, ApiCalls.ConfigMaps + "/never?history=true")).Code.ShouldBe(HttpStatusCode.NotFound);
        (await _api.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps + "/never/undo", "")).Code.ShouldBe(HttpStatusCode.NotFound);
        (await _api.SendAsync(HttpMethod.Get, ApiCalls.ConfigMaps + "/never/undo")).Code.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Undo_needs_what_an_update_needs_and_history_what_a_read_needs()
    {
        await _api.CreateConfigMapAsync("guarded");
        var reader = new ComponentIdentity("reader", "jane", []);
        var other = new ApiCalls(_server.ClientFor(reader));
        (await other.SendAsync(HttpMethod.Get, ApiCalls.ConfigMaps + "/guarded?history=true")).Code.ShouldBe(HttpStatusCode.Forbidden);
        var (code, status) = await other.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps + "/guarded/undo", "");
        code.ShouldBe(HttpStatusCode.Forbidden);
        ((string)status["message"]!).ShouldContain("cannot update resource \"configmaps\"");
    }

    private async Task PatchStatusAsync(string name, int observed) =>
        (await _api.SendAsync(HttpMethod.Patch, $"{Deployments}/{name}/status", $$$"""{"status":{"observedGeneration":{{{observed}}}}}""",
            "application/merge-patch+json")).Code.ShouldBe(HttpStatusCode.OK);

    private static IEnumerable<string> Changes(JsonNode item) => item["changes"]!.AsArray().Select(c =>
        c!["from"] is null ? $"{c["path"]}: {c["to"]!.ToJsonString()}" : $"{c["path"]}: {c["from"]!.ToJsonString()} -> {c["to"]?.ToJsonString()}");

    private static string Image(JsonNode deployment) => (string)deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!;

    private static string Deployment(string name, string first, string second, bool swapped = false, int replicas = 1)
    {
        var (one, two) = swapped ? ("side", "web") : ("web", "side");
        return $$$$"""
            {"metadata":{"name":"{{{{name}}}}"},"spec":{"replicas":{{{{replicas}}}},"selector":{"matchLabels":{"app":"d"}},"template":{"metadata":{"labels":{"app":"d"}},
            "spec":{"containers":[{"name":"{{{{one}}}}","image":"{{{{first}}}}"},{"name":"{{{{two}}}}","image":"{{{{second}}}}"} ] } } } }
            """;
    }
}
