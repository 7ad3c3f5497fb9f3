using System.Collections.Frozen;
using Platform.Api.Errors;
using Platform.ApiServer.Registry;
using Platform.Storage;

namespace Platform.ApiServer.Watching;

/// <summary>
/// All watch caches, filled by one range and one watch over the whole registry, so that every cache moves in commit order and one number says
/// how far all of them have come. The cache of a resource that comes later is filled by a range of its own at exactly that number, while the
/// watch is held between two batches, so that it neither misses nor repeats a commit. When the watch ends in an error everything is listed anew. A
/// read that must be consistent asks the store
/// for its revision and waits until the caches have passed it; the reads themselves never go to the store.
/// </summary>
internal sealed partial class WatchCaches(ResourceRegistry registry, IRevisionedStore store, TimeProvider clock, ILogger<WatchCaches> logger) : BackgroundService
{
    /// <summary>Longest wait for the caches to reach a version that a client asks for.</summary>
    public static readonly TimeSpan FreshnessTimeout = TimeSpan.FromSeconds(3);

    private const string Root = "/registry/";

    /// <summary>Keys read from the store at a time while the caches are filled.</summary>
    private const int LoadPage = 2_000;

    private static readonly TimeSpan RelistDelay = TimeSpan.FromSeconds(1);

    // Held while commits are applied, and while the set of caches is changed.
    private readonly SemaphoreSlim _applying = new(1);

    private FrozenDictionary<string, ResourceCache> _byPrefix =
        registry.Current.Owners.ToFrozenDictionary(d => d.KeyPrefix, d => new ResourceCache(d), StringComparer.Ordinal);

    private readonly RevisionProgress _progress = new();
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Every commit up to this revision is in the caches.</summary>
    public long Applied => _progress.Applied;

    /// <summary>Completes when the caches have been filled for the first time.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>The cache of a resource.</summary>
    /// <exception cref="ApiException">404 where a custom resource has just gone.</exception>
    public ResourceCache Of(ResourceDefinition definition) =>
        Volatile.Read(ref _byPrefix).GetValueOrDefault(definition.KeyPrefix) ?? throw ApiErrors.PathNotFound();

    /// <summary>
    /// The cache of a resource, for what follows a wait: it may have been replaced meanwhile, and then knows nothing newer. What is said to be applied is
    /// asked first, since all of it is in whatever cache there is afterwards.
    /// </summary>
    /// <exception cref="ApiException">404 where a custom resource has just gone.</exception>
    public (ResourceCache Cache, long Applied) Now(ResourceDefinition definition)
    {
        var applied = Applied;
        return (Of(definition), applied);
    }

    /// <summary>
    /// Serves these custom resources from now on. One whose definition is the same instance as before keeps its cache and its watches; one with a new
    /// definition is read anew and its watches end, and so do the watches of one that goes.
    /// </summary>
    public async Task AdoptAsync(IReadOnlyList<ResourceDefinition> custom, CancellationToken cancellationToken)
    {
        await _loaded.Task.WaitAsync(cancellationToken);
        await _applying.WaitAsync(cancellationToken);
        try
        {
            var (before, next) = (_byPrefix, registry.With(custom));
            var caches = new Dictionary<string, ResourceCache>(StringComparer.Ordinal);
            foreach (var definition in next.Owners)
            {
                caches[definition.KeyPrefix] = before.TryGetValue(definition.KeyPrefix, out var kept) && ReferenceEquals(kept.Definition, definition)
                    ? kept
                    : await StartAsync(definition, cancellationToken);
            }
            Volatile.Write(ref _byPrefix, caches.ToFrozenDictionary(StringComparer.Ordinal));
            registry.Publish(next);
            foreach (var (prefix, cache) in before)
            {
                if (!ReferenceEquals(caches.GetValueOrDefault(prefix), cache))
                    cache.Close();
            }
        }
        finally
        {
            _applying.Release();
        }
    }

    /// <summary>Waits until the caches have all that was committed before the call.</summary>
    public async ValueTask FreshAsync(CancellationToken cancellationToken)
    {
        var revision = await store.CurrentRevisionAsync(cancellationToken);
        if (revision > _progress.Applied)
            await ReachAsync(revision, cancellationToken);
    }

    /// <summary>Waits until the caches can answer a read at a version.</summary>
    public ValueTask ReachAsync(ReadVersion version, CancellationToken cancellationToken) =>
        version.IsLatest ? FreshAsync(cancellationToken) : version.IsAny ? Ready(cancellationToken) : ReachAsync(version.Value, cancellationToken);

    /// <summary>Waits until the caches have come to a revision.</summary>
    /// <exception cref="ApiException">504 where they do not come to it in time.</exception>
    public async ValueTask ReachAsync(long revision, CancellationToken cancellationToken)
    {
        await Ready(cancellationToken);
        if (await _progress.WaitAsync(revision, FreshnessTimeout, clock, cancellationToken))
            return;
        var failure = ApiErrors.Timeout($"Too large resource version: {revision}, current: {_progress.Applied}", TimeSpan.FromSeconds(1));
        failure.Status.Details = failure.Status.Details! with
        {
            Causes = [new() { Reason = "ResourceVersionTooLarge", Message = "Too large resource version" }],
        };
        throw failure;
    }

    /// <summary>Waits for the first filling of the caches; the server is not ready before.</summary>
    /// <exception cref="ApiException">503 where that takes too long.</exception>
    public async ValueTask Ready(CancellationToken cancellationToken)
    {
        if (_loaded.Task.IsCompletedSuccessfully)
            return;
        try
        {
            await _loaded.Task.WaitAsync(FreshnessTimeout, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw ApiErrors.Unavailable("storage is (re)initializing", TimeSpan.FromSeconds(1));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var revision = await LoadAsync(stoppingToken);
                _loaded.TrySetResult();
                await FollowAsync(revision, stoppingToken);
            }
            catch (StorageException e)
            {
                LogRelist(logger, e.Error, e.Message);
                await Task.Delay(RelistDelay, clock, stoppingToken);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var cache in _byPrefix.Values)
            cache.EndWatches();
    }

    /// <summary>A cache with all that was committed up to now; called between two batches.</summary>
    private async Task<ResourceCache> StartAsync(ResourceDefinition definition, CancellationToken cancellationToken)
    {
        var (cache, objects, revision) = (new ResourceCache(definition), new List<CachedObject>(), _progress.Applied);
        var page = await store.RangeAsync(new(definition.KeyPrefix, Limit: LoadPage, Revision: revision), cancellationToken);
        while (true)
        {
            objects.AddRange(page.Items.Select(cache.Make));
            if (page.Items.Count == 0 || page.Remaining == 0)
                break;
            page = await store.RangeAsync(new(definition.KeyPrefix, page.Items[^1].Key, LoadPage, revision), cancellationToken);
        }
        cache.Load(KeyMap<CachedObject>.Of(objects), revision);
        return cache;
    }

    private async Task<long> LoadAsync(CancellationToken cancellationToken)
    {
        await _applying.WaitAsync(cancellationToken);
        try
        {
            return await LoadAllAsync(cancellationToken);
        }
        finally
        {
            _applying.Release();
        }
    }

    private async Task<long> LoadAllAsync(CancellationToken cancellationToken)
    {
        var found = _byPrefix.Values.ToDictionary(c => c, _ => new List<CachedObject>());
        var page = await store.RangeAsync(new(Root, Limit: LoadPage), cancellationToken);
        var revision = page.Revision;
        while (true)
        {
            foreach (var item in page.Items)
            {
                if (CacheFor(item.Key) is { } cache)
                    found[cache].Add(cache.Make(item));
            }
            if (page.Items.Count == 0 || page.Remaining == 0)
                break;
            page = await store.RangeAsync(new(Root, page.Items[^1].Key, LoadPage, revision), cancellationToken);
        }
        foreach (var (cache, objects) in found)
            cache.Load(KeyMap<CachedObject>.Of(objects), revision);
        _progress.Advance(revision);
        return revision;
    }

    private async Task FollowAsync(long revision, CancellationToken cancellationToken)
    {
        await foreach (var batch in store.WatchAsync(Root, revision, cancellationToken))
        {
            await _applying.WaitAsync(cancellationToken);
            try
            {
                foreach (var change in batch.Events)
                    CacheFor(change.Key)?.Apply(change);
                _progress.Advance(batch.Revision);
            }
            finally
            {
                _applying.Release();
            }
        }
    }

    /// <summary>The cache of a key <c>/registry/{group}/{resource}/…</c>; null for what no declared resource owns.</summary>
    private ResourceCache? CacheFor(string key)
    {
        var group = key.IndexOf('/', Root.Length);
        var resource = group < 0 ? -1 : key.IndexOf('/', group + 1);
        return resource < 0 ? null
            : _byPrefix.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key.AsSpan(0, resource + 1), out var cache) ? cache : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The watch of the store ended ({Error}: {Reason}); listing everything anew")]
    private static partial void LogRelist(ILogger logger, StorageError error, string reason);
}
