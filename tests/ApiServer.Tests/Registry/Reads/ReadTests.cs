using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Core.V1;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Watching;
using Platform.Storage;

namespace Platform.ApiServer.Tests.Registry.Reads;

/// <summary>Every row of <see cref="ReadRules"/> against the real server over the in-memory store.</summary>
public sealed class ReadTests : IAsyncLifetime
{
    private const string Future = "999999999";

    private TestApiServer _server = null!;
    private ApiCalls _api = null!;
    private readonly Dictionary<string, string> _given = [];

    public async ValueTask InitializeAsync()
    {
        _server = await TestApiServer.StartAsync();
        _api = ApiCalls.To(_server);
        await _api.CreateConfigMapAsync("a", """{"tier":"web"}""");
        await _api.CreateConfigMapAsync("b", """{"tier":"db"}""");
        var compacted = (string)(await _api.GetAsync(ApiCalls.ConfigMaps + "?limit=1"))["metadata"]!["continue"]!;
        await _api.CreateConfigMapAsync("other");
        await _api.DeleteAsync(ApiCalls.ConfigMaps + "/other");
        _given["old"] = ApiCalls.Version(await _api.GetAsync(ApiCalls.ConfigMaps));
        // The first page's state stays at hand in memory for a while; what was not asked for by page comes from the store.
        await _server.Services.GetRequiredService<IRevisionedStore>().CompactAsync(long.Parse(_given["old"]) - 1);
        await _api.CreateConfigMapAsync("c", """{"tier":"web"}""");
        var first = await _api.GetAsync(ApiCalls.ConfigMaps + "?limit=1");
        _given["now"] = ApiCalls.Version(first);
        _given["future"] = Future;
        _given["next"] = (string)first["metadata"]!["continue"]!;
        _given["gone"] = new ContinueToken(ContinueToken.Parse(compacted).Revision - 1, "default/a").ToString();
        _given["inconsistent"] = new ContinueToken(-1, "default/a").ToString();
        _given["escape"] = new ContinueToken(long.Parse(_given["now"]), "../secrets/").ToString();
        _server.Services.GetRequiredService<WatchCaches>().Of(_server.Services.GetRequiredService<ResourceRegistry>().Of<ConfigMap>())
            .Snapshot(0).Objects.Count.ShouldBeGreaterThan(2);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(ReadRules.Lists), MemberType = typeof(ReadRules))]
    public async Task A_list_answers_as_documented(string rule, string query, string expected)
    {
        var list = await _api.GetAsync(Path(query));
        var names = list["items"]!.AsArray().Select(i => (string)i!["metadata"]!["name"]!).Where(n => n != "kube-root-ca.crt");
        var metadata = list["metadata"]!;
        var rest = metadata["continue"] is null ? "" : $" +{metadata["remainingItemCount"]?.ToString() ?? "?"}";
        (string.Join(' ', names) + rest).ShouldBe(expected, rule);
        var isExact = query.Contains("Exact", StringComparison.Ordinal) || (query.Contains("{old}&limit", StringComparison.Ordinal));
        // The server writes things of its own now and then, so the newest version may have moved on.
        var version = long.Parse(ApiCalls.Version(list));
        if (isExact)
            version.ShouldBe(long.Parse(_given["old"]), rule);
        else
            version.ShouldBeGreaterThanOrEqualTo(long.Parse(_given["now"]), rule);
    }

    [Theory]
    [MemberData(nameof(ReadRules.RefusedLists), MemberType = typeof(ReadRules))]
    public async Task A_list_is_refused_as_documented(string rule, string query, int code, string reason, string message)
    {
        var (status, body) = await _api.SendAsync(HttpMethod.Get, Path(query));
        ((int)status).ShouldBe(code, rule);
        ((string)body["reason"]!).ShouldBe(reason, rule);
        ((string)body["message"]!).TrimEnd('\0').ShouldBe(message, rule);
    }

    [Theory]
    [MemberData(nameof(ReadRules.RefusedWatches), MemberType = typeof(ReadRules))]
    public async Task A_watch_is_refused_as_documented(string rule, string query, int code, string reason, string message)
    {
        var (status, body) = await _api.SendAsync(HttpMethod.Get, Path("watch=true&" + query));
        ((int)status).ShouldBe(code, rule);
        ((string)body["reason"]!).ShouldBe(reason, rule);
        ((string)body["message"]!).ShouldBe(message, rule);
    }

    [Theory]
    [MemberData(nameof(ReadRules.Watches), MemberType = typeof(ReadRules))]
    public async Task A_watch_begins_as_documented(string rule, string query, string expected)
    {
        // What comes next on every watch but one tells that nothing else came before.
        await using var watch = await WatchReader.OpenAsync(_api.Http, Path("watch=true&" + query));
        if (!query.Contains("{future}", StringComparison.Ordinal))
            await _api.PostAsync(ApiCalls.ConfigMaps, ApiCalls.ConfigMap("z", """{"tier":"db"}"""));
        var seen = new List<string>();
        while (seen.Count < expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length)
            seen.Add(Describe((await watch.NextAsync()).ShouldNotBeNull(rule)));
        string.Join(' ', seen).ShouldBe(expected, rule);
        if (!query.Contains("{future}", StringComparison.Ordinal) && !query.Contains("fieldSelector", StringComparison.Ordinal))
            Describe((await watch.NextAsync()).ShouldNotBeNull(rule)).ShouldBe("+z", rule);
    }

    [Theory]
    [InlineData("get, version unset: most recent", "", 200)]
    [InlineData("get, version 0: any", "?resourceVersion=0", 200)]
    [InlineData("get, other version: not older than", "?resourceVersion={old}", 200)]
    [InlineData("get, a version that is no number", "?resourceVersion=cool", 400)]
    public async Task A_get_answers_as_documented(string rule, string query, int code)
    {
        var (status, body) = await _api.SendAsync(HttpMethod.Get, ApiCalls.ConfigMaps + "/c" + Filled(query));
        ((int)status).ShouldBe(code, rule);
        if (code == 200)
            ((string)body["metadata"]!["name"]!).ShouldBe("c", rule);
    }

    [Theory]
    [InlineData("list", "?resourceVersion={future}")]
    [InlineData("list, exact", "?resourceVersion={future}&resourceVersionMatch=Exact")]
    [InlineData("list, with a limit and so exact", "?resourceVersion={future}&limit=1")]
    [InlineData("get", "/c?resourceVersion={future}")]
    [InlineData("watch with its state", "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&resourceVersion={future}")]
    public async Task A_version_that_is_not_reached_is_too_large(string rule, string query)
    {
        using var response = await _api.Http.GetAsync(ApiCalls.ConfigMaps + Filled(query));
        response.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout, rule);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        var status = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        ((string)status["message"]!).ShouldMatch($"^Timeout: Too large resource version: {Future}, current: [0-9]+$");
        ((string)status["reason"]!).ShouldBe("Timeout");
        ((int)status["details"]!["retryAfterSeconds"]!).ShouldBe(1);
        ((string)status["details"]!["causes"]![0]!["reason"]!).ShouldBe("ResourceVersionTooLarge");
        ((string)status["details"]!["causes"]![0]!["message"]!).ShouldBe("Too large resource version");
    }

    [Fact]
    public async Task An_expired_continuation_hands_out_a_token_that_goes_on()
    {
        var (_, status) = await _api.SendAsync(HttpMethod.Get, Path("limit=1&continue={gone}"));
        var list = await _api.GetAsync($"{ApiCalls.ConfigMaps}?limit=5&continue={status["metadata"]!["continue"]}");
        list["items"]!.AsArray().Select(i => (string)i!["metadata"]!["name"]!).ShouldBe(["b", "c"]);
    }

    [Fact]
    public async Task The_head_of_a_list_and_of_an_object_has_no_body()
    {
        foreach (var path in new[] { ApiCalls.ConfigMaps, ApiCalls.ConfigMaps + "/a" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, path);
            using var response = await _api.Http.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await response.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        }
    }

    [Theory]
    [InlineData("/api/v1/watch/namespaces/default/configmaps", "+a")]
    [InlineData("/api/v1/watch/namespaces/default/configmaps/b", "+b")]
    [InlineData("/api/v1/watch/configmaps?labelSelector=tier%3Ddb", "+b")]
    [InlineData("/api/v1/namespaces/default/configmaps?watch&resourceVersion=0", "+a")]
    public async Task The_old_paths_of_watches_are_served(string path, string first)
    {
        await using var watch = await WatchReader.OpenAsync(_api.Http, path);
        Describe((await watch.NextAsync()).ShouldNotBeNull()).ShouldBe(first);
    }

    [Fact]
    public async Task A_watch_of_a_name_refuses_a_selector_of_another()
    {
        var (code, status) = await _api.SendAsync(HttpMethod.Get, "/api/v1/watch/namespaces/default/configmaps/b?fieldSelector=metadata.namespace%3Ddefault");
        code.ShouldBe(HttpStatusCode.BadRequest);
        ((string)status["message"]!).ShouldBe("fieldSelector metadata.name doesn't match requested name");
    }

    private string Path(string query) => $"{ApiCalls.ConfigMaps}?{Filled(query)}";

    private string Filled(string query)
    {
        var text = new StringBuilder(query);
        foreach (var (name, value) in _given)
            text.Replace($"{{{name}}}", value);
        return text.ToString();
    }

    private static string Describe(JsonObject item) => (string)item["type"]! switch
    {
        "ADDED" => "+" + item["object"]!["metadata"]!["name"],
        "MODIFIED" => "~" + item["object"]!["metadata"]!["name"],
        "DELETED" => "-" + item["object"]!["metadata"]!["name"],
        "BOOKMARK" => item["object"]!["metadata"]!["annotations"]?["k8s.io/initial-events-end"] is null ? "B" : "E",
        _ => "!",
    };
}
