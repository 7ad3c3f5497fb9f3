using System.Net;
using System.Text.Json.Nodes;
using Platform.ApiServer.Tests.Registry;

namespace Platform.ApiServer.Tests.CustomResources;

public sealed class CustomResourceTests : IAsyncLifetime
{
    private const string One = "{apiVersion: stable.example.com/v1, kind: CronTab, metadata: {name: one}, spec: {cronSpec: '* * * * */5', image: cron}}";

    private CustomResourceServer _server = null!;

    private ApiCalls Api => _server.Api;

    public async ValueTask InitializeAsync() => _server = await CustomResourceServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Definition_is_established_and_served()
    {
        var definition = await _server.DefineAsync(CustomResourceServer.CronTab);
        CustomResourceServer.Condition(definition, "NamesAccepted").ShouldBe("True");
        definition["status"]!["storedVersions"]!.ToJsonString().ShouldBe("[\"v1\"]");
        definition["status"]!["acceptedNames"]!["listKind"]!.GetValue<string>().ShouldBe("CronTabList");
        var (code, made) = await _server.TryCreateAsync(CustomResourceServer.CronTabs, One);
        code.ShouldBe(HttpStatusCode.Created, made.ToJsonString());
        made["spec"]!["replicas"]!.GetValue<int>().ShouldBe(1);
        made["metadata"]!["generation"]!.GetValue<int>().ShouldBe(1);
        (await Api.GetAsync(CustomResourceServer.CronTabs))["items"]!.AsArray().Count.ShouldBe(1);
        (await Api.GetAsync(CustomResourceServer.CronTabs))["kind"]!.GetValue<string>().ShouldBe("CronTabList");
    }

    [Fact]
    public async Task Discovery_and_OpenApi_follow_the_definition()
    {
        (await Api.SendAsync(HttpMethod.Get, "/apis/stable.example.com/v1")).Code.ShouldBe(HttpStatusCode.NotFound);
        await _server.DefineAsync(CustomResourceServer.CronTab);
        var resources = (await Api.GetAsync("/apis/stable.example.com/v1"))["resources"]!.AsArray();
        resources.Select(r => r!["name"]!.GetValue<string>()).ShouldBe(["crontabs", "crontabs/scale", "crontabs/status"]);
        (await Api.GetAsync("/apis"))["groups"]!.AsArray().Last()!["name"]!.GetValue<string>().ShouldBe("stable.example.com");
        var index = await Api.GetAsync("/openapi/v3");
        var address = index["paths"]!["apis/stable.example.com/v1"]!["serverRelativeURL"]!.GetValue<string>();
        var document = await Api.GetAsync(address);
        var schema = document["components"]!["schemas"]!["com.example.stable.v1.CronTab"]!;
        schema["properties"]!["spec"]!["properties"]!["replicas"]!["default"]!.GetValue<int>().ShouldBe(1);
        schema["x-kubernetes-group-version-kind"]![0]!["kind"]!.GetValue<string>().ShouldBe("CronTab");
        var version2 = await Api.GetAsync("/openapi/v2");
        version2["definitions"]!["com.example.stable.v1.CronTab"]!["properties"]!["spec"].ShouldNotBeNull();
        await Api.SendAsync(HttpMethod.Patch, CustomResourceServer.Definitions + "/crontabs.stable.example.com",
            """[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/description","value":"changed"}]""", "application/json-patch+json");
        await _server.UntilAsync("crontabs.stable.example.com", d => d["metadata"]!["generation"]!.GetValue<int>() == 2);
        await _server.UntilServedAsync(async () =>
            (await Api.GetAsync("/openapi/v3"))["paths"]!["apis/stable.example.com/v1"]!["serverRelativeURL"]!.GetValue<string>() != address);
    }

    [Fact]
    public async Task Unknown_fields_are_pruned_warned_about_or_refused()
    {
        await _server.DefineAsync(CustomResourceServer.CronTab);
        var odd = CustomResourceServer.Json("{apiVersion: stable.example.com/v1, kind: CronTab, metadata: {name: odd}, spec: {image: a, colour: red}}");
        var (code, refused) = await Api.SendAsync(HttpMethod.Post, CustomResourceServer.CronTabs + "?fieldValidation=Strict", odd);
        code.ShouldBe(HttpStatusCode.BadRequest);
        refused["message"]!.GetValue<string>().ShouldBe(
            "CronTab in version \"v1\" cannot be handled as a CronTab: strict decoding error: unknown field \"spec.colour\"");
        var made = await Api.PostAsync(CustomResourceServer.CronTabs, odd);
        made["spec"]!["colour"].ShouldBeNull();
    }

    [Fact]
    public async Task Status_and_spec_are_written_apart()
    {
        await _server.DefineAsync(CustomResourceServer.CronTab);
        await _server.CreateAsync(CustomResourceServer.CronTabs, One);
        const string merge = "application/merge-patch+json";
        var (_, status) = await Api.SendAsync(HttpMethod.Patch, CustomResourceServer.CronTabs + "/one/status",
            """{"spec":{"image":"other"},"status":{"replicas":3,"labelSelector":"app=x"}}""", merge);
        status["status"]!["replicas"]!.GetValue<int>().ShouldBe(3);
        status["spec"]!["image"]!.GetValue<string>().ShouldBe("cron");
        status["metadata"]!["generation"]!.GetValue<int>().ShouldBe(1);
        var (_, spec) = await Api.SendAsync(HttpMethod.Patch, CustomResourceServer.CronTabs + "/one", """{"spec":{"image":"other"},"status":{"replicas":9}}""", merge);
        spec["status"]!["replicas"]!.GetValue<int>().ShouldBe(3);
        spec["metadata"]!["generation"]!.GetValue<int>().ShouldBe(2);
        var (_, scale) = await Api.SendAsync(HttpMethod.Patch, CustomResourceServer.CronTabs + "/one/scale", """{"spec":{"replicas":4}}""", merge);
        scale["spec"]!["replicas"]!.GetValue<int>().ShouldBe(4, scale.ToJsonString());
        scale["status"]!["selector"]!.GetValue<string>().ShouldBe("app=x");
    }

    [Fact]
    public async Task Strategic_merge_patch_is_not_supported()
    {
        await _server.DefineAsync(CustomResourceServer.CronTab);
        await _server.CreateAsync(CustomResourceServer.CronTabs, One);
        var (code, _) = await Api.SendAsync(HttpMethod.Patch, CustomResourceServer.CronTabs + "/one", "{}", "application/strategic-merge-patch+json");
        code.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Table_shows_the_declared_columns()
    {
        await _server.DefineAsync(CustomResourceServer.CronTab);
        await _server.CreateAsync(CustomResourceServer.CronTabs, One);
        var table = await Api.GetAsync(CustomResourceServer.CronTabs, "application/json;as=Table;v=v1;g=meta.k8s.io");
        table["columnDefinitions"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()).ShouldBe(["Name", "Spec", "Replicas", "Age"]);
        var cells = table["rows"]![0]!["cells"]!.AsArray();
        cells[0]!.GetValue<string>().ShouldBe("one");
        cells[1]!.GetValue<string>().ShouldBe("* * * * */5");
        cells[2]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Lists_can_select_by_declared_fields()
    {
        await _server.DefineAsync(CustomResourceServer.CronTab);
        await _server.CreateAsync(CustomResourceServer.CronTabs, One);
        await _server.CreateAsync(CustomResourceServer.CronTabs, One.Replace("one", "two", StringComparison.Ordinal).Replace("image: cron", "image: other",
            StringComparison.Ordinal));
        var found = await Api.GetAsync(CustomResourceServer.CronTabs + "?fieldSelector=spec.image%3Dother");
        ((string)found["items"]!.AsArray().Single()!["metadata"]!["name"]!).ShouldBe("two");
        (await Api.SendAsync(HttpMethod.Get, CustomResourceServer.CronTabs + "?fieldSelector=spec.cronSpec%3Dx")).Code.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Deleting_the_definition_deletes_its_objects_first()
    {
        await _server.DefineAsync(CustomResourceServer.CronTab);
        await _server.CreateAsync(CustomResourceServer.CronTabs, One.Replace("name: one", "name: one, finalizers: [example.com/wait]", StringComparison.Ordinal));
        await Api.DeleteAsync(CustomResourceServer.Definitions + "/crontabs.stable.example.com");
        var waiting = await _server.UntilAsync("crontabs.stable.example.com", d => CustomResourceServer.Condition(d, "Terminating") == "True");
        waiting["metadata"]!["finalizers"]![0]!.GetValue<string>().ShouldBe("customresourcecleanup.apiextensions.k8s.io");
        await _server.UntilAsync(CustomResourceServer.CronTabs, "one", (_, o) => o["metadata"]!["deletionTimestamp"] is not null);
        await Api.SendAsync(HttpMethod.Patch, CustomResourceServer.CronTabs + "/one", """{"metadata":{"finalizers":null}}""", "application/merge-patch+json");
        await _server.UntilGoneAsync(waiting);
        await _server.UntilServedAsync(async () => (await Api.SendAsync(HttpMethod.Get, CustomResourceServer.CronTabs)).Code == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_definition_goes_though_its_status_names_a_version_that_it_does_not_have()
    {
        var definition = await _server.DefineAsync(CustomResourceServer.CronTab);
        await Api.SendAsync(HttpMethod.Patch, CustomResourceServer.Definitions + "/crontabs.stable.example.com/status",
            """{"status":{"storedVersions":["v9"]}}""", "application/merge-patch+json");
        definition = await Api.GetAsync(CustomResourceServer.Definitions + "/crontabs.stable.example.com");
        await Api.DeleteAsync(CustomResourceServer.Definitions + "/crontabs.stable.example.com");
        await _server.UntilGoneAsync(definition);
    }

    [Fact]
    public async Task Second_definition_with_a_taken_name_waits_for_it()
    {
        await _server.DefineAsync(CustomResourceServer.CronTab);
        var rival = CustomResourceServer.CronTab.Replace("crontabs.stable", "cronjobs.stable", StringComparison.Ordinal)
            .Replace("plural: crontabs", "plural: cronjobs", StringComparison.Ordinal).Replace("singular: crontab,", "singular: cronjob,", StringComparison.Ordinal);
        await Api.PostAsync(CustomResourceServer.Definitions, CustomResourceServer.Json(rival));
        var waiting = await _server.UntilAsync("cronjobs.stable.example.com", d => CustomResourceServer.Condition(d, "NamesAccepted") == "False");
        CustomResourceServer.Condition(waiting, "Established").ShouldBe("False");
        waiting["status"]!["conditions"]!.AsArray().Single(c => (string?)c!["type"] == "NamesAccepted")!["reason"]!.GetValue<string>().ShouldBe("ListKindConflict");
        await Api.DeleteAsync(CustomResourceServer.Definitions + "/crontabs.stable.example.com");
        await _server.UntilAsync("cronjobs.stable.example.com", d => CustomResourceServer.Condition(d, "Established") == "True");
    }

    [Fact]
    public async Task New_defaults_are_seen_in_objects_that_exist()
    {
        await _server.DefineAsync(CustomResourceServer.CronTab);
        await _server.CreateAsync(CustomResourceServer.CronTabs, One);
        await Api.SendAsync(HttpMethod.Patch, CustomResourceServer.Definitions + "/crontabs.stable.example.com",
            """[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/zone","value":{"type":"string","default":"utc"}}]""",
                "application/json-patch+json");
        await _server.UntilServedAsync(async () => (await Api.GetAsync(CustomResourceServer.CronTabs + "/one"))["spec"]!["zone"]?.GetValue<string>() == "utc");
    }

    [Fact]
    public async Task Server_side_apply_owns_fields_of_custom_objects()
    {
        await _server.DefineAsync(CustomResourceServer.CronTab);
        var (code, made) = await Api.SendAsync(HttpMethod.Patch, CustomResourceServer.CronTabs + "/one?fieldManager=me", CustomResourceServer.Json(One),
            "application/apply-patch+yaml");
        code.ShouldBe(HttpStatusCode.Created, made.ToJsonString());
        made["metadata"]!["managedFields"]![0]!["fieldsV1"]!["f:spec"]!["f:image"].ShouldNotBeNull();
        var other = CustomResourceServer.Json(One.Replace("image: cron", "image: other", StringComparison.Ordinal));
        (await Api.SendAsync(HttpMethod.Patch, CustomResourceServer.CronTabs + "/one?fieldManager=you", other,
            "application/apply-patch+yaml")).Code.ShouldBe(HttpStatusCode.Conflict);
    }
}
