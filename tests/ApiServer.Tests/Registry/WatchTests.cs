using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Core.V1;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Tests.Registry;

public sealed class WatchTests : IAsyncLifetime
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
    public async Task Watch_from_a_lists_version_sees_what_comes_after_it()
    {
        await _api.CreateConfigMapAsync("before");
        var list = await _api.GetAsync(ApiCalls.ConfigMaps);
        await _api.CreateConfigMapAsync("a");
        await using var watch = await WatchReader.OpenAsync(_api.Http, $"{ApiCalls.ConfigMaps}?watch=true&resourceVersion={ApiCalls.Version(list)}");
        (await watch.NextNameAsync()).ShouldBe("ADDED a");
        await _api.PutAsync(ApiCalls.ConfigMaps + "/a", ApiCalls.ConfigMap("a", value: "2"));
        (await watch.NextNameAsync()).ShouldBe("MODIFIED a");
        await _api.DeleteAsync(ApiCalls.ConfigMaps + "/a");
        (await watch.NextNameAsync()).ShouldBe("DELETED a");
    }

    [Fact]
    public async Task Watch_without_a_version_begins_with_what_is_there()
    {
        await _api.CreateConfigMapAsync("a");
        await using var watch = await WatchReader.OpenAsync(_api.Http, ApiCalls.ConfigMaps + "?watch=true");
        (await watch.NextNameAsync()).ShouldBe("ADDED a");
    }

    [Fact]
    public async Task An_object_that_enters_or_leaves_the_selection_is_added_or_deleted()
    {
        var made = await _api.CreateConfigMapAsync("a");
        await using var watch = await WatchReader.OpenAsync(_api.Http, $"{ApiCalls.ConfigMaps}?watch=true&labelSelector=tier%3Dweb&resourceVersion={ApiCalls.Version(made)}");
        await _api.PutAsync(ApiCalls.ConfigMaps + "/a", ApiCalls.ConfigMap("a", """{"tier":"web"}"""));
        await _api.PutAsync(ApiCalls.ConfigMaps + "/a", ApiCalls.ConfigMap("a", """{"tier":"web"}""", value: "2"));
        await _api.PutAsync(ApiCalls.ConfigMaps + "/a", ApiCalls.ConfigMap("a", """{"tier":"db"}"""));
        (await watch.NextNameAsync()).ShouldBe("ADDED a");
        (await watch.NextNameAsync()).ShouldBe("MODIFIED a");
        (await watch.NextNameAsync()).ShouldBe("DELETED a");
    }

    [Fact]
    public async Task Watch_of_one_name_sees_only_that_object()
    {
        await using var watch = await WatchReader.OpenAsync(_api.Http, ApiCalls.ConfigMaps + "?watch=true&fieldSelector=metadata.name%3Db");
        await _api.CreateConfigMapAsync("a");
        await _api.CreateConfigMapAsync("b");
        (await watch.NextNameAsync()).ShouldBe("ADDED b");
    }

    [Fact]
    public async Task SendInitialEvents_ends_them_with_a_bookmark()
    {
        await _api.CreateConfigMapAsync("a");
        await using var watch = await WatchReader.OpenAsync(
            _api.Http, ApiCalls.ConfigMaps + "?watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan");
        (await watch.NextNameAsync()).ShouldBe("ADDED a");
        var end = (await watch.NextAsync()).ShouldNotBeNull();
        ((string)end["type"]!).ShouldBe("BOOKMARK");
        ((string)end["object"]!["metadata"]!["annotations"]!["k8s.io/initial-events-end"]!).ShouldBe("true");
    }

    [Fact]
    public async Task Watch_from_a_version_that_is_no_longer_held_gets_an_expired_error()
    {
        await using var watch = await WatchReader.OpenAsync(_api.Http, ApiCalls.ConfigMaps + "?watch=true&resourceVersion=0");
        // A fresh server holds nothing from before it was filled; re-listing moves that point to now.
        var caches = _server.Services.GetRequiredService<WatchCaches>();
        var cache = caches.Of(_server.Services.GetRequiredService<ResourceRegistry>().Of<ConfigMap>());
        await _api.CreateConfigMapAsync("a");
        cache.Load(cache.Snapshot(0).Objects, caches.Applied);
        await using var late = await WatchReader.OpenAsync(_api.Http, ApiCalls.ConfigMaps + "?watch=true&resourceVersion=1");
        var first = (await late.NextAsync()).ShouldNotBeNull();
        ((string)first["type"]!).ShouldBe("ERROR");
        ((int)first["object"]!["code"]!).ShouldBe(410);
        ((string)first["object"]!["reason"]!).ShouldBe("Expired");
    }

    [Fact]
    public async Task The_cause_of_an_event_is_sent_only_to_those_who_ask()
    {
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        await using var plain = await WatchReader.OpenAsync(_api.Http, ApiCalls.ConfigMaps + "?watch=true");
        await using var caused = await WatchReader.OpenAsync(_api.Http, ApiCalls.ConfigMaps + "?watch=true", ("Platform-Cause", "true"));
        using var request = new HttpRequestMessage(HttpMethod.Post, ApiCalls.ConfigMaps) { Content = new StringContent(ApiCalls.ConfigMap("a"),
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("traceparent", Trace);
        (await _api.Http.SendAsync(request)).EnsureSuccessStatusCode();
        (await plain.NextAsync())!["cause"].ShouldBeNull();
        ((string)(await caused.NextAsync())!["cause"]!["traceparent"]!).ShouldContain("0af7651916cd43dd8448eb211c80319c");
    }

    [Fact]
    public async Task A_watch_gets_bookmarks_and_ends_at_its_timeout_with_one()
    {
        var clock = new TestClock();
        await using var other = await TestApiServer.StartAsync(new() { Time = clock });
        var calls = ApiCalls.To(other);
        await calls.CreateConfigMapAsync("a");
        await using var watch = await WatchReader.OpenAsync(calls.Http, ApiCalls.ConfigMaps + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=90");
        (await watch.NextNameAsync()).ShouldBe("ADDED a");
        clock.Advance(TimeSpan.FromSeconds(60));
        var bookmark = (await watch.NextAsync()).ShouldNotBeNull();
        ((string)bookmark["type"]!).ShouldBe("BOOKMARK");
        long.Parse((string)bookmark["object"]!["metadata"]!["resourceVersion"]!).ShouldBeGreaterThan(0);
        clock.Advance(TimeSpan.FromSeconds(30));
        ((string)(await watch.NextAsync()).ShouldNotBeNull()["type"]!).ShouldBe("BOOKMARK");
        (await watch.NextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_table_watch_sends_the_columns_once()
    {
        await using var watch = await WatchReader.OpenAsync(_api.Http, ApiCalls.ConfigMaps + "?watch=true", ("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"));
        await _api.CreateConfigMapAsync("a");
        await _api.CreateConfigMapAsync("b");
        (await watch.NextAsync())!["object"]!["columnDefinitions"]!.AsArray().Count.ShouldBeGreaterThan(0);
        var second = (await watch.NextAsync())!["object"]!;
        second["columnDefinitions"]!.AsArray().Count.ShouldBe(0);
        ((string)second["rows"]![0]!["cells"]![0]!).ShouldBe("b");
    }
}
