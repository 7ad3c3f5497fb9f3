using System.Reflection;
using System.Text.Json;
using Platform.Api.Meta.V1;
using Platform.Api.Schema;
using Platform.Api.Tests.Facts;

namespace Platform.Api.Tests.Schema;

/// <summary>Every declaration says of every field what the published API says.</summary>
public sealed class DeclaredTypesTests
{
    // Go's RootPaths is not published; it is what "/" answers.
    private static readonly Type[] Unpublished = [typeof(RootPaths)];

    public static TheoryData<string> Declared() =>
        [.. Types().Select(t => SchemaName.Of(t)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Declared))]
    public void Type_is_declared_as_published(string name)
    {
        var type = Types().Single(t => SchemaName.Of(t) == name);
        ApiFacts.Types.TryGetProperty(name, out var facts).ShouldBeTrue($"{name} is not published");
        Describe(TypeSchema.Of(type)).ShouldBe(Published(facts));
    }

    [Fact]
    public void Part_of_the_facts_agrees_with_the_whole()
    {
        if (ApiFacts.Whole() is not { } folder)
        {
            Assert.Skip($"the whole facts are not beside the checkout, and {ApiFacts.Variable} does not name them");
            return;
        }

        var whole = ApiFacts.Load(folder, "types.json");
        foreach (var type in ApiFacts.Types.EnumerateObject())
            JsonElement.DeepEquals(type.Value, whole.GetProperty(type.Name)).ShouldBeTrue(type.Name);
        var resources = ApiFacts.Load(folder, "resources.json").EnumerateArray().ToList();
        foreach (var resource in ApiFacts.Resources.EnumerateArray())
            resources.Any(r => JsonElement.DeepEquals(r, resource)).ShouldBeTrue(resource.ToString());
    }

    internal static IEnumerable<Type> Types()
    {
        var declared = typeof(KubernetesObject).Assembly.GetTypes()
            .Where(t => t is { IsPublic: true, IsClass: true, IsAbstract: false } && t.Namespace!.EndsWith(".V1", StringComparison.Ordinal) && !Unpublished.Contains(t))
            .ToList();
        var lists = declared
            .Where(t => t.GetCustomAttribute<ResourceAttribute>() is { } r && r.Verbs.Contains("list"))
            .Select(t => typeof(KubernetesList<>).MakeGenericType(t));
        return declared.Concat(lists);
    }

    private static string[] Describe(TypeSchema schema) =>
    [
        $"mapType={schema.MapType}",
        .. schema.Fields.Values.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f =>
            $"{f.Name}: {Spell(f.Type, f.PublishedAs)} proto={f.Proto} required={f.Required} default={Show(f.Default)} " +
            $"list={f.ListType}({string.Join(",", f.ListKeys)}) map={f.MapType} patch={f.PatchStrategy}/{f.MergeKey}"),
    ];

    private static string[] Published(JsonElement facts) =>
    [
        $"mapType={Text(facts, "mapType")}",
        .. facts.GetProperty("fields").EnumerateObject().OrderBy(f => f.Name, StringComparer.Ordinal).Select(f =>
            $"{f.Name}: {Text(f.Value, "type")} proto={Raw(f.Value, "proto")} required={f.Value.TryGetProperty("required", out _)} default={Raw(f.Value, "default")} " +
            $"list={Text(f.Value, "listType")}({Keys(f.Value)}) map={Text(f.Value, "mapType")} patch={Text(f.Value, "patchStrategy")}/{Text(f.Value, "mergeKey")}"),
    ];

    private static string Spell(TypeSchema schema, string? raw) => schema.Shape switch
    {
        SchemaShape.String => "string",
        SchemaShape.Bytes => "string:byte",
        SchemaShape.Boolean => "boolean",
        SchemaShape.Int32 => "integer:int32",
        SchemaShape.Int64 => "integer:int64",
        SchemaShape.Number => "number:double",
        SchemaShape.List => $"[{Spell(schema.Item!, raw)}]",
        SchemaShape.Map => $"{{{Spell(schema.Item!, raw)}}}",
        SchemaShape.Raw => raw ?? throw new InvalidOperationException("a raw field must say what it is published as"),
        _ => SchemaName.Of(schema)!,
    };

    private static string Show(object? value) => value switch { null => "", string s => $"\"{s}\"", bool b => b ? "true" : "false", _ => value.ToString()! };

    private static string Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetString()! : "";

    private static string Raw(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetRawText() : "";

    private static string Keys(JsonElement from) =>
        from.TryGetProperty("mapKeys", out var keys) ? string.Join(",", keys.EnumerateArray().Select(k => k.GetString())) : "";
}
