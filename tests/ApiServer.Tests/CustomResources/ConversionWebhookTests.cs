using System.Net;
using System.Text.Json.Nodes;
using Platform.ApiServer.Tests.Registry;

namespace Platform.ApiServer.Tests.CustomResources;

/// <summary>https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#webhook-conversion</summary>
public sealed class ConversionWebhookTests : IAsyncLifetime
{
    private CustomResourceServer _server = null!;

    private ThingWebhook Webhook => _server.Webhook;

    public async ValueTask InitializeAsync() => _server = await CustomResourceServer.StartConvertingAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Object_of_the_stored_version_is_read_listed_and_watched_in_another()
    {
        await _server.CreateAsync(Things.V1, Things.Thing1("one"));
        await _server.CreateAsync(Things.V1, Things.Thing1("two", "b"));
        Webhook.Asked.ShouldBeEmpty();
        var read = await _server.Api.GetAsync(Things.V2 + "/one");
        ((string?)read["apiVersion"]).ShouldBe("test.example.com/v2");
        read["spec"]!.ToJsonString().ShouldBe("""{"hostPort":"a:80","size":1,"tier":"basic"}""");
        ((string?)read["metadata"]!["resourceVersion"]).ShouldNotBeNullOrEmpty();
        var listed = await _server.Api.GetAsync(Things.V2);
        ((string?)listed["apiVersion"]).ShouldBe("test.example.com/v2");
        listed["items"]!.AsArray().Select(i => (string?)i!["spec"]!["hostPort"]).ShouldBe(["a:80", "b:80"]);
        await using var watch = await WatchReader.OpenAsync(_server.Api.Http, Things.V2 + "?watch=true");
        ((string?)(await watch.NextAsync())!["object"]!["spec"]!["hostPort"]).ShouldBe("a:80");
        (await watch.NextNameAsync()).ShouldBe("ADDED two");
        await _server.CreateAsync(Things.V1, Things.Thing1("three", "c"));
        ((string?)(await watch.NextAsync())!["object"]!["spec"]!["hostPort"]).ShouldBe("c:80");
    }

    [Fact]
    public async Task List_asks_the_webhook_once_and_the_question_has_the_shape_that_webhooks_know()
    {
        await _server.CreateAsync(Things.V1, Things.Thing1("one"));
        await _server.CreateAsync(Things.V1, Things.Thing1("two"));
        await _server.Api.GetAsync(Things.V2);
        var asked = Webhook.Asked.ShouldHaveSingleItem();
        ((string?)asked["desiredAPIVersion"]).ShouldBe("test.example.com/v2");
        var objects = asked["objects"]!.AsArray();
        objects.Select(o => (string?)o!["metadata"]!["name"]).ShouldBe(["one", "two"]);
        ((string?)objects[0]!["apiVersion"]).ShouldBe("test.example.com/v1");
        ((string?)objects[0]!["metadata"]!["uid"]).ShouldNotBeNullOrEmpty();
        Webhook.AskedAt.ShouldBe("/convert?timeout=30s");
    }

    [Fact]
    public async Task Writes_in_a_version_that_is_not_stored_are_stored_in_the_other()
    {
        var made = await _server.CreateAsync(Things.V2, Things.Thing2("one"));
        made["spec"]!.ToJsonString().ShouldBe("""{"hostPort":"a:80","size":2,"tier":"basic"}""");
        (await _server.Api.GetAsync(Things.V1 + "/one"))["spec"]!.ToJsonString().ShouldBe("""{"host":"a","port":80,"replicas":2}""");
        made["spec"]!["hostPort"] = "b:81";
        var updated = await _server.Api.PutAsync(Things.V2 + "/one", made.ToJsonString());
        ((string?)updated["spec"]!["hostPort"]).ShouldBe("b:81");
        ((int?)updated["metadata"]!["generation"]).ShouldBe(2);
        var (code, patched) = await _server.Api.SendAsync(HttpMethod.Patch, Things.V2 + "/one", """{"spec":{"hostPort":"c:82"}}""", "application/merge-patch+json");
        code.ShouldBe(HttpStatusCode.OK, patched.ToJsonString());
        (code, var applied) = await _server.Api.SendAsync(HttpMethod.Patch, Things.V2 + "/one?fieldManager=me&force=true",
            """{"apiVersion":"test.example.com/v2","kind":"Thing","metadata":{"name":"one"},"spec":{"size":5}}""", "application/apply-patch+yaml");
        code.ShouldBe(HttpStatusCode.OK, applied.ToJsonString());
        (await _server.Api.GetAsync(Things.V1 + "/one"))["spec"]!.ToJsonString().ShouldBe("""{"host":"c","port":82,"replicas":5}""");
        var version = (string?)applied["metadata"]!["resourceVersion"];
        (await _server.Api.PutAsync(Things.V2 + "/one", applied.ToJsonString()))["metadata"]!["resourceVersion"]!.GetValue<string>().ShouldBe(version);
        (await _server.Api.DeleteAsync(Things.V2 + "/one"))["status"]!.GetValue<string>().ShouldBe("Success");
    }

    [Fact]
    public async Task Stored_version_is_migrated_by_writing_an_object_back_as_it_is()
    {
        await _server.CreateAsync(Things.V1, Things.Thing1("one"));
        await _server.RedefineAsync(Webhook.Definition(stored: "v2"));
        var read = await _server.Api.GetAsync(Things.V2 + "/one");
        ((string?)read["spec"]!["hostPort"]).ShouldBe("a:80");
        // Not stored anew yet, so v1 needs no conversion.
        Webhook.Asked.Clear();
        ((string?)(await _server.Api.GetAsync(Things.V1 + "/one"))["spec"]!["host"]).ShouldBe("a");
        Webhook.Asked.ShouldBeEmpty();
        var written = await _server.Api.PutAsync(Things.V2 + "/one", read.ToJsonString());
        ApiCalls.Version(written).ShouldNotBe(ApiCalls.Version(read));
        Webhook.Asked.Clear();
        ((string?)(await _server.Api.GetAsync(Things.V2 + "/one"))["spec"]!["hostPort"]).ShouldBe("a:80");
        Webhook.Asked.ShouldBeEmpty();
        ((string?)(await _server.Api.GetAsync(Things.V1 + "/one"))["spec"]!["host"]).ShouldBe("a");
        var definition = await _server.Api.GetAsync($"{CustomResourceServer.Definitions}/{Things.Name}");
        definition["status"]!["storedVersions"]!.ToJsonString().ShouldBe("""["v1","v2"]""");
    }

    [Fact]
    public async Task Scale_and_status_go_through_the_conversion()
    {
        await _server.CreateAsync(Things.V1, Things.Thing1("one"));
        var (code, body) = await _server.Api.SendAsync(HttpMethod.Patch, Things.V2 + "/one/status", """{"status":{"size":3}}""", "application/merge-patch+json");
        code.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        (await _server.Api.GetAsync(Things.V1 + "/one"))["status"]!.ToJsonString().ShouldBe("""{"replicas":3}""");
        var scale = await _server.Api.GetAsync(Things.V2 + "/one/scale");
        ((int?)scale["spec"]!["replicas"], (int?)scale["status"]!["replicas"]).ShouldBe((1, 3));
        scale["spec"]!["replicas"] = 7;
        ((int?)(await _server.Api.PutAsync(Things.V2 + "/one/scale", scale.ToJsonString()))["spec"]!["replicas"]).ShouldBe(7);
        ((int?)(await _server.Api.GetAsync(Things.V1 + "/one"))["spec"]!["replicas"]).ShouldBe(7);
    }

    [Fact]
    public async Task Table_has_the_columns_of_the_version_that_is_asked_for()
    {
        await _server.CreateAsync(Things.V1, Things.Thing1("one"));
        var table = await _server.Api.GetAsync(Things.V2, "application/json;as=Table;v=v1;g=meta.k8s.io");
        table["columnDefinitions"]!.AsArray().Select(c => (string?)c!["name"]).ShouldBe(["Name", "Address"]);
        table["rows"]![0]!["cells"]!.ToJsonString().ShouldBe("""["one","a:80"]""");
        var names = await _server.Api.GetAsync(Things.V2, "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");
        ((string?)names["items"]![0]!["metadata"]!["name"]).ShouldBe("one");
    }

    [Fact]
    public async Task Webhook_may_change_labels_and_annotations_and_no_other_metadata()
    {
        await _server.CreateAsync(Things.V1, Things.Thing1("one", more: ", labels: {x: z}, finalizers: [example.com/f]"));
        Webhook.Spoil = answer =>
        {
            var metadata = Converted(answer)["metadata"]!.AsObject();
            metadata["labels"] = new JsonObject { ["from"] = "webhook" };
            metadata["annotations"] = new JsonObject { ["a"] = "b" };
            metadata["finalizers"] = new JsonArray();
            metadata["creationTimestamp"] = "2000-01-01T00:00:00Z";
            metadata["resourceVersion"] = "1";
            metadata["generation"] = 77;
        };
        var metadata = (await _server.Api.GetAsync(Things.V2 + "/one"))["metadata"]!;
        metadata["labels"]!.ToJsonString().ShouldBe("""{"from":"webhook"}""");
        metadata["annotations"]!.ToJsonString().ShouldBe("""{"a":"b"}""");
        metadata["finalizers"]!.ToJsonString().ShouldBe("""["example.com/f"]""");
        ((string?)metadata["creationTimestamp"]).ShouldNotBe("2000-01-01T00:00:00Z");
        ((int?)metadata["generation"]).ShouldBe(1);
        ((string?)metadata["resourceVersion"]).ShouldBe(ApiCalls.Version(await _server.Api.GetAsync(Things.V1 + "/one")));
    }

    [Fact]
    public async Task Definition_goes_while_its_webhook_is_down_if_nothing_needs_converting()
    {
        await _server.CreateAsync(Things.V1, Things.Thing1("one"));
        await Webhook.DisposeAsync();
        await _server.UntilGoneAsync(await _server.Api.DeleteAsync($"{CustomResourceServer.Definitions}/{Things.Name}"));
    }

    [Fact]
    public async Task Definition_says_what_keeps_it_while_old_objects_cannot_be_converted()
    {
        await _server.CreateAsync(Things.V1, Things.Thing1("one"));
        await _server.RedefineAsync(Webhook.Definition(stored: "v2"));
        Webhook.Instead = context =>
        {
            context.Response.StatusCode = 503;
            return Task.FromResult(true);
        };
        await _server.Api.DeleteAsync($"{CustomResourceServer.Definitions}/{Things.Name}");
        var kept = await _server.UntilAsync(Things.Name, d => Terminating(d) is { } c && (string?)c["reason"] == "InstanceDeletionFailed");
        ((string?)Terminating(kept)!["message"])!.ShouldContain(
            "conversion webhook for test.example.com/v1, Kind=Thing failed: the server is currently unable to handle the request");
        Webhook.Instead = _ => Task.FromResult(false);
        await _server.UntilGoneAsync(kept);
    }

    private static JsonNode? Terminating(JsonObject definition) =>
        definition["status"]?["conditions"]?.AsArray().FirstOrDefault(c => (string?)c!["type"] == "Terminating");

    private static JsonObject Converted(JsonObject answer) => answer["response"]!["convertedObjects"]![0]!.AsObject();
}
