using System.Net;
using System.Text.Json.Nodes;

namespace Platform.ApiServer.Tests.Registry.Rules;

/// <summary>Changes of a service's type, and families of addresses (pkg/registry/core/service: dropTypeDependentFields, initIPFamilyFields).</summary>
public sealed class ServiceTests
{
    private const string Path = "/api/v1/namespaces/default/services";

    [Theory]
    [InlineData("NodePort", """{"spec":{"type":"ClusterIP"}}""")]
    [InlineData("LoadBalancer", """{"spec":{"type":"ClusterIP"}}""")]
    [InlineData("LoadBalancer", """{"spec":{"type":"ExternalName","externalName":"example.com"}}""")]
    public async Task Change_of_type_drops_what_only_the_earlier_type_has(string type, string patch)
    {
        await using var server = await TestApiServer.StartAsync();
        var calls = ApiCalls.To(server);
        await calls.PostAsync(Path, Service($$"""{"type":"{{type}}","ports":[{"port":80}]}"""));
        var (code, changed) = await calls.SendAsync(HttpMethod.Patch, Path + "/s", patch, "application/merge-patch+json");
        code.ShouldBe(HttpStatusCode.OK, changed.ToJsonString());
        changed["spec"]!["externalTrafficPolicy"].ShouldBeNull();
        changed["spec"]!["ports"]![0]!["nodePort"].ShouldBeNull();
        changed["spec"]!["allocateLoadBalancerNodePorts"].ShouldBeNull();
    }

    [Fact]
    public async Task Field_of_the_earlier_type_that_is_changed_with_the_type_is_refused()
    {
        await using var server = await TestApiServer.StartAsync();
        var calls = ApiCalls.To(server);
        await calls.PostAsync(Path, Service("""{"type":"NodePort","ports":[{"port":80}]}"""));
        var (code, status) = await calls.SendAsync(
            HttpMethod.Patch, Path + "/s", """{"spec":{"type":"ClusterIP","externalTrafficPolicy":"Local"}}""", "application/merge-patch+json");
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string?)status["message"])!.ShouldContain("spec.externalTrafficPolicy: Invalid value: \"Local\": may only be set for externally-accessible services");
    }

    [Theory]
    [InlineData("""{"ports":[{"port":80}],"ipFamilyPolicy":"RequireDualStack"}""",
        "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not configured for dual-stack services")]
    [InlineData("""{"ports":[{"port":80}],"ipFamilies":["IPv6"]}""", "spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster")]
    [InlineData("""{"ports":[{"port":80,"nodePort":30000}]}""", "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'")]
    [InlineData("""{"ports":[{"port":80}],"clusterIP":"1.2.3.4"}""", "spec.clusterIPs: Invalid value: []string{\"1.2.3.4\"}: failed to allocate IP 1.2.3.4: "
        + "the provided IP (1.2.3.4) is not in the valid range. The range of valid IPs is 10.128.0.0/16")]
    public async Task Service_that_the_cluster_cannot_have_is_refused(string spec, string finding)
    {
        await using var server = await TestApiServer.StartAsync();
        var (code, status) = await ApiCalls.To(server).SendAsync(HttpMethod.Post, Path, Service(spec));
        code.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string?)status["message"])!.ShouldContain(finding);
    }

    [Theory]
    [InlineData("""{"ports":[{"port":80}]}""", "SingleStack", "IPv4")]
    [InlineData("""{"ports":[{"port":80}],"ipFamilyPolicy":"PreferDualStack"}""", "PreferDualStack", "IPv4")]
    [InlineData("""{"clusterIP":"None"}""", "RequireDualStack", "IPv4,IPv6")]
    [InlineData("""{"clusterIP":"None","selector":{"a":"b"}}""", "SingleStack", "IPv4")]
    public async Task Families_that_are_only_preferred_or_written_by_others_are_accepted(string spec, string policy, string families)
    {
        await using var server = await TestApiServer.StartAsync();
        var service = await ApiCalls.To(server).PostAsync(Path, Service(spec));
        ((string?)service["spec"]!["ipFamilyPolicy"]).ShouldBe(policy);
        string.Join(',', service["spec"]!["ipFamilies"]!.AsArray().Select(f => (string?)f)).ShouldBe(families);
    }

    [Theory]
    [InlineData("""{"ports":[{"port":80}],"ipFamilyPolicy":"PreferDualStack"}""", "PreferDualStack")]
    [InlineData("""{"ports":[{"port":80}]}""", "SingleStack")]
    public async Task Replacement_that_leaves_out_the_policy_of_families_keeps_it(string spec, string policy)
    {
        await using var server = await TestApiServer.StartAsync();
        var calls = ApiCalls.To(server);
        var made = await calls.PostAsync(Path, Service(spec));
        var (code, changed) = await calls.SendAsync(HttpMethod.Put, Path + "/s", Service("""{"ports":[{"port":81}]}"""));
        code.ShouldBe(HttpStatusCode.OK, changed.ToJsonString());
        ((string?)changed["spec"]!["ipFamilyPolicy"]).ShouldBe(policy);
        ((string?)changed["spec"]!["clusterIP"]).ShouldBe((string?)made["spec"]!["clusterIP"]);
    }

    [Fact]
    public async Task Fields_that_allocation_fills_in_are_nobodys()
    {
        await using var server = await TestApiServer.StartAsync();
        var made = await ApiCalls.To(server).PostAsync(Path, Service("""{"ports":[{"port":80}]}"""));
        var owned = made["metadata"]!["managedFields"]![0]!["fieldsV1"]!["f:spec"]!.AsObject().Select(f => f.Key);
        owned.ShouldBe(["f:internalTrafficPolicy", "f:ports", "f:sessionAffinity", "f:type"], ignoreOrder: true);
    }

    private static string Service(string spec) =>
        new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Service", ["metadata"] = new JsonObject { ["name"] = "s" }, ["spec"] = JsonNode.Parse(spec) }.ToJsonString();
}
