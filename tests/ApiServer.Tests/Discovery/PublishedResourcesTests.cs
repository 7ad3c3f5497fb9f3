using System.Text.Json.Nodes;
using Platform.ApiServer.Tests.Registry;

namespace Platform.ApiServer.Tests.Discovery;

/// <summary>
/// Walks the resources that Kubernetes v1.32 publishes in its stable groups, and asks a running server for each: name, scope, kind, verbs, short names,
/// categories and subresources must be listed exactly so, in the documents per version and in the aggregated one.
/// </summary>
public sealed class PublishedResourcesTests : IAsyncLifetime
{
    private static readonly string[] Compared = ["name", "singularName", "namespaced", "group", "version", "kind", "verbs", "shortNames", "categories"];

    // In the published facts, but behind a feature gate that is off in v1.32.
    private static readonly string[] OffByDefault = ["v1 pods/resize"];

    private TestApiServer _server = null!;
    private ApiCalls _api = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestApiServer.StartAsync();
        _api = ApiCalls.To(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Every_published_resource_is_listed_exactly_so()
    {
        var differences = new List<string>();
        foreach (var version in Published().GroupBy(r => (string)r["groupVersion"]!))
        {
            var (code, body) = await _api.SendAsync(HttpMethod.Get, Path(version.Key));
            var served = (body["resources"]?.AsArray() ?? []).ToDictionary(r => (string)r!["name"]!, r => r!.AsObject(), StringComparer.Ordinal);
            if ((int)code != 200)
                differences.Add($"{version.Key} is not served");
            foreach (var expected in version)
            {
                var name = (string)expected["name"]!;
                if (!served.Remove(name, out var actual))
                    differences.Add($"{version.Key} {name} is missing");
                else
                    differences.AddRange(Compared.Where(f => Text(expected[f]) != Text(actual[f])).Select(f =>
                        $"{version.Key} {name} {f}: {Text(actual[f])} instead of {Text(expected[f])}"));
            }
            differences.AddRange(served.Keys.Select(name => $"{version.Key} {name} is listed but not published"));
        }
        differences.Where(d => !OffByDefault.Any(d.StartsWith)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_aggregated_document_says_the_same()
    {
        const string accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        var differences = new List<string>();
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var root in new[] { "/api", "/apis" })
        {
            foreach (var group in (await _api.GetAsync(root, accept))["items"]!.AsArray())
            {
                var prefix = group!["metadata"]!["name"] is { } name ? $"{name}/" : "";
                foreach (var version in group["versions"]!.AsArray())
                {
                    foreach (var resource in version!["resources"]!.AsArray())
                    {
                        Add($"{prefix}{version["version"]} {resource!["resource"]}", resource);
                        foreach (var subresource in resource["subresources"]?.AsArray() ?? [])
                            Add($"{prefix}{version["version"]} {resource["resource"]}/{subresource!["subresource"]}", subresource);
                    }
                }
            }
        }
        foreach (var expected in Published())
        {
            var line = $"{expected["groupVersion"]} {expected["name"]} {Text(expected["verbs"])} {expected["kind"]}";
            if (!listed.Contains(line))
                differences.Add(line);
        }
        differences.Where(d => !OffByDefault.Any(d.StartsWith)).ShouldBeEmpty();

        void Add(string what, JsonNode entry) => listed.Add($"{what} {Text(entry["verbs"])} {entry["responseKind"]!["kind"]}");
    }

    [Fact]
    public async Task Autoscaling_prefers_its_newer_version()
    {
        var group = await _api.GetAsync("/apis/autoscaling");
        ((string)group["preferredVersion"]!["groupVersion"]!).ShouldBe("autoscaling/v2");
        group["versions"]!.AsArray().Select(v => (string)v!["version"]!).ShouldBe(["v2", "v1"]);
    }

    [Fact]
    public async Task A_deprecated_version_is_served_with_a_warning()
    {
        using var response = await _api.Http.GetAsync("/api/v1/componentstatuses", TestContext.Current.CancellationToken);
        response.Headers.GetValues("Warning").ShouldBe(["299 - \"v1 ComponentStatus is deprecated in v1.19+\""]);
    }

    private static IEnumerable<JsonObject> Published() =>
        JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "Facts", "resources.json")))!.AsArray().Select(r => r!.AsObject());

    private static string Path(string groupVersion) => groupVersion.Contains('/', StringComparison.Ordinal) ? $"/apis/{groupVersion}" : $"/api/{groupVersion}";

    /// <summary>The value as text; an absent list and an empty one are the same.</summary>
    private static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonArray list => string.Join(",", list.Select(i => (string)i!).Order(StringComparer.Ordinal)),
        _ => value.ToString(),
    };
}
