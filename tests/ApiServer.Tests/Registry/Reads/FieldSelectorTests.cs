using System.Net;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Tests.Registry.Reads;

/// <summary>By which fields the kinds can be selected: exactly upstream's (the conversion functions of its API groups), and its refusal of others.</summary>
public sealed class FieldSelectorTests : IAsyncLifetime
{
    private TestApiServer _server = null!;
    private ApiCalls _api = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestApiServer.StartAsync();
        _api = ApiCalls.To(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("", "pods", "spec.nodeName spec.restartPolicy spec.schedulerName spec.serviceAccountName spec.hostNetwork status.phase status.podIP "
        + "status.podIPs status.nominatedNodeName spec.host")]
    [InlineData("", "nodes", "spec.unschedulable")]
    [InlineData("", "secrets", "type")]
    [InlineData("", "namespaces", "status.phase")]
    [InlineData("", "services", "spec.clusterIP spec.type")]
    [InlineData("", "replicationcontrollers", "status.replicas")]
    [InlineData("", "events", "involvedObject.kind involvedObject.namespace involvedObject.name involvedObject.uid involvedObject.apiVersion "
        + "involvedObject.resourceVersion involvedObject.fieldPath reason reportingComponent source type")]
    [InlineData("apps", "replicasets", "status.replicas")]
    [InlineData("batch", "jobs", "status.successful")]
    [InlineData("certificates.k8s.io", "certificatesigningrequests", "spec.signerName")]
    [InlineData("", "configmaps", "")]
    [InlineData("", "persistentvolumes", "")]
    [InlineData("apps", "deployments", "")]
    public async Task A_kind_is_selected_by_its_fields(string group, string plural, string fields)
    {
        var names = fields.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var root = group.Length == 0 ? "/api/v1/" : $"/apis/{group}/v1/";
        foreach (var field in names.Append("metadata.name").Append("metadata.namespace"))
            (await _api.SendAsync(HttpMethod.Get, $"{root}{plural}?fieldSelector={field}%3Dnone")).Code.ShouldBe(HttpStatusCode.OK, field);
        var (code, status) = await _api.SendAsync(HttpMethod.Get, $"{root}{plural}?fieldSelector=spec.colour%3Dred");
        code.ShouldBe(HttpStatusCode.BadRequest);
        ((string)status["message"]!).ShouldBe(names.Length > 0 ? "field label not supported: spec.colour"
            : "\"spec.colour\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
        _server.Services.GetService(typeof(ResourceRegistry)).ShouldBeOfType<ResourceRegistry>().Find(group, "v1", plural)!
            .Rules.SelectableFields.Select(f => f.Name).ShouldBe(names, ignoreOrder: true);
    }

    [Fact]
    public async Task Pods_are_found_by_node_and_by_what_they_lack()
    {
        foreach (var (name, node) in new[] { ("a", "n1"), ("b", "n2"), ("c", "") })
        {
            await _api.PostAsync("/api/v1/namespaces/default/pods",
                $$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}" },"spec":{"nodeName":"{{node}}","containers":[{"name":"c","image":"i"}] } }""");
        }
        (await NamesAsync("spec.nodeName%3Dn1")).ShouldBe(["a"]);
        (await NamesAsync("spec.host%3Dn1")).ShouldBe(["a"]);
        (await NamesAsync("spec.nodeName%3D")).ShouldBe(["c"]);
        (await NamesAsync("spec.nodeName!%3Dn1,metadata.name!%3Dc")).ShouldBe(["b"]);
        (await NamesAsync("spec.hostNetwork%3Dfalse,spec.restartPolicy%3DAlways")).ShouldBe(["a", "b", "c"]);
        (await NamesAsync("status.podIP%3D")).ShouldBe(["a", "b", "c"]);
    }

    private async Task<string[]> NamesAsync(string selector)
    {
        var list = await _api.GetAsync($"/api/v1/pods?fieldSelector={selector}");
        return [.. list["items"]!.AsArray().Select(i => (string)i!["metadata"]!["name"]!)];
    }
}
