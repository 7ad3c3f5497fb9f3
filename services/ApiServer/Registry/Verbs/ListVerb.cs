using Platform.Api.Errors;
using Platform.ApiServer.Registry.Presentation;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry.Verbs;

/// <summary>
/// GET of a collection, from a snapshot of the watch cache. Pages after the first are read from the snapshot that the first page was read
/// from, as long as it is at hand, and then from the store at that revision.
/// </summary>
internal sealed class ListVerb(WatchCaches caches, StoredPages stored) : IVerb
{
    public string Name => "list";

    public async Task HandleAsync(RegistryRequest request)
    {
        var cache = caches.Of(request.Definition);
        var options = ListOptions.Of(request, cache);
        var page = await ReadAsync(request.Definition, options, request.Aborted);
        await request.AnswerAsync(page);
    }

    /// <summary>The page that the options ask for.</summary>
    public async ValueTask<ListPage> ReadAsync(ResourceDefinition definition, ListOptions options, CancellationToken cancellationToken)
    {
        if (options.Continue.Length > 0)
            return await GoOnAsync(definition, options, cancellationToken);
        await caches.ReachAsync(options.Version, cancellationToken);
        return options.IsExact
            ? await AtAsync(definition, options, options.Version.Value, "", cancellationToken)
            : Now(definition, options, "");
    }

    private async ValueTask<ListPage> GoOnAsync(ResourceDefinition definition, ListOptions options, CancellationToken cancellationToken)
    {
        var token = ContinueToken.Parse(options.Continue);
        if (options.Version.Value > 0)
            throw ApiErrors.BadRequest("specifying resource version is not allowed when using continue");
        if (options.Selection.Namespace.Length > 0 && !token.After.StartsWith(options.Selection.From, StringComparison.Ordinal))
            throw ApiErrors.BadRequest("invalid continue token: continue key is not valid: it belongs to another namespace");
        await caches.FreshAsync(cancellationToken);
        return token.Revision < 0
            ? Now(definition, options, token.After)
            : await AtAsync(definition, options, token.Revision, token.After, cancellationToken);
    }

    /// <summary>A page of the present state.</summary>
    private ListPage Now(ResourceDefinition definition, ListOptions options, string after)
    {
        var (cache, applied) = caches.Now(definition);
        return Cut(cache, cache.Snapshot(applied, options.Selection), options, after);
    }

    /// <summary>A page of the state at a revision: from memory where it is still there, else from the store.</summary>
    private async ValueTask<ListPage> AtAsync(ResourceDefinition definition, ListOptions options, long revision, string after, CancellationToken cancellationToken)
    {
        var (cache, applied) = caches.Now(definition);
        if (cache.At(revision, applied) is { } held)
            return Cut(cache, held, options, after);
        var (items, behind) = await stored.ReadAsync(cache, options.Selection, revision, after, options.PageSize, cancellationToken);
        if (options.PageSize == 0 || items.Count <= options.PageSize)
            return new(items, revision, null, null);
        items.RemoveAt(items.Count - 1);
        return new(items, revision, new ContinueToken(revision, items[^1].Key).ToString(), options.Selection.IsWhole ? behind + 1 : null);
    }

    private static ListPage Cut(ResourceCache cache, CacheSnapshot snapshot, ListOptions options, string after)
    {
        var (selection, limit) = (options.Selection, options.PageSize);
        var items = new List<CachedObject>(selection.IsWhole && limit == 0 && selection.Namespace.Length == 0 ? snapshot.Objects.Count : 0);
        foreach (var item in snapshot.Matching(selection, after))
        {
            if (limit > 0 && items.Count == limit)
            {
                cache.Retain(snapshot);
                var end = selection.To is { } to ? snapshot.Objects.Rank(to) : snapshot.Objects.Count;
                // With a selector the number of matches behind the page is not known without looking, and upstream does not say it either.
                long? remaining = selection.IsWhole ? end - snapshot.Objects.Rank(item.Key) : null;
                return new(items, snapshot.Revision, new ContinueToken(snapshot.Revision, items[^1].Key).ToString(), remaining);
            }
            items.Add(item);
        }
        return new(items, snapshot.Revision, null, null);
    }
}
