using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Json;
using Platform.ApiServer.Discovery;
using Platform.ApiServer.Registry.Rules;

namespace Platform.ApiServer.Tests.Discovery;

public sealed class DiscoveryTests
{
    private static readonly ApiGroups Groups = new(BuiltInResources.All, Platform.ApiServer.Aggregation.ForeignApis.None);
    private static readonly OpenApiDocuments Documents = new(Groups);

    [Fact]
    public void Core_group_lists_pods_with_their_subresources()
    {
        var list = LegacyDiscovery.Resources(Groups.ByPath["api/v1"]);
        list.GroupVersion.ShouldBe("v1");
        list.Resources!.Single(r => r.Name == "pods").ShortNames.ShouldBe(["po"]);
        list.Resources!.Single(r => r.Name == "pods/eviction").ShouldSatisfyAllConditions(r => r.Group.ShouldBe("policy"), r =>
            r.Kind.ShouldBe("Eviction"), r => r.SingularName.ShouldBe(""));
    }

    /// <summary>Hashes that kube-apiserver 1.32 publishes.</summary>
    [Theory]
    [InlineData("api/v1", "pods", "xPOwRZ+Yhw8=")]
    [InlineData("api/v1", "configmaps", "qFsyl6wFWjQ=")]
    [InlineData("apis/apps/v1", "deployments", "8aSe+NMegvE=")]
    [InlineData("api/v1", "pods/status", null)]
    [InlineData("api/v1", "bindings", null)]
    [InlineData("api/v1", "componentstatuses", null)]
    [InlineData("apis/authentication.k8s.io/v1", "tokenreviews", null)]
    public void Stored_resources_have_upstreams_hash_of_the_version_in_which_they_are_stored(string version, string resource, string? hash) =>
        LegacyDiscovery.Resources(Groups.ByPath[version]).Resources!.Single(r => r.Name == resource).StorageVersionHash.ShouldBe(hash);

    [Fact]
    public void Aggregated_discovery_names_scope_and_kind()
    {
        var document = JsonDocument.Parse(AggregatedDiscovery.Encode(Groups.Versions.Where(v => v.Group.Length > 0), "v2")).RootElement;
        document.GetProperty("items")[0].GetProperty("metadata").GetProperty("name").GetString().ShouldBe("apiregistration.k8s.io");
        var apps = document.GetProperty("items")[1];
        apps.GetProperty("metadata").GetProperty("name").GetString().ShouldBe("apps");
        var deployments = apps.GetProperty("versions")[0].GetProperty("resources").EnumerateArray()
            .Single(r => r.GetProperty("resource").GetString() == "deployments");
        deployments.GetProperty("scope").GetString().ShouldBe("Namespaced");
        deployments.GetProperty("subresources").EnumerateArray().Select(s => s.GetProperty("subresource").GetString()).ShouldBe(["scale", "status"]);
    }

    [Fact]
    public void OpenApi_tells_kubectl_of_field_validation_and_dry_run()
    {
        var document = JsonNode.Parse(Documents.Version3(Groups.ByPath["apis/apps/v1"]).Content)!;
        var patch = document["paths"]!["/apis/apps/v1/namespaces/{namespace}/deployments/{name}"]!["patch"]!;
        patch["x-kubernetes-group-version-kind"]!["kind"]!.GetValue<string>().ShouldBe("Deployment");
        patch["parameters"]!.AsArray().Select(p => p!["name"]!.GetValue<string>()).ShouldBe(["dryRun", "fieldManager", "fieldValidation", "force"]);
    }

    [Fact]
    public void Every_reference_in_a_document_leads_to_a_schema()
    {
        foreach (var version in Groups.Versions)
            Check(Documents.Version3(version).Content, "#/components/schemas/", d => d["components"]!["schemas"]!.AsObject());
        Check(Documents.Version2.Content, "#/definitions/", d => d["definitions"]!.AsObject());
    }

    [Fact]
    public void Schema_carries_merge_keys_and_list_types()
    {
        var schemas = JsonNode.Parse(Documents.Version3(Groups.ByPath["api/v1"]).Content)!["components"]!["schemas"]!;
        var containers = schemas["io.k8s.api.core.v1.PodSpec"]!["properties"]!["containers"]!;
        containers["x-kubernetes-patch-merge-key"]!.GetValue<string>().ShouldBe("name");
        containers["x-kubernetes-list-type"]!.GetValue<string>().ShouldBe("map");
        schemas["io.k8s.api.core.v1.Pod"]!["x-kubernetes-group-version-kind"]![0]!["kind"]!.GetValue<string>().ShouldBe("Pod");
        schemas["io.k8s.api.core.v1.PodSpec"]!["required"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public void Schema_lists_the_values_that_a_field_may_have()
    {
        var pod = JsonNode.Parse(Documents.Version3(Groups.ByPath["api/v1"]).Content)!["components"]!["schemas"]!["io.k8s.api.core.v1.PodSpec"]!["properties"]!;
        pod["restartPolicy"]!["enum"]!.ToJsonString().ShouldBe("""["Always","Never","OnFailure"]""");
        pod["nodeName"]!["enum"].ShouldBeNull();
        var strategy = JsonNode.Parse(Documents.Version2.Content)!["definitions"]!["io.k8s.api.apps.v1.DeploymentStrategy"]!["properties"]!;
        strategy["type"]!["enum"]!.ToJsonString().ShouldBe("""["Recreate","RollingUpdate"]""");
    }

    [Fact]
    public void Protobuf_form_is_well_formed_and_smaller()
    {
        var bytes = Documents.Version2Protobuf.Content;
        bytes[0].ShouldBe((byte)0x0A);
        var at = 0;
        while (at < bytes.Length)
        {
            (ReadNumber() & 7).ShouldBe(2UL);
            var length = (int)ReadNumber();
            at += length;
        }

        at.ShouldBe(bytes.Length);
        bytes.Length.ShouldBeLessThan(Documents.Version2.Content.Length);

        ulong ReadNumber()
        {
            ulong value = 0;
            for (var shift = 0; ; shift += 7)
            {
                value |= (ulong)(bytes[at] & 0x7F) << shift;
                if ((bytes[at++] & 0x80) == 0)
                    return value;
            }
        }
    }

    [Fact]
    public void Legacy_documents_are_encoded_by_the_codec()
    {
        ApiJson.Encode(LegacyDiscovery.Groups(Groups)).Length.ShouldBeGreaterThan(100);
        ApiJson.Encode(LegacyDiscovery.Core(Groups, "localhost")).Length.ShouldBeGreaterThan(50);
    }

    private static void Check(byte[] document, string prefix, Func<JsonNode, JsonObject> schemas)
    {
        var root = JsonNode.Parse(document)!;
        var known = schemas(root);
        foreach (var reference in References(root))
        {
            reference.ShouldStartWith(prefix);
            known.ContainsKey(reference[prefix.Length..]).ShouldBeTrue(reference);
        }
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(m => m.Key == "$ref" && m.Value is JsonValue v ? [v.GetValue<string>()] : References(m.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
