using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Platform.Api.Core.V1;
using Platform.Api.ManagedFields;
using Platform.Api.Schema;

namespace Platform.Api.Tests.ManagedFields;

/// <summary>Pods and field sets for properties: small worlds in which everything meets everything often.</summary>
internal static class SampleDocuments
{
    public static readonly MergeSchema Pod = MergeSchema.Of(TypeSchema.Of(typeof(Pod)));

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public static JsonElement Parse(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>What somebody might apply: labels, finalizers (a set), containers (a list with keys) with a nested list with keys, an atomic list.</summary>
    public static Gen<JsonElement> Pods(string prefix = "") =>
        from labels in Pairs(prefix)
        from finalizers in Names(prefix)
        from containers in Names(prefix)
        from images in Gen.ArrayOf(Gen.Elements("x", "y", null), 4)
        from ports in Gen.ArrayOf(Gen.Elements(0, 80, 81), 4)
        from args in Gen.Elements("[]", "[\"a\"]", "[\"b\",\"b\"]", null)
        select Parse(Make(prefix, labels, finalizers, containers, images, ports, args).ToJsonString());

    /// <summary>Field sets of any form.</summary>
    public static Gen<FieldSet> Sets() =>
        from paths in Gen.ArrayOf(Paths(), 6)
        select FieldSet.Of([.. paths.Take(5)]);

    private static Gen<IReadOnlyList<PathElement>> Paths() =>
        from steps in Gen.ArrayOf(Steps(), 3)
        from length in Gen.Choose(1, 3)
        select (IReadOnlyList<PathElement>)[.. steps.Take(length)];

    private static Gen<PathElement> Steps() => Gen.Elements(
        PathElement.Field("a"), PathElement.Field("b\"c"), PathElement.Field(""), PathElement.Index(0), PathElement.Index(-3),
        PathElement.Value(FieldValue.Of("x")), PathElement.Value(FieldValue.Of(Parse("9"))), PathElement.Value(FieldValue.Of(Parse("80"))),
        PathElement.Value(FieldValue.Of(Parse("true"))), PathElement.Value(FieldValue.Of(Parse("null"))),
        PathElement.Key(KeyValuePair.Create("name", FieldValue.Of("x"))), PathElement.Key(new("port", FieldValue.Of(Parse("80"))), new("name", FieldValue.Of("ü"))));

    private static Gen<(string, string)[]> Pairs(string prefix) =>
        from keys in Names(prefix)
        from values in Gen.ArrayOf(Gen.Elements("1", "2"), 4)
        select keys.Zip(values).ToArray();

    private static Gen<string[]> Names(string prefix) =>
        from names in Gen.ArrayOf(Gen.Elements("a", "b", "c", "d"), 4)
        from count in Gen.Choose(0, 4)
        select names.Take(count).Distinct().Select(n => prefix + n).ToArray();

    private static JsonObject Make(string prefix, (string, string)[] labels, string[] finalizers, string[] containers, string?[] images, int[] ports, string? args)
    {
        var metadata = new JsonObject { ["name"] = "p" };
        if (labels.Length > 0)
            metadata["labels"] = new JsonObject(labels.Select(l => KeyValuePair.Create<string, JsonNode?>(l.Item1, l.Item2)));
        if (finalizers.Length > 0)
            metadata["finalizers"] = new JsonArray([.. finalizers.Select(f => (JsonNode)("x/" + f))]);
        var spec = new JsonObject();
        if (containers.Length > 0)
            spec["containers"] = new JsonArray([.. containers.Select((c, i) => Container(c, images[i], ports[i], i == 0 ? args : null))]);
        if (prefix.Length == 0 && ports[0] == 80)
            spec["securityContext"] = new JsonObject { ["runAsUser"] = ports[1] };
        var pod = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Pod", ["metadata"] = metadata };
        // An empty structure would itself be owned, and be gone as soon as anybody puts something into it.
        if (spec.Count > 0)
            pod["spec"] = spec;
        return pod;
    }

    private static JsonObject Container(string name, string? image, int port, string? args)
    {
        var container = new JsonObject { ["name"] = name };
        if (image is not null)
            container["image"] = image;
        if (port > 0)
            container["ports"] = new JsonArray(new JsonObject { ["containerPort"] = port });
        if (args is not null)
            container["args"] = JsonNode.Parse(args);
        return container;
    }
}
