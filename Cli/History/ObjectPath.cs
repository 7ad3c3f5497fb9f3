using System.Net.Http.Headers;
using System.Text.Json;

namespace Platform.Cli.History;

/// <summary>Finds the path of an object that a person names as <c>deploy/hello</c>, for whatever kinds the cluster serves.</summary>
internal static class ObjectPath
{
    private const string Discovery = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    /// <param name="http">Connection to the cluster.</param>
    /// <param name="target">Kind and name; the kind by its plural, singular or short name or its kind, optionally with <c>.GROUP</c> behind it.</param>
    /// <param name="ns">Namespace, for kinds that have them.</param>
    /// <exception cref="InvalidOperationException">It is not written so, or there is no such kind.</exception>
    public static async Task<string> FindAsync(HttpClient http, string target, string ns, CancellationToken cancellationToken)
    {
        if (target.Split('/') is not [var kind, var name] || kind.Length == 0 || name.Length == 0)
            throw new InvalidOperationException("name the object as KIND/NAME, such as deploy/hello");
        foreach (var root in (string[])["/api", "/apis"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, root);
            request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(Discovery));
            using var answer = await http.SendAsync(request, cancellationToken);
            answer.EnsureSuccessStatusCode();
            using var groups = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            if (Find(groups.RootElement, kind) is var (prefix, resource, namespaced) && prefix.Length > 0)
                return prefix + (namespaced ? $"/namespaces/{Uri.EscapeDataString(ns)}" : "") + $"/{resource}/{Uri.EscapeDataString(name)}";
        }

        throw new InvalidOperationException($"the cluster has no kind \"{kind}\"");
    }

    /// <summary>Prefix of the kind's paths, its plural name, and whether it has namespaces; an empty prefix where there is none.</summary>
    internal static (string Prefix, string Resource, bool Namespaced) Find(JsonElement groups, string kind)
    {
        foreach (var group in groups.GetProperty("items").EnumerateArray())
        {
            var groupName = group.GetProperty("metadata").TryGetProperty("name", out var given) ? given.GetString()! : "";
            // The version that the group prefers comes first.
            foreach (var version in group.GetProperty("versions").EnumerateArray())
            {
                foreach (var resource in version.GetProperty("resources").EnumerateArray())
                {
                    var plural = resource.GetProperty("resource").GetString()!;
                    if (!Names(resource, plural).Any(n => Matches(n, groupName, kind)))
                        continue;
                    var number = version.GetProperty("version").GetString();
                    return (groupName.Length == 0 ? $"/api/{number}" : $"/apis/{groupName}/{number}", plural, resource.GetProperty("scope").GetString() == "Namespaced");
                }
            }
        }

        return ("", "", false);
    }

    private static IEnumerable<string> Names(JsonElement resource, string plural)
    {
        yield return plural;
        if (resource.TryGetProperty("singularResource", out var singular))
            yield return singular.GetString()!;
        if (resource.TryGetProperty("responseKind", out var response) && response.TryGetProperty("kind", out var kind))
            yield return kind.GetString()!;
        if (resource.TryGetProperty("shortNames", out var shortNames))
        {
            foreach (var shortName in shortNames.EnumerateArray())
                yield return shortName.GetString()!;
        }
    }

    private static bool Matches(string name, string group, string asked) =>
        name.Equals(asked, StringComparison.OrdinalIgnoreCase) || $"{name}.{group}".Equals(asked, StringComparison.OrdinalIgnoreCase);
}
