using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Hosting;

/// <summary>
/// Reads method, path and query as upstream's RequestInfoFactory does: <c>/api/{version}</c> is the core group, <c>/apis/{group}/{version}</c>
/// any other; <c>namespaces/{name}</c> opens a namespace unless what follows is a subresource of the namespace itself.
/// </summary>
internal static class RequestInfoParser
{
    public static RequestInfo Parse(HttpRequest request)
    {
        var path = request.Path.Value ?? "/";
        var method = request.Method;
        var parts = path.Split('/', StringSplitOptions.TrimEntries);
        // A leading slash gives an empty first part, a trailing one an empty last part.
        var segments = parts.AsSpan(1, parts.Length - (parts.Length > 2 && parts[^1].Length == 0 ? 2 : 1));
        if (segments.Length < 3 || segments[0] is not ("api" or "apis") || (segments[0] == "apis" && segments.Length < 4))
            return new() { IsResourceRequest = false, Path = path, Verb = method.ToLowerInvariant() };

        var group = segments[0] == "apis" ? segments[1] : "";
        var version = segments[0] == "apis" ? segments[2] : segments[1];
        segments = segments[(segments[0] == "apis" ? 3 : 2)..];
        var verb = method switch
        {
            "POST" => "create",
            "GET" or "HEAD" => "get",
            "PUT" => "update",
            "PATCH" => "patch",
            "DELETE" => "delete",
            _ => "",
        };
        if (segments[0] == "watch" && segments.Length > 1)
        {
            verb = "watch";
            segments = segments[1..];
        }

        var ns = "";
        if (segments[0] == "namespaces" && segments.Length > 1)
        {
            ns = segments[1];
            if (segments.Length > 2 && segments[2] is not ("status" or "finalize"))
                segments = segments[2..];
        }

        var name = segments.Length > 1 ? segments[1] : "";
        if (name.Length == 0)
            (verb, name) = OfCollection(verb, request.Query);
        return new()
        {
            IsResourceRequest = true,
            Path = path,
            Verb = verb,
            Group = group,
            Version = version,
            Namespace = ns,
            Resource = segments[0],
            Name = name,
            Subresource = segments.Length > 2 ? segments[2] : "",
            Tail = segments.Length > 3 ? string.Join('/', segments[3..].ToArray()) : "",
        };
    }

    // A list or watch that a field selector narrows to one name is authorized by that name, so that roles with resourceNames allow it.
    private static (string Verb, string Name) OfCollection(string verb, IQueryCollection query)
    {
        if (verb == "delete")
            return ("deletecollection", "");
        if (verb is not ("get" or "watch"))
            return (verb, "");
        verb = verb == "watch" || (query.TryGetValue("watch", out var watch) && QueryFlag.IsSet(watch[0])) ? "watch" : "list";
        foreach (var term in query["fieldSelector"].ToString().Split(','))
        {
            var (prefix, value) = term.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (term[..at], term[at..].TrimStart('=')) : ("", "");
            if (prefix == "metadata.name" && !value.Contains('/', StringComparison.Ordinal))
                return (verb, value);
        }

        return (verb, "");
    }
}
