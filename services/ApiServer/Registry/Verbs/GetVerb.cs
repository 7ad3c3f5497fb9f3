using Platform.ApiServer.History;
using Platform.ApiServer.Registry.Versions;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry.Verbs;

/// <summary>GET of one object: a lookup in the watch cache and a copy of its bytes.</summary>
internal sealed class GetVerb(WatchCaches caches, ObjectHistory history) : IVerb
{
    public string Name => "get";

    public async Task HandleAsync(RegistryRequest request)
    {
        if (request.IsTrue("history") && request.Info.Subresource.Length == 0)
        {
            await history.HandleAsync(request);
            return;
        }

        await caches.ReachAsync(ReadVersion.Parse(request.Query("resourceVersion")), request.Aborted);
        var found = caches.Of(request.Definition).Find(request.CacheKey) ?? throw request.NotFound();
        found = await found.InVersionAsync(request.Definition, request.Aborted);
        await request.AnswerAsync(StatusCodes.Status200OK, found.Bytes);
    }
}
