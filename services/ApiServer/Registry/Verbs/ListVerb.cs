using Platform.Api.Errors;
using Platform.ApiServer.Registry.Presentation;
using Platform.ApiServer.Watching;
using Platform.Storage;

namespace Platform.ApiServer.Registry.Verbs;

/// <summary>
/// GET of a collection, from a snapshot of the watch cache. Pages after the first are read from the snapshot that the first page was read
/// from, as long as it is at hand, and then from the store at that revision.
/// </summary>
internal sealed class ListVerb(WatchCaches caches, IRevisionedStore store) : IVerb
{
    private const string ExpiredContinue =
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, " +
        "or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an " +
        "inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";

    public string Name => "list";

    public async Task HandleAsync(RegistryRequest request)
    {
        var cache = caches.Of(request.Definition);
        var options = ListOptions.Of(request, cache);
        var page = await ReadAsync(cache, options, request.Aborted);
        await request.AnswerAsync(page);
    }

    /// <summary>The page that the options ask for.</summary>
    public async ValueTask<ListPage> ReadAsync(ResourceCache cache, ListOptions options, CancellationToken cancellationToken)
    {
        if (options.Continue.Length == 0)
        {
            await caches.ReachAsync(options.Version, cancellationToken);
            var isExact = options.VersionMatch == "Exact" || (options is { VersionMatch: "", Limit: > 0 } && options.Version.Value > 0);
            var now = isExact
                ? await AtAsync(cache, options.Version.Value, "", cancellationToken)
                : cache.Snapshot(caches.Applied);
            return Cut(cache, now, options, "");
        }

        if (options.Version.Value > 0)
            throw ApiErrors.BadRequest("specifying resource version is not allowed when using continue");
        var token = ContinueToken.Parse(options.Continue);
        if (options.Selection.Namespace.Length > 0 && !token.After.StartsWith(options.Selection.From, StringComparison.Ordinal))
            throw ApiErrors.BadRequest("continue key is not valid: it belongs to another namespace");
        await caches.Ready(cancellationToken);
        var then = token.Revision < 0 ? cache.Snapshot(caches.Applied) : await AtAsync(cache, token.Revision, token.After, cancellationToken);
        return Cut(cache, then, options, token.After);
    }

    /// <summary>The state at a revision: from memory where it is still there, else from the store.</summary>
    private async ValueTask<CacheSnapshot> AtAsync(ResourceCache cache, long revision, string after, CancellationToken cancellationToken)
    {
        if (cache.At(revision, caches.Applied) is { } held)
            return held;
        try
        {
            var objects = ObjectMap.Empty;
            var range = await store.RangeAsync(new(cache.Definition.KeyPrefix, Revision: revision), cancellationToken);
            foreach (var item in range.Items)
                objects = objects.Put(cache.Make(item));
            return new(objects, revision);
        }
        catch (StorageException e) when (e.Error == StorageError.Compacted)
        {
            var failure = ApiErrors.Expired(after.Length > 0 ? ExpiredContinue : $"The resourceVersion for the provided list is too old.");
            if (after.Length > 0)
                failure.Status.Metadata = new() { Continue = new ContinueToken(-1, after).ToString() };
            throw failure;
        }
    }

    private static ListPage Cut(ResourceCache cache, CacheSnapshot snapshot, ListOptions options, string after)
    {
        var selection = options.Selection;
        var from = after.Length > 0 ? after + "\0" : selection.From;
        var items = new List<CachedObject>(selection.IsWhole && options.Limit == 0 && selection.Namespace.Length == 0 ? snapshot.Objects.Count : 0);
        foreach (var item in snapshot.Objects.Range(from, selection.To))
        {
            if (!selection.IsWhole && !selection.MatchesSelectors(item))
                continue;
            if (options.Limit > 0 && items.Count == options.Limit)
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
