using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.ApiServer.Tests.Registry;
using Platform.Storage;

namespace Platform.ApiServer.Tests.CustomResources;

/// <summary>What happens to objects while their definition changes or their server goes.</summary>
public sealed class DefinitionChangeTests
{
    private const int Objects = 200;
    private const int Changes = 10;

    [Fact]
    public async Task No_object_is_lost_while_the_definition_changes()
    {
        await using var server = await CustomResourceServer.StartAsync();
        await server.DefineAsync(CustomResourceServer.CronTab);
        var writing = Parallel.ForAsync(0, Objects, async (i, _) =>
        {
            await server.CreateAsync(CustomResourceServer.CronTabs,
                string.Create(CultureInfo.InvariantCulture, $"{{apiVersion: stable.example.com/v1, kind: CronTab, metadata: {{name: c{i}}}, spec: {{image: x}}}}"));
        });
        for (var change = 0; change < Changes; change++)
        {
            (await server.Api.SendAsync(HttpMethod.Patch, CustomResourceServer.Definitions + "/crontabs.stable.example.com",
                string.Create(CultureInfo.InvariantCulture, $$"""[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/description","value":"change {{change}}"}]"""),
                "application/json-patch+json")).Code.ShouldBe(HttpStatusCode.OK);
        }
        await writing;
        (await server.Api.GetAsync(CustomResourceServer.CronTabs))["items"]!.AsArray().Count.ShouldBe(Objects);
        for (var i = 0; i < Objects; i++)
            await server.Api.GetAsync(string.Create(CultureInfo.InvariantCulture, $"{CustomResourceServer.CronTabs}/c{i}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?limit=500")]
    public async Task A_list_has_what_was_created_while_the_definition_changed_under_it(string query)
    {
        var (store, hold) = HeldStore.Create();
        await using var server = new CustomResourceServer(await TestApiServer.StartAsync(new() { Configure = builder => builder.Services.AddSingleton(store) }));
        await server.DefineAsync(CustomResourceServer.CronTab);
        var list = await hold.HoldAsync(() => server.Api.GetAsync(CustomResourceServer.CronTabs + query));
        await server.RedefineAsync(CustomResourceServer.CronTab.Replace("maximum: 10", "maximum: 11", StringComparison.Ordinal));
        await server.CreateAsync(CustomResourceServer.CronTabs, "{apiVersion: stable.example.com/v1, kind: CronTab, metadata: {name: late}, spec: {image: x}}");
        hold.Release();
        (await list)["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Definitions_are_served_from_the_first_request_after_a_restart()
    {
        await using var first = await TestApiServer.StartAsync();
        var store = first.Services.GetRequiredService<IRevisionedStore>();
        var before = new CustomResourceServer(first);
        await before.DefineAsync(CustomResourceServer.CronTab);
        await before.CreateAsync(CustomResourceServer.CronTabs, "{apiVersion: stable.example.com/v1, kind: CronTab, metadata: {name: one}, spec: {image: x}}");
        await using var second = await TestApiServer.StartAsync(new() { Configure = builder => builder.Services.AddSingleton(store) });
        var after = ApiCalls.To(second);
        (await after.GetAsync(CustomResourceServer.CronTabs + "/one"))["spec"]!["image"]!.GetValue<string>().ShouldBe("x");
    }
}
