using System.Net;
using System.Text.Json.Nodes;

namespace Platform.ApiServer.Tests.Registry;

public sealed class ListTests : IAsyncLifetime
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
    public async Task A_list_has_kind_version_and_items_in_order()
    {
        await _api.CreateConfigMapAsync("b");
        await _api.CreateConfigMapAsync("a");
        var list = await _api.GetAsync(ApiCalls.ConfigMaps);
        ((string)list["kind"]!).ShouldBe("ConfigMapList");
        ((string)list["apiVersion"]!).ShouldBe("v1");
        Names(list).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Selectors_narrow_a_list()
    {
        await _api.CreateConfigMapAsync("a", """{"tier":"web"}""");
        await _api.CreateConfigMapAsync("b", """{"tier":"db"}""");
        Names(await _api.GetAsync(ApiCalls.ConfigMaps + "?labelSelector=tier+in+(web)")).ShouldBe(["a"]);
        Names(await _api.GetAsync(ApiCalls.ConfigMaps + "?fieldSelector=metadata.name%3Db")).ShouldBe(["b"]);
    }

    [Fact]
    public async Task Pages_are_one_consistent_list_whatever_is_written_in_between()
    {
        foreach (var name in new[] { "a", "b", "c", "d", "e" })
            await _api.CreateConfigMapAsync(name);
        var first = await _api.GetAsync(ApiCalls.ConfigMaps + "?limit=2");
        Names(first).ShouldBe(["a", "b"]);
        ((long)first["metadata"]!["remainingItemCount"]!).ShouldBe(3);
        await _api.DeleteAsync(ApiCalls.ConfigMaps + "/d");
        await _api.CreateConfigMapAsync("bb");
        var second = await _api.GetAsync($"{ApiCalls.ConfigMaps}?limit=10&continue={first["metadata"]!["continue"]}");
        Names(second).ShouldBe(["c", "d", "e"]);
        ApiCalls.Version(second).ShouldBe(ApiCalls.Version(first));
        second["metadata"]!["continue"].ShouldBeNull();
    }

    [Fact]
    public async Task A_version_in_the_future_times_out_with_504()
    {
        var (code, status) = await _api.SendAsync(HttpMethod.Get, ApiCalls.ConfigMaps + "?resourceVersion=999999999");
        code.ShouldBe(HttpStatusCode.GatewayTimeout);
        ((string)status["details"]!["causes"]![0]!["reason"]!).ShouldBe("ResourceVersionTooLarge");
    }

    [Fact]
    public async Task A_table_has_columns_and_one_row_for_each_object()
    {
        await _api.CreateConfigMapAsync("a");
        var table = await _api.GetAsync(ApiCalls.ConfigMaps, "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
        ((string)table["kind"]!).ShouldBe("Table");
        table["columnDefinitions"]!.AsArray().Select(c => (string)c!["name"]!).ShouldContain("Name");
        ((string)table["rows"]![0]!["cells"]![0]!).ShouldBe("a");
        ((string)table["rows"]![0]!["object"]!["kind"]!).ShouldBe("PartialObjectMetadata");
    }

    [Fact]
    public async Task Metadata_only_leaves_the_rest_out()
    {
        await _api.CreateConfigMapAsync("a");
        var item = (await _api.GetAsync(ApiCalls.ConfigMaps, "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"))["items"]![0]!;
        ((string)item["metadata"]!["name"]!).ShouldBe("a");
        item["data"].ShouldBeNull();
    }

    [Fact]
    public async Task DeleteCollection_removes_what_is_selected()
    {
        await _api.CreateConfigMapAsync("a", """{"tier":"web"}""");
        await _api.CreateConfigMapAsync("b", """{"tier":"db"}""");
        await _api.DeleteAsync(ApiCalls.ConfigMaps + "?labelSelector=tier%3Dweb");
        Names(await _api.GetAsync(ApiCalls.ConfigMaps)).ShouldBe(["b"]);
    }

    private static string[] Names(JsonObject list) => [.. list["items"]!.AsArray().Select(i => (string)i!["metadata"]!["name"]!)];
}
