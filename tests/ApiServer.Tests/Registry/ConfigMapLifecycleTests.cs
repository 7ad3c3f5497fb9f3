using System.Net;

namespace Platform.ApiServer.Tests.Registry;

public sealed class ConfigMapLifecycleTests : IAsyncLifetime
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
    public async Task Create_answers_201_with_the_metadata_that_the_server_sets()
    {
        var (code, made) = await _api.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, ApiCalls.ConfigMap("a"));
        code.ShouldBe(HttpStatusCode.Created);
        var metadata = made["metadata"]!;
        ((string)metadata["namespace"]!).ShouldBe("default");
        Guid.TryParse((string)metadata["uid"]!, out _).ShouldBeTrue();
        long.Parse((string)metadata["resourceVersion"]!).ShouldBeGreaterThan(0);
        ((string)metadata["creationTimestamp"]!).ShouldEndWith("Z");
    }

    [Fact]
    public async Task Get_returns_what_create_answered()
    {
        var made = await _api.CreateConfigMapAsync("a");
        (await _api.GetAsync(ApiCalls.ConfigMaps + "/a")).ToJsonString().ShouldBe(made.ToJsonString());
    }

    [Fact]
    public async Task Create_of_a_name_that_exists_returns_AlreadyExists()
    {
        await _api.CreateConfigMapAsync("a");
        var (code, status) = await _api.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps, ApiCalls.ConfigMap("a"));
        code.ShouldBe(HttpStatusCode.Conflict);
        ((string)status["reason"]!).ShouldBe("AlreadyExists");
        ((string)status["message"]!).ShouldBe("configmaps \"a\" already exists");
    }

    [Fact]
    public async Task GenerateName_makes_distinct_names()
    {
        const string Body = """{"metadata":{"generateName":"run-"}}""";
        var first = await _api.PostAsync(ApiCalls.ConfigMaps, Body);
        var second = await _api.PostAsync(ApiCalls.ConfigMaps, Body);
        var name = (string)first["metadata"]!["name"]!;
        name.ShouldMatch("^run-[bcdfghjklmnpqrstvwxz2456789]{5}$");
        name.ShouldNotBe((string)second["metadata"]!["name"]!);
    }

    [Fact]
    public async Task Update_with_stale_version_returns_conflict()
    {
        var made = await _api.CreateConfigMapAsync("a");
        await _api.PutAsync(ApiCalls.ConfigMaps + "/a", ApiCalls.ConfigMap("a", value: "2"));
        var (code, status) = await _api.SendAsync(HttpMethod.Put, ApiCalls.ConfigMaps + "/a", made.ToJsonString());
        code.ShouldBe(HttpStatusCode.Conflict);
        ((string)status["reason"]!).ShouldBe("Conflict");
    }

    [Fact]
    public async Task Update_that_changes_nothing_does_not_commit()
    {
        var made = await _api.CreateConfigMapAsync("a");
        var same = await _api.PutAsync(ApiCalls.ConfigMaps + "/a", made.ToJsonString());
        ApiCalls.Version(same).ShouldBe(ApiCalls.Version(made));
    }

    [Fact]
    public async Task Two_updates_of_one_version_race_and_one_wins()
    {
        var made = await _api.CreateConfigMapAsync("a");
        var bodies = Enumerable.Range(0, 8).Select(i => made.ToJsonString().Replace("\"v\":\"1\"", $"\"v\":\"r{i}\""));
        var answers = await Task.WhenAll(bodies.Select(b => _api.SendAsync(HttpMethod.Put, ApiCalls.ConfigMaps + "/a", b)));
        answers.Count(a => a.Code == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.Code == HttpStatusCode.Conflict).ShouldBe(7);
    }

    [Fact]
    public async Task Delete_answers_a_Status_with_the_uid_and_the_object_is_gone()
    {
        var made = await _api.CreateConfigMapAsync("a");
        var status = await _api.DeleteAsync(ApiCalls.ConfigMaps + "/a");
        ((string)status["status"]!).ShouldBe("Success");
        ((string)status["details"]!["uid"]!).ShouldBe((string)made["metadata"]!["uid"]!);
        (await _api.SendAsync(HttpMethod.Get, ApiCalls.ConfigMaps + "/a")).Code.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Delete_waits_for_finalizers_and_the_last_one_to_go_completes_it()
    {
        await _api.PostAsync(ApiCalls.ConfigMaps, """{"metadata":{"name":"a","finalizers":["example.org/hold"]}}""");
        var marked = await _api.DeleteAsync(ApiCalls.ConfigMaps + "/a");
        marked["metadata"]!["deletionTimestamp"].ShouldNotBeNull();
        marked["metadata"]!["finalizers"] = null;
        await _api.PutAsync(ApiCalls.ConfigMaps + "/a", marked.ToJsonString());
        (await _api.SendAsync(HttpMethod.Get, ApiCalls.ConfigMaps + "/a")).Code.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Delete_with_wrong_uid_precondition_returns_conflict()
    {
        await _api.CreateConfigMapAsync("a");
        var (code, _) = await _api.SendAsync(HttpMethod.Delete, ApiCalls.ConfigMaps + "/a", """{"preconditions":{"uid":"other"}}""");
        code.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task DryRun_creates_nothing()
    {
        var answer = await _api.PostAsync(ApiCalls.ConfigMaps + "?dryRun=All", ApiCalls.ConfigMap("a"));
        // API concepts, dry run: what the store would have set is not there. An empty version is absent, since the field is omitted when empty.
        answer["metadata"]!.AsObject().ContainsKey("resourceVersion").ShouldBeFalse();
        answer["metadata"]!["uid"].ShouldNotBeNull();
        (await _api.SendAsync(HttpMethod.Get, ApiCalls.ConfigMaps + "/a")).Code.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Yaml_bodies_are_accepted()
    {
        var (code, made) = await _api.SendAsync(HttpMethod.Post, ApiCalls.ConfigMaps,
            "metadata:\n  name: yam\ndata:\n  answer: \"42\"\n  text: |\n    two\n    lines\n", "application/yaml");
        code.ShouldBe(HttpStatusCode.Created, made.ToJsonString());
        ((string)made["data"]!["answer"]!).ShouldBe("42");
        ((string)made["data"]!["text"]!).ShouldBe("two\nlines\n");
    }
}
