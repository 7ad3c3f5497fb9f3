using Platform.Api.Errors;
using Platform.ApiServer.Watching;
using Platform.Storage;

namespace Platform.ApiServer.Registry;

/// <summary>
/// Reads lists at a revision that memory no longer has, from the store: page by page, and never more of it than the answer needs.
/// </summary>
internal sealed class StoredPages(IRevisionedStore store)
{
    /// <summary>Keys read from the store at a time.</summary>
    private const int PageSize = 500;

    private const string ExpiredVersion = "The resourceVersion for the provided list is too old.";

    private const string ExpiredContinue =
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, " +
        "or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an " +
        "inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";

    /// <summary>
    /// The objects that a selection matches behind a key, as they were; one more than <paramref name="limit"/> where there are more, for the caller to
    /// see that (0: all), and how many keys the store has behind the last one read.
    /// </summary>
    /// <exception cref="ApiException">410 where the revision is no longer held; for a page that is not the first with a token to go on with.</exception>
    public async ValueTask<(List<CachedObject> Items, long Behind)> ReadAsync(
        ResourceCache cache, Selection selection, long revision, string after, int limit, CancellationToken cancellationToken)
    {
        var prefix = cache.Definition.KeyPrefix;
        var items = new List<CachedObject>();
        var last = after.Length > 0 ? prefix + after : null;
        try
        {
            while (true)
            {
                var wanted = limit > 0 && selection.IsWhole ? Math.Min(PageSize, limit + 1 - items.Count) : PageSize;
                var page = await store.RangeAsync(new(prefix + selection.From, last, wanted, revision), cancellationToken);
                foreach (var stored in page.Items)
                {
                    var item = cache.Make(stored);
                    if (selection.MatchesSelectors(item))
                        items.Add(item);
                    if (limit > 0 && items.Count > limit)
                        return (items, page.Remaining);
                }
                if (page.Items.Count == 0 || page.Remaining == 0)
                    return (items, 0);
                last = page.Items[^1].Key;
            }
        }
        catch (StorageException e) when (e.Error == StorageError.Compacted)
        {
            throw Expired(after);
        }
    }

    private static ApiException Expired(string after)
    {
        var failure = ApiErrors.Expired(after.Length > 0 ? ExpiredContinue : ExpiredVersion);
        if (after.Length > 0)
            failure.Status.Metadata = new() { Continue = new ContinueToken(-1, after).ToString() };
        return failure;
    }
}
