using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Platform.ApiServer.Tests.Registry;

namespace Platform.ApiServer.Tests.CustomResources;

/// <summary>What clients are told when a conversion webhook does not do its part: 500, no reason, and upstream's texts (apiextensions-apiserver, its conversion).</summary>
public sealed class ConversionFailureTests
{
    private const string Prefix = "conversion webhook for test.example.com/v1, Kind=Thing ";

    /// <summary>How the answer is spoiled: a path into it and the value that is put there, or nothing to remove it.</summary>
    [Theory]
    [InlineData("response/result", """{"status":"Failure","message":"no way"}""", "failed: no way")]
    [InlineData("response/result", """{"status":"Failure"}""", "failed: response.result.status was 'Failure', not 'Success'")]
    [InlineData("response/result", "", "failed: response.result.status was '', not 'Success'")]
    [InlineData("response", "", "failed: no response provided")]
    [InlineData("apiVersion", "\"apiextensions.k8s.io/v1beta1\"",
        "failed: expected webhook response of apiextensions.k8s.io/v1, Kind=ConversionReview, got apiextensions.k8s.io/v1beta1, Kind=ConversionReview")]
    [InlineData("response/convertedObjects", "[]", "returned 0 objects, expected 1")]
    [InlineData("response/convertedObjects", "[{},{}]", "returned 2 objects, expected 1")]
    [InlineData("response/convertedObjects/0/apiVersion", "\"test.example.com/v1\"",
        "returned invalid object at index 0: invalid groupVersion (expected test.example.com/v2, received test.example.com/v1)")]
    [InlineData("response/convertedObjects/0/kind", "\"Other\"", "returned invalid object at index 0: invalid kind (expected Thing, received Other)")]
    [InlineData("response/convertedObjects/0/metadata/name", "\"two\"", "returned invalid object: must have the same name: one != two")]
    [InlineData("response/convertedObjects/0/metadata/namespace", "\"other\"", "returned invalid object: must have the same namespace: default != other")]
    [InlineData("response/convertedObjects/0/metadata/uid", "\"x\"", "returned invalid object: must have the same UID: UID != x")]
    [InlineData("response/convertedObjects/0/metadata/uid", "", "returned invalid object: must have the same UID: UID != ")]
    [InlineData("response/convertedObjects/0/metadata", "", "returned invalid object: must have the same name: one != ")]
    [InlineData("response/convertedObjects/0/metadata/labels", "[]", "returned invalid metadata: invalid metadata.labels of type []interface {} in converted object")]
    [InlineData("response/convertedObjects/0/metadata/annotations", """{"a":1}""",
        "returned invalid metadata: metadata.annotations[a] must be a string, but is int64 in converted object")]
    [InlineData("response/convertedObjects/0/metadata/labels", """{"a":"!"}""", "returned invalid metadata: metadata.labels: Invalid value: \"!\": ")]
    public async Task Wrong_answer_is_refused(string path, string value, string message)
    {
        await using var server = await CustomResourceServer.StartConvertingAsync();
        var made = await server.CreateAsync(Things.V1, Things.Thing1("one"));
        server.Webhook.Spoil = answer => Put(answer, path, value);
        var (code, body) = await server.Api.SendAsync(HttpMethod.Get, Things.V2 + "/one");
        code.ShouldBe(HttpStatusCode.InternalServerError);
        body["reason"].ShouldBeNull();
        ((string?)body["message"])!.ShouldStartWith(Prefix + message.Replace("UID !=", (string?)made["metadata"]!["uid"] + " !=", StringComparison.Ordinal));
        (await server.Api.SendAsync(HttpMethod.Get, Things.V2)).Code.ShouldBe(HttpStatusCode.InternalServerError);
        (await server.Api.GetAsync(Things.V1 + "/one"))["kind"]!.GetValue<string>().ShouldBe("Thing");
    }

    [Fact]
    public async Task Answer_to_another_question_is_refused_in_v1_and_taken_in_v1beta1()
    {
        await using var strict = await CustomResourceServer.StartConvertingAsync();
        await strict.CreateAsync(Things.V1, Things.Thing1("one"));
        strict.Webhook.Spoil = answer => answer["response"]!["uid"] = "x";
        var refused = (string?)(await strict.Api.SendAsync(HttpMethod.Get, Things.V2 + "/one")).Body["message"];
        refused.ShouldBe($"{Prefix}failed: expected response.uid=\"{strict.Webhook.Asked.Last()["uid"]}\", got \"x\"");
        await using var lenient = await CustomResourceServer.StartConvertingAsync("v1beta1");
        await lenient.CreateAsync(Things.V1, Things.Thing1("one"));
        lenient.Webhook.Spoil = answer =>
        {
            answer.Remove("kind");
            answer["response"]!["uid"] = "x";
        };
        ((string?)(await lenient.Api.GetAsync(Things.V2 + "/one"))["spec"]!["hostPort"]).ShouldBe("a:80");
    }

    [Fact]
    public async Task Write_whose_conversion_fails_writes_nothing()
    {
        await using var server = await CustomResourceServer.StartConvertingAsync();
        server.Webhook.Spoil = answer => Put(answer, "response/result", """{"status":"Failure","message":"no way"}""");
        var (code, body) = await server.TryCreateAsync(Things.V2, Things.Thing2("one"));
        code.ShouldBe(HttpStatusCode.InternalServerError);
        ((string?)body["message"]).ShouldBe("conversion webhook for test.example.com/v2, Kind=Thing failed: no way");
        (await server.Api.SendAsync(HttpMethod.Get, Things.V1 + "/one")).Code.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Webhook_that_is_down_takes_only_the_versions_that_need_it_with_it()
    {
        await using var server = await CustomResourceServer.StartConvertingAsync();
        await server.CreateAsync(Things.V1, Things.Thing1("one"));
        await server.Webhook.DisposeAsync();
        var (code, body) = await server.Api.SendAsync(HttpMethod.Get, Things.V2 + "/one");
        code.ShouldBe(HttpStatusCode.InternalServerError);
        ((string?)body["message"]).ShouldBe(
            $"{Prefix}failed: Post \"{server.Webhook.Web.Url}/convert?timeout=30s\": dial tcp 127.0.0.1:{server.Webhook.Web.Port}: connect: connection refused");
        (await server.Api.SendAsync(HttpMethod.Delete, Things.V2 + "/one")).Code.ShouldBe(HttpStatusCode.InternalServerError);
        (await server.Api.DeleteAsync(Things.V1 + "/one"))["status"]!.GetValue<string>().ShouldBe("Success");
    }

    [Fact]
    public async Task Watch_whose_next_object_cannot_be_converted_ends_with_the_error()
    {
        await using var server = await CustomResourceServer.StartConvertingAsync();
        await using var watch = await WatchReader.OpenAsync(server.Api.Http, Things.V2 + "?watch=true");
        server.Webhook.Spoil = answer => Put(answer, "response/result", """{"status":"Failure","message":"no way"}""");
        await server.CreateAsync(Things.V1, Things.Thing1("one"));
        var item = await watch.NextAsync();
        ((string?)item!["type"]).ShouldBe("ERROR");
        ((string?)item["object"]!["message"]).ShouldBe(Prefix + "failed: no way");
        (await watch.NextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Answer_that_is_an_error_or_no_json_is_told()
    {
        await using var server = await CustomResourceServer.StartConvertingAsync();
        await server.CreateAsync(Things.V1, Things.Thing1("one"));
        server.Webhook.Instead = context =>
        {
            context.Response.StatusCode = 404;
            return Task.FromResult(true);
        };
        ((string?)(await server.Api.SendAsync(HttpMethod.Get, Things.V2 + "/one")).Body["message"])
            .ShouldBe(Prefix + "failed: the server could not find the requested resource");
        server.Webhook.Instead = async context =>
        {
            await context.Response.WriteAsync("<html>");
            return true;
        };
        ((string?)(await server.Api.SendAsync(HttpMethod.Get, Things.V2 + "/one")).Body["message"])!.ShouldStartWith(Prefix + "failed: ");
    }

    [Fact]
    public async Task Webhook_has_thirty_seconds()
    {
        var clock = new TestClock();
        await using var server = await CustomResourceServer.StartConvertingAsync(time: clock);
        await server.CreateAsync(Things.V1, Things.Thing1("one"));
        var asked = new TaskCompletionSource();
        server.Webhook.Instead = async context =>
        {
            asked.TrySetResult();
            // Until the server gives up.
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
            return true;
        };
        var reading = server.Api.SendAsync(HttpMethod.Get, Things.V2 + "/one");
        await asked.Task;
        clock.Advance(TimeSpan.FromSeconds(29));
        reading.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(2));
        var (code, body) = await reading;
        code.ShouldBe(HttpStatusCode.InternalServerError);
        ((string?)body["message"]).ShouldBe($"{Prefix}failed: Post \"{server.Webhook.Web.Url}/convert?timeout=30s\": context deadline exceeded");
    }

    private static void Put(JsonObject answer, string path, string value)
    {
        var members = path.Split('/');
        JsonNode at = answer;
        foreach (var member in members[..^1])
            at = (at is JsonArray list ? list[int.Parse(member, System.Globalization.CultureInfo.InvariantCulture)] : at[member])!;
        if (value.Length == 0)
            at.AsObject().Remove(members[^1]);
        else
            at[members[^1]] = JsonNode.Parse(value);
    }
}
