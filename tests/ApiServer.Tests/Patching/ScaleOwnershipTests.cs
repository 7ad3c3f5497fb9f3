using System.Text.Json.Nodes;
using Platform.ApiServer.Tests.CustomResources;

namespace Platform.ApiServer.Tests.Patching;

/// <summary>Who owns the replicas of a custom resource that keeps them elsewhere than most, and under another name in each version.</summary>
public sealed class ScaleOwnershipTests : IAsyncLifetime
{
    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: herds.example.com}
        spec:
          group: example.com
          scope: Namespaced
          names: {plural: herds, singular: herd, kind: Herd}
          versions:
          - name: v1
            served: true
            storage: true
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            subresources: {scale: {specReplicasPath: .spec.size.wanted, statusReplicasPath: .status.heads}}
          - name: v2
            served: true
            storage: false
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            subresources: {scale: {specReplicasPath: .spec.heads, statusReplicasPath: .status.heads}}
        """;

    private const string One = "/apis/example.com/v1/namespaces/default/herds/one";
    private const string OneInV2 = "/apis/example.com/v2/namespaces/default/herds/one";

    private CustomResourceServer _server = null!;
    private ApplyCalls _calls = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await CustomResourceServer.StartAsync();
        await _server.DefineAsync(Definition);
        _calls = ApplyCalls.To(_server.Server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Applying_the_scale_owns_the_field_that_is_scaled()
    {
        await _calls.ApplyAsync(One, "me", Herd("size: {wanted: 2}, colour: red"));
        var (code, body) = await _calls.TryApplyAsync(One + "/scale", "hpa", Scale(5));
        code.ShouldBe(409, body.ToJsonString());
        ((string?)body["message"]).ShouldBe("""Apply failed with 1 conflict: conflict with "me": .spec.replicas""");
        await _calls.ApplyAsync(One + "/scale", "hpa", Scale(5), force: true);
        var value = await _calls.GetAsync(One);
        ApplyCalls.Owners(value).ShouldBe(
            ["""hpa Apply/scale {"f:spec":{"f:size":{"f:wanted":{}}}}""", """me Apply {"f:spec":{".":{},"f:colour":{},"f:size":{}}}"""], ignoreOrder: true);
        ((int)value["spec"]!["size"]!["wanted"]!).ShouldBe(5);
    }

    [Fact]
    public async Task Who_owns_the_scale_conflicts_with_who_applies_the_object()
    {
        await _calls.ApplyAsync(One, "me", Herd("colour: red, size: {wanted: 1}"));
        await _calls.ApplyAsync(One + "/scale", "hpa", Scale(5), force: true);
        var (code, body) = await _calls.TryApplyAsync(One, "me", Herd("size: {wanted: 3}"));
        code.ShouldBe(409, body.ToJsonString());
        ((string?)body["message"]).ShouldBe("""Apply failed with 1 conflict: conflict with "hpa" with subresource "scale": .spec.size.wanted""");
    }

    [Fact]
    public async Task Who_agrees_shares_the_field_and_keeps_all_else()
    {
        await _calls.PostAsync("/apis/example.com/v1/namespaces/default/herds", CustomResourceServer.Json(Herd("colour: red, size: {wanted: 5}")));
        await _calls.ApplyAsync(One + "/scale", "hpa", Scale(5));
        ApplyCalls.Owners(await _calls.GetAsync(One)).ShouldBe(
        [
            """hpa Apply/scale {"f:spec":{"f:size":{"f:wanted":{}}}}""",
            """creator Update {"f:spec":{".":{},"f:colour":{},"f:size":{".":{},"f:wanted":{}}}}""",
        ]);
        var (code, body) = await _calls.TryApplyAsync(One + "/scale", "other", Scale(6));
        code.ShouldBe(409, body.ToJsonString());
        ((string?)body["message"]).ShouldStartWith("Apply failed with 2 conflicts");
        ((string)body["message"]!).ShouldContain("conflicts with \"creator\" using autoscaling/v1:\n- .spec.replicas");
    }

    [Fact]
    public async Task Each_version_has_its_own_place_of_the_replicas()
    {
        await _calls.ApplyAsync(OneInV2, "me", Herd("heads: 2", "v2"));
        (await _calls.TryApplyAsync(OneInV2 + "/scale", "hpa", Scale(5))).Code.ShouldBe(409);
        await _calls.ApplyAsync(OneInV2 + "/scale", "hpa", Scale(5), force: true);
        ApplyCalls.Owners(await _calls.GetAsync(OneInV2)).ShouldBe(
            ["""hpa Apply/scale {"f:spec":{"f:heads":{}}}""", """me Apply {"f:spec":{}}"""], ignoreOrder: true);
    }

    [Fact]
    public async Task Updating_the_scale_owns_the_field_that_is_scaled()
    {
        await _calls.ApplyAsync(One, "me", Herd("size: {wanted: 2}"));
        await _calls.MergeAsync(One + "/scale", """{"spec":{"replicas":4}}""", "scaler/1");
        ApplyCalls.Owners(await _calls.GetAsync(One)).ShouldContain("""scaler Update/scale {"f:spec":{"f:size":{"f:wanted":{}}}}""");
    }

    [Fact]
    public async Task Built_in_kinds_hand_replicas_over_in_both_directions()
    {
        await _calls.PostAsync("/apis/apps/v1/namespaces/default/deployments", CustomResourceServer.Json(Deployment(3)));
        await _calls.ApplyAsync(ApplyCalls.Deployment + "/scale", "hpa", Scale(3));
        var shared = ApplyCalls.Owners(await _calls.GetAsync(ApplyCalls.Deployment));
        shared.ShouldContain("""hpa Apply/scale {"f:spec":{"f:replicas":{}}}""");
        shared.Single(o => o.StartsWith("creator Update ", StringComparison.Ordinal)).ShouldContain("f:replicas");
        var (code, body) = await _calls.TryApplyAsync(ApplyCalls.Deployment + "/scale", "hpa", Scale(4));
        code.ShouldBe(409);
        ((string?)body["message"]).ShouldBe("""Apply failed with 1 conflict: conflict with "creator" using autoscaling/v1: .spec.replicas""");
        await _calls.ApplyAsync(ApplyCalls.Deployment + "/scale", "hpa", Scale(4), force: true);
        var creator = ApplyCalls.Owners(await _calls.GetAsync(ApplyCalls.Deployment)).Single(o => o.StartsWith("creator Update ", StringComparison.Ordinal));
        creator.ShouldNotContain("f:replicas");
        creator.ShouldContain("f:template");
        (code, body) = await _calls.TryApplyAsync(ApplyCalls.Deployment, "me", Deployment(5));
        code.ShouldBe(409);
        ((string?)body["message"]).ShouldBe("""Apply failed with 1 conflict: conflict with "hpa" with subresource "scale": .spec.replicas""");
        await _calls.ApplyAsync(ApplyCalls.Deployment, "me", Deployment(5), force: true);
        ApplyCalls.Owners(await _calls.GetAsync(ApplyCalls.Deployment)).ShouldNotContain(o => o.StartsWith("hpa ", StringComparison.Ordinal));
    }

    private static string Deployment(int replicas) => $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: {{{replicas}}}
          selector: {matchLabels: {app: web}}
          template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: nginx}]}}
        """;

    private static string Herd(string spec, string version = "v1") =>
        $"{{apiVersion: example.com/{version}, kind: Herd, metadata: {{name: one}}, spec: {{{spec}}}}}";

    private static string Scale(int replicas) => new JsonObject
    {
        ["apiVersion"] = "autoscaling/v1", ["kind"] = "Scale", ["metadata"] = new JsonObject(), ["spec"] = new JsonObject { ["replicas"] = replicas },
    }.ToJsonString();
}
