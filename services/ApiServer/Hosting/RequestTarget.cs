using Microsoft.AspNetCore.Http.Features;
using Platform.Api.Errors;

namespace Platform.ApiServer.Hosting;

/// <summary>
/// Refuses names that are no path segment. The web server resolves <c>..</c> before anyone sees the path, so that <c>configmaps/..</c> would
/// quietly become another resource; upstream takes it for a name and refuses it. The target as the client sent it tells the two apart.
/// </summary>
internal static class RequestTarget
{
    /// <exception cref="ApiException">400 where a segment of the path is <c>.</c> or <c>..</c>, however it is escaped.</exception>
    public static void Check(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (target is null || FirstDot(target) is not { } name)
            return;
        throw ApiErrors.BadRequest($"Name parameter invalid: \"{name}\": may not be '{name}'");
    }

    private static string? FirstDot(string target)
    {
        var end = target.IndexOf('?', StringComparison.Ordinal);
        var path = target.AsSpan(0, end < 0 ? target.Length : end);
        foreach (var range in path.Split('/'))
        {
            // Three characters stand for an escaped dot.
            var segment = path[range];
            if (segment.Length is 0 or > 6 || segment[0] is not ('.' or '%'))
                continue;
            var name = Uri.UnescapeDataString(segment);
            if (name is "." or "..")
                return name;
        }

        return null;
    }
}
