using System.Net;
using Platform.ApiServer.Tests.Registry;

namespace Platform.ApiServer.Tests.CustomResources;

/// <summary>Several versions of one definition (custom-resource-definition-versioning).</summary>
public sealed class VersionTests : IAsyncLifetime
{
    private static readonly ThingVersion V1 = new("v1", "a: {type: string}") { Stored = true };
    private static readonly ThingVersion Beta = new("v1beta1", "a: {type: string}, b: {type: string, default: old}") { Deprecated = true };
    private static readonly ThingDefinition Definition = new(V1, Beta);

    private CustomResourceServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await CustomResourceServer.StartAsync();
        await _server.DefineAsync(Definition.Yaml);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Object_is_answered_in_the_version_that_is_asked_for()
    {
        var (code, made) = await _server.TryCreateAsync("/apis/test.example.com/v1beta1/things",
            "{apiVersion: test.example.com/v1beta1, kind: Thing, metadata: {name: one}, spec: {a: x}}");
        code.ShouldBe(HttpStatusCode.Created, made.ToJsonString());
        made["apiVersion"]!.GetValue<string>().ShouldBe("test.example.com/v1beta1");
        made["spec"]!["b"]!.GetValue<string>().ShouldBe("old");
        var stored = await _server.Api.GetAsync("/apis/test.example.com/v1/things/one");
        stored["apiVersion"]!.GetValue<string>().ShouldBe("test.example.com/v1");
        stored["spec"]!["b"].ShouldBeNull();
        var listed = await _server.Api.GetAsync("/apis/test.example.com/v1beta1/things");
        listed["items"]![0]!["apiVersion"]!.GetValue<string>().ShouldBe("test.example.com/v1beta1");
    }

    [Fact]
    public async Task Use_of_a_deprecated_version_is_warned_about()
    {
        using var response = await _server.Api.Http.GetAsync("/apis/test.example.com/v1beta1/things");
        response.Headers.GetValues("Warning").ShouldContain("299 - \"test.example.com/v1beta1 Thing is deprecated\"");
    }

    [Fact]
    public async Task Stored_objects_are_read_in_a_new_storage_version()
    {
        await _server.CreateAsync("/apis/test.example.com/v1/things", "{apiVersion: test.example.com/v1, kind: Thing, metadata: {name: one}, spec: {a: x}}");
        await _server.RedefineAsync(new ThingDefinition(V1 with { Stored = false }, Beta with { Stored = true }).Yaml);
        var read = await _server.Api.GetAsync("/apis/test.example.com/v1beta1/things/one");
        read["spec"]!["a"]!.GetValue<string>().ShouldBe("x");
        read["apiVersion"]!.GetValue<string>().ShouldBe("test.example.com/v1beta1");
        var definition = await _server.Api.GetAsync($"{CustomResourceServer.Definitions}/{Things.Name}");
        definition["status"]!["storedVersions"]!.ToJsonString().ShouldBe("[\"v1\",\"v1beta1\"]");
    }

    [Fact]
    public async Task Scope_and_kind_of_an_established_definition_are_immutable()
    {
        var (code, answer) = await _server.TryRedefineAsync((Definition with { Scope = "Namespaced" }).Yaml);
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer["message"]!.GetValue<string>().ShouldContain("spec.scope: Invalid value: \"Namespaced\": field is immutable");
    }

    [Fact]
    public async Task Version_that_objects_were_stored_in_cannot_be_dropped()
    {
        var (code, answer) = await _server.TryRedefineAsync(new ThingDefinition(Beta with { Stored = true }).Yaml);
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer["message"]!.GetValue<string>().ShouldContain("status.storedVersions[0]: Invalid value: \"v1\": missing from spec.versions");
    }
}
