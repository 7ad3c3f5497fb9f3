using System.Collections.Frozen;
using Platform.Api.Errors;
using Platform.ApiServer.CustomResources;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Hosting;

/// <summary>
/// The 404 of a path that no handler knows. Upstream has two: below <c>/api</c> and the built-in groups its router answers with a <c>Status</c>; whatever is
/// not routed at all, which includes groups that do not exist (any more) and all of custom resources, gets Go's plain text. Clients tell them apart: of a
/// plain one kubectl says which resource it had asked for.
/// </summary>
internal sealed class UnservedPath(ResourceRegistry registry)
{
    private static readonly byte[] Text = "404 page not found\n"u8.ToArray();

    public Task AnswerAsync(HttpContext context, RequestInfo info)
    {
        if (IsRouted(info.Path))
            throw ApiErrors.PathNotFound();
        var response = context.Response;
        response.StatusCode = StatusCodes.Status404NotFound;
        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = Text.Length;
        response.Headers.XContentTypeOptions = "nosniff";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(Text, context.RequestAborted).AsTask();
    }

    private bool IsRouted(string path)
    {
        var segments = path.Split('/');
        return segments.Length > 1 && (segments[1] == "api"
            || (segments[1] == "apis" && segments.Length > 2 && registry.Current.Derived(s => new BuiltInGroups(s)).Contains(segments[2])));
    }

    private sealed class BuiltInGroups(ResourceSnapshot snapshot)
    {
        private readonly FrozenSet<string> _groups =
            snapshot.All.Where(d => d.ObjectType != typeof(CustomObject)).Select(d => d.Group).Where(g => g.Length > 0).ToFrozenSet(StringComparer.Ordinal);

        public bool Contains(string group) => _groups.Contains(group);
    }
}
