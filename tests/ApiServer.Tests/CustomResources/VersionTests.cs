using System.Net;
using Platform.ApiServer.Tests.Registry;

namespace Platform.ApiServer.Tests.CustomResources;

/// <summary>Several versions of one definition (custom-resource-definition-versioning).</summary>
public sealed class VersionTests : IAsyncLifetime
{
    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: things.test.example.com}
        spec:
          group: test.example.com
          scope: Cluster
          names: {plural: things, kind: Thing}
          versions:
          - name: v1
            served: true
            storage: true
            schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {a: {type: string}}}}}}
          - name: v1beta1
            served: true
            storage: false
            deprecated: true
            schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {a: {type: string}, b: {type: string, default: old}}}}}}
        """;

    private CustomResourceServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await CustomResourceServer.StartAsync();
        await _server.DefineAsync(Definition);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Object_is_answered_in_the_version_that_is_asked_for()
    {
        var (code, made) = await _server.CreateAsync("/apis/test.example.com/v1beta1/things",
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
        await _server.RedefineAsync(Definition.Replace("storage: true", "storage: no", StringComparison.Ordinal)
            .Replace("storage: false", "storage: true", StringComparison.Ordinal).Replace("storage: no", "storage: false", StringComparison.Ordinal));
        var read = await _server.Api.GetAsync("/apis/test.example.com/v1beta1/things/one");
        read["spec"]!["a"]!.GetValue<string>().ShouldBe("x");
        read["apiVersion"]!.GetValue<string>().ShouldBe("test.example.com/v1beta1");
        var definition = await _server.Api.GetAsync(CustomResourceServer.Definitions + "/things.test.example.com");
        definition["status"]!["storedVersions"]!.ToJsonString().ShouldBe("[\"v1\",\"v1beta1\"]");
    }

    [Fact]
    public async Task Scope_and_kind_of_an_established_definition_are_immutable()
    {
        var (code, answer) = await _server.TryRedefineAsync(Definition.Replace("scope: Cluster", "scope: Namespaced", StringComparison.Ordinal));
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer["message"]!.GetValue<string>().ShouldContain("spec.scope: Invalid value: \"Namespaced\": field is immutable");
    }

    [Fact]
    public async Task Version_that_objects_were_stored_in_cannot_be_dropped()
    {
        var spec = Definition[..Definition.IndexOf("  - name: v1\n", StringComparison.Ordinal)] + Definition[Definition.IndexOf("  - name: v1beta1", StringComparison.Ordinal)..];
        var (code, answer) = await _server.TryRedefineAsync(spec.Replace("storage: false", "storage: true", StringComparison.Ordinal));
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer["message"]!.GetValue<string>().ShouldContain("status.storedVersions[0]: Invalid value: \"v1\": missing from spec.versions");
    }
}
