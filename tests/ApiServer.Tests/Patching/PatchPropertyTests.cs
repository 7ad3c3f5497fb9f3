using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Schema;
using Platform.ApiServer.Patching;

namespace Platform.ApiServer.Tests.Patching;

/// <summary>What must hold for every document: RFC 7386, RFC 6902, and the strategic merge patches that kubectl computes.</summary>
public sealed class PatchPropertyTests
{
    private static readonly TypeSchema Schema = TypeSchema.Of(typeof(Pod));

    [Fact]
    public void Merge_patch_made_from_a_difference_reproduces_the_target() => Prop.ForAll(Documents(withNulls: false).Two().ToArbitrary(), pair =>
        JsonNode.DeepEquals(Patch(PatchType.Merge, pair.Item1, MergeDifference(pair.Item1, pair.Item2)), pair.Item2)).QuickCheckThrowOnFailure();

    [Fact]
    public void Nulls_of_a_merge_patch_never_come_into_objects() => Prop.ForAll(Documents(withNulls: true).Two().ToArbitrary(), pair =>
        !HasNull(Patch(PatchType.Merge, new JsonObject(), pair.Item1))
        && JsonNode.DeepEquals(Patch(PatchType.Merge, Patch(PatchType.Merge, pair.Item1, pair.Item2), pair.Item2), Patch(PatchType.Merge, pair.Item1, pair.Item2)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_patch_is_what_the_algorithm_of_RFC_7386_gives() => Prop.ForAll(Spelled().Two().ToArbitrary(), pair =>
        JsonNode.DeepEquals(JsonTree.Parse(PatchType.Apply(PatchType.Merge, Encoding.UTF8.GetBytes(pair.Item1), Encoding.UTF8.GetBytes(pair.Item2), null).Span),
            Merged(JsonNode.Parse(pair.Item1), JsonNode.Parse(pair.Item2)))).QuickCheckThrowOnFailure();

    [Fact]
    public void Empty_merge_patch_changes_nothing() => Prop.ForAll(Documents(withNulls: true).ToArbitrary(), document =>
        JsonNode.DeepEquals(Patch(PatchType.Merge, document, new JsonObject()), document)).QuickCheckThrowOnFailure();

    [Fact]
    public void Json_patch_remove_undoes_add() => Prop.ForAll(Documents(withNulls: false).Two().ToArbitrary(), pair =>
    {
        var patch = new JsonArray(
            new JsonObject { ["op"] = "add", ["path"] = "/new~1~0name", ["value"] = pair.Item2.DeepClone() },
            new JsonObject { ["op"] = "test", ["path"] = "/new~1~0name", ["value"] = pair.Item2.DeepClone() },
            new JsonObject { ["op"] = "copy", ["from"] = "/new~1~0name", ["path"] = "/other" },
            new JsonObject { ["op"] = "move", ["from"] = "/other", ["path"] = "/new~1~0name" },
            new JsonObject { ["op"] = "remove", ["path"] = "/new~1~0name" });
        return JsonNode.DeepEquals(Patch(PatchType.Json, pair.Item1, patch), pair.Item1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Strategic_patch_made_from_a_difference_reproduces_the_target() => Prop.ForAll(Pods().Two().ToArbitrary(), pair =>
        JsonNode.DeepEquals(Patch(PatchType.Strategic, pair.Item1, StrategicDifference(pair.Item1, pair.Item2)), pair.Item2)).QuickCheckThrowOnFailure();

    [Fact]
    public void Copies_are_bounded()
    {
        var operations = new JsonArray([.. Enumerable.Range(0, 30).Select(i => new JsonObject { ["op"] = "copy", ["from"] = "/a", ["path"] = $"/a/x{i}" })]);
        var error = Should.Throw<ApiException>(() => Patch(PatchType.Json, JsonNode.Parse("""{"a":{"text":"xxxxxxxxxxxxxxxxxxxxxxxx"}}""")!, operations));
        error.Code.ShouldBe(422);
        error.Status.Details!.Causes![0].Message.ShouldNotBeNull().ShouldContain("exceeding the limit 3145728");
    }

    private static JsonNode Patch(string type, JsonNode current, JsonNode patch) =>
        Patched.Of(type, current, patch, Schema);

    /// <summary>The function that section 2 of the RFC defines.</summary>
    private static JsonNode? Merged(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
            return patch?.DeepClone();
        var result = target as JsonObject ?? [];
        foreach (var (name, value) in changes)
        {
            result.Remove(name, out var before);
            if (value is not null)
                result[name] = Merged(before, value);
        }

        return result;
    }

    private static JsonObject MergeDifference(JsonNode from, JsonNode to)
    {
        var patch = new JsonObject();
        foreach (var (name, _) in from.AsObject().Where(m => !to.AsObject().ContainsKey(m.Key)))
            patch[name] = null;
        foreach (var (name, value) in to.AsObject())
        {
            if (from.AsObject()[name] is JsonObject before && value is JsonObject after)
                patch[name] = MergeDifference(before, after);
            else if (!JsonNode.DeepEquals(from.AsObject()[name], value) || !from.AsObject().ContainsKey(name))
                patch[name] = value is JsonObject map && from.AsObject()[name] is not null ? map.DeepClone() : value?.DeepClone();
        }

        return patch;
    }

    private static bool HasNull(JsonNode node) => node is JsonObject map && map.Any(m => m.Value is null || HasNull(m.Value));

    private static JsonObject StrategicDifference(JsonNode from, JsonNode to)
    {
        var (before, after) = (Containers(from), Containers(to));
        var patch = new JsonArray([.. after.Where(c => !before.Any(b => JsonNode.DeepEquals(b, c))).Select(c => c!.DeepClone())]);
        foreach (var gone in before.Where(b => after.All(c => (string?)c!["name"] != (string?)b!["name"])))
            patch.Add(new JsonObject { ["$patch"] = "delete", ["name"] = (string?)gone!["name"] });
        return new()
        {
            ["spec"] = new JsonObject
            {
                ["$setElementOrder/containers"] = new JsonArray([.. after.Select(c => new JsonObject { ["name"] = (string?)c!["name"] })]),
                ["containers"] = patch,
            },
        };
    }

    private static JsonArray Containers(JsonNode pod) => pod["spec"]!["containers"]!.AsArray();

    private static Gen<JsonNode> Documents(bool withNulls) =>
        from keys in Gen.ArrayOf(Gen.Elements("a", "b", "c"), 3)
        from values in Gen.ArrayOf(Gen.Elements(withNulls
            ? ["1", "null", "\"x\"", "{\"a\":1}", "{\"a\":null,\"b\":2}", "[1,null]", "{\"a\":{\"c\":null}}"]
            : new[] { "1", "\"x\"", "{\"a\":1}", "{\"a\":3,\"b\":2}", "[1,null]", "{\"a\":{\"c\":1}}" }), 3)
        select JsonTree.Parse(Encoding.UTF8.GetBytes("{" + string.Join(",", keys.Distinct().Zip(values, (k, v) => $"\"{k}\":{v}")) + "}"))!;

    /// <summary>Documents as people write them: with white space, and names of one meaning in several spellings.</summary>
    private static Gen<string> Spelled() => Spelled(3);

    private static Gen<string> Spelled(int depth) =>
        from names in Gen.ArrayOf(Gen.Elements("\"a\"", "\"\\u0062\"", "\"b\"", "\"\\\"\"", "\"ä\"", "\"\""), 4)
        from values in Gen.ArrayOf(depth == 0 ? Leaf() : Gen.OneOf(Leaf(), Spelled(depth - 1)), 4)
        from space in Gen.Elements("", " ", "\n\t")
        select "{" + space + string.Join(space + "," + space, names.DistinctBy(n => (string?)JsonNode.Parse(n)).Zip(values, (n, v) => n + space + ":" + space + v)) + space + "}";

    private static Gen<string> Leaf() => Gen.Elements("null", "1.50", "true", "\"x\\n\"", "[]", "[1, null, {\"a\": null}]", "{}");

    private static Gen<JsonNode> Pods() =>
        from names in Gen.ArrayOf(Gen.Elements("a", "b", "c", "d"), 4)
        from images in Gen.ArrayOf(Gen.Elements("x", "y"), 4)
        select (JsonNode)new JsonObject
        {
            ["spec"] = new JsonObject
            {
                ["containers"] = new JsonArray([.. names.Distinct().Zip(images).Select(c => new JsonObject { ["name"] = c.First, ["image"] = c.Second })]),
            },
        };
}
