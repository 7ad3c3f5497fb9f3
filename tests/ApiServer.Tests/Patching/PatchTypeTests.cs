using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Schema;
using Platform.ApiServer.Patching;

namespace Platform.ApiServer.Tests.Patching;

public sealed class PatchTypeTests
{
    private static readonly TypeSchema Schema = TypeSchema.Of(typeof(Pod));

    [Fact]
    public void Unknown_media_type_is_refused_with_415() =>
        Should.Throw<ApiException>(() => Patched.Of("application/json", new JsonObject(), "{}"u8, Schema)).Code.ShouldBe(415);

    [Fact]
    public void Strategic_merge_patch_needs_a_declaration() =>
        Should.Throw<ApiException>(() => Patched.Of(PatchType.Strategic, new JsonObject(), "{}"u8, null)).Code.ShouldBe(415);

    [Theory]
    [InlineData(PatchType.Json)]
    [InlineData(PatchType.Merge)]
    [InlineData(PatchType.Strategic)]
    public void Body_that_is_no_json_is_refused_with_400(string type) =>
        Should.Throw<ApiException>(() => Patched.Of(type, new JsonObject(), "{\"a\":"u8, Schema)).Code.ShouldBe(400);

    [Fact]
    public void Too_many_operations_are_refused_with_413()
    {
        var patch = "[" + string.Join(",", Enumerable.Repeat("""{"op":"test","path":"","value":{}}""", JsonPatch.MostOperations + 1)) + "]";
        Should.Throw<ApiException>(() => Patched.Of(PatchType.Json, new JsonObject(), Encoding.UTF8.GetBytes(patch), Schema)).Code.ShouldBe(413);
    }

    [Fact]
    public void Media_type_may_have_parameters() =>
        Patched.Of("application/merge-patch+json; charset=utf-8", new JsonObject(), """{"a":1}"""u8, null).ToJsonString().ShouldBe("""{"a":1}""");

    [Fact]
    public void Merge_patch_is_idempotent() => Prop.ForAll(Documents().Two().ToArbitrary(), pair =>
    {
        var once = Patch(PatchType.Merge, pair.Item1, pair.Item2);
        return JsonNode.DeepEquals(once, Patch(PatchType.Merge, once, pair.Item2));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Strategic_merge_patch_without_directives_is_idempotent() => Prop.ForAll(Pods().Two().ToArbitrary(), pair =>
    {
        var once = Patch(PatchType.Strategic, pair.Item1, pair.Item2);
        return JsonNode.DeepEquals(once, Patch(PatchType.Strategic, once, pair.Item2));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Strategic_merge_patch_holds_every_item_of_both() => Prop.ForAll(Pods().Two().ToArbitrary(), pair =>
        Names(Patch(PatchType.Strategic, pair.Item1, pair.Item2)).ToHashSet().SetEquals(Names(pair.Item1).Concat(Names(pair.Item2)))).QuickCheckThrowOnFailure();

    private static JsonNode Patch(string type, JsonNode current, JsonNode patch) =>
        Patched.Of(type, current, patch, Schema);

    private static IEnumerable<string> Names(JsonNode pod) => pod["spec"]!["containers"]!.AsArray().Select(c => c!["name"]!.GetValue<string>());

    private static Gen<JsonNode> Documents() =>
        from keys in Gen.ArrayOf(Gen.Elements("a", "b", "c"), 3)
        from values in Gen.ArrayOf(Gen.Elements("1", "null", "\"x\"", "{\"a\":1}", "{\"a\":null,\"b\":2}", "[1,null]"), 3)
        select JsonTree.Parse(Encoding.UTF8.GetBytes("{" + string.Join(",", keys.Distinct().Zip(values, (k, v) => $"\"{k}\":{v}")) + "}"))!;

    private static Gen<JsonNode> Pods() =>
        from names in Gen.ArrayOf(Gen.Elements("a", "b", "c", "d"), 3)
        from images in Gen.ArrayOf(Gen.Elements("x", "y"), 3)
        select Pod(names.Distinct().Zip(images));

    private static JsonNode Pod(IEnumerable<(string Name, string Image)> containers) => new JsonObject
    {
        ["spec"] = new JsonObject
        {
            ["containers"] = new JsonArray([.. containers.Select(c => new JsonObject { ["name"] = c.Name, ["image"] = c.Image })]),
        },
    };
}
