using System.Reflection;
using System.Text.Json;
using Platform.Api.Tests.Facts;

namespace Platform.Api.Tests.Schema;

/// <summary>Every declared resource has the scope, names, verbs and subresources that discovery of v1.32 lists.</summary>
public sealed class DeclaredResourcesTests
{
    public static TheoryData<string> Declared() => [.. Resources().Select(r => $"{r.Group}/{r.Version}/{r.Plural}")];

    [Theory]
    [MemberData(nameof(Declared))]
    public void Resource_is_declared_as_published(string name)
    {
        var (type, resource) = All().Single(r => $"{r.Resource.Group}/{r.Resource.Version}/{r.Resource.Plural}" == name);
        var version = resource.Group.Length == 0 ? resource.Version : $"{resource.Group}/{resource.Version}";
        var published = ApiFacts.Resources.EnumerateArray()
            .Where(r => r.GetProperty("groupVersion").GetString() == version && r.GetProperty("name").GetString()!.Split('/')[0] == resource.Plural)
            .Select(Show)
            .Order(StringComparer.Ordinal);
        var declared = type.GetCustomAttributes<SubresourceAttribute>()
            .Select(s => Line($"{resource.Plural}/{s.Name}", s.Kind ?? resource.Kind, $"{s.Group}/{s.Version}", resource.Scope, "", s.Verbs, [], []))
            .Append(Line(resource.Plural, resource.Kind, "/", resource.Scope, resource.Singular, resource.Verbs, resource.ShortNames, resource.Categories))
            .Order(StringComparer.Ordinal);
        declared.ShouldBe(published);
    }

    private static IEnumerable<(Type Type, ResourceAttribute Resource)> All() =>
        from type in typeof(KubernetesObject).Assembly.GetTypes()
        let resource = type.GetCustomAttribute<ResourceAttribute>()
        where resource is not null
        select (type, resource);

    private static IEnumerable<ResourceAttribute> Resources() => All().Select(r => r.Resource);

    private static string Show(JsonElement r) => Line(
        Text(r, "name"), Text(r, "kind"), $"{Text(r, "group")}/{Text(r, "version")}",
        r.GetProperty("namespaced").GetBoolean() ? ResourceScope.Namespaced : ResourceScope.Cluster,
        Text(r, "singularName"), List(r, "verbs"), List(r, "shortNames"), List(r, "categories"));

    private static string Line(
        string name, string kind, string version, ResourceScope scope,
        string singular, IEnumerable<string> verbs, IEnumerable<string> shortNames, IEnumerable<string> categories) =>
        $"{name} {kind} {version} {scope} singular={singular} verbs={Join(verbs)} short={Join(shortNames)} categories={Join(categories)}";

    private static string Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetString()! : "";

    private static IEnumerable<string> List(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) ? value.EnumerateArray().Select(v => v.GetString()!) : [];

    private static string Join(IEnumerable<string> values) => string.Join(",", values.Order(StringComparer.Ordinal));
}
