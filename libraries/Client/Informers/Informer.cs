// An informer is a cache that its one pump keeps current: a list, then a watch from the list's version, for as long as the process
// runs. The rules are Kubernetes': a watch that ends is taken up again at the last version seen, of a bookmark too; 410 (the version
// is no longer held) means list again; after a list whatever the cache has and the list has not was deleted meanwhile.
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Platform.Api;
using Platform.Api.Errors;

namespace Platform.Client.Informers;

/// <summary>A type-free view of an informer, for those that start it and wait for it.</summary>
internal interface IRunnableInformer
{
    /// <summary>Kind and selectors, for logs.</summary>
    string Name { get; }

    /// <inheritdoc cref="IInformer{T}.HasSynced"/>
    bool HasSynced { get; }

    /// <inheritdoc cref="IInformer{T}.WaitForSyncAsync"/>
    Task WaitForSyncAsync(CancellationToken cancellationToken);

    /// <summary>Lists and watches until canceled.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}

/// <inheritdoc cref="IInformer{T}"/>
internal sealed partial class Informer<T>(IResourceClient<T> resource, InformerOptions options, TimeProvider time, ILogger logger)
    : IInformer<T>, IRunnableInformer
    where T : KubernetesObject
{
    private readonly ObjectCache<T> _cache = new();
    private readonly Lock _dispatch = new();
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly JitteredBackoff _backoff = new(options.MinBackoff, options.MaxBackoff, options.Random);
    private Action<InformerEvent<T>>[] _handlers = [];
    private string? _version;

    public string Name { get; } = typeof(T).Name
        + (options.FieldSelector is null ? "" : $" where {options.FieldSelector}")
        + (options.LabelSelector is null ? "" : $" labelled {options.LabelSelector}");

    public bool HasSynced => _synced.Task.IsCompleted;

    public Task WaitForSyncAsync(CancellationToken cancellationToken) => _synced.Task.WaitAsync(cancellationToken);

    public T? Get(string? ns, string name) => _cache.Get(new(ns ?? "", name));

    public IReadOnlyList<T> List(string? ns) => _cache.List(ns);

    public IReadOnlyList<T> ByIndex(string index, string key) => _cache.ByIndex(index, key);

    public void AddIndex(string name, Func<T, IEnumerable<string>> keys) => _cache.AddIndex(name, keys);

    public void AddHandler(Action<InformerEvent<T>> handler)
    {
        lock (_dispatch)
        {
            foreach (var value in _cache.List(null))
                Deliver(handler, new(null, value, default));
            _handlers = [.. _handlers, handler];
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Activity.Current = null; // The pump belongs to no request, whoever caused it to be started.
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (_version is null)
                    await ListAsync(cancellationToken);
                await FollowAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (ApiException failure) when (failure.IsGone)
            {
                LogExpired(Name, _version);
                _version = null;
                continue; // At once: the server is well, only our place is lost. A list that fails too backs off below.
            }
            catch (Exception failure) when (failure is ApiException or HttpRequestException or IOException or JsonException or OperationCanceledException)
            {
                // What the server refused is asked anew; a lost connection is taken up where it broke.
                if (failure is ApiException or JsonException)
                    _version = null;
                LogFailure(Name, failure.Message);
            }
            await PauseAsync(cancellationToken);
        }
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(_backoff.Next(), time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        // Version 0: whatever the server's cache holds is new enough, and cheap for it. Once synced, never go back behind what was seen.
        var query = options.Query with { ResourceVersion = HasSynced ? "" : "0" };
        var list = await resource.ListAsync(null, query, cancellationToken);
        Replace(list.Items);
        _version = list.Metadata.ResourceVersion ?? "0";
        _synced.TrySetResult();
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var seconds = options.Random.Next(options.MinWatchSeconds, options.MaxWatchSeconds);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds) + options.WatchGrace, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            var started = time.GetTimestamp();
            var events = 0;
            var query = options.Query with { ResourceVersion = _version, TimeoutSeconds = seconds };
            await foreach (var change in resource.WatchAsync(null, query, both.Token))
            {
                Apply(change);
                _backoff.Reset();
                events++;
            }
            if (events == 0 && time.GetElapsedTime(started) < options.MinBackoff)
                return; // A server that ends watches at once must not be asked in a loop.
        }
    }

    private void Apply(WatchEvent<T> change)
    {
        var metadata = change.Object.Metadata;
        if (change.Type != WatchEventType.Bookmark)
        {
            metadata.ManagedFields = null;
            Dispatch(ObjectKey.Of(change.Object), change.Type == WatchEventType.Deleted ? null : change.Object, change);
        }
        _version = metadata.ResourceVersion ?? _version;
    }

    private void Dispatch(ObjectKey key, T? value, WatchEvent<T> change)
    {
        lock (_dispatch)
        {
            var old = _cache.Set(key, value);
            if (value is null)
                DeliverAll(new(change.Object, null, change.Cause)); // The last state of what is gone came with the event.
            else
                DeliverAll(new(old, value, change.Cause));
        }
    }

    /// <summary>Makes the cache equal to a list: what is not in it was deleted while nobody watched.</summary>
    private void Replace(IReadOnlyList<T> items)
    {
        lock (_dispatch)
        {
            var gone = new HashSet<ObjectKey>(_cache.Keys());
            foreach (var item in items)
            {
                var key = ObjectKey.Of(item);
                gone.Remove(key);
                item.Metadata.ManagedFields = null;
                var old = _cache.Get(key);
                if (old is not null && old.Metadata.ResourceVersion == item.Metadata.ResourceVersion && old.Metadata.Uid == item.Metadata.Uid)
                    continue;
                _cache.Set(key, item);
                DeliverAll(new(old, item, default));
            }
            foreach (var key in gone)
            {
                if (_cache.Set(key, null) is { } old)
                    DeliverAll(new(old, null, default));
            }
        }
    }

    private void DeliverAll(in InformerEvent<T> change)
    {
        foreach (var handler in _handlers)
            Deliver(handler, change);
    }

    private void Deliver(Action<InformerEvent<T>> handler, in InformerEvent<T> change)
    {
        try
        {
            handler(change);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // One handler's mistake must not stop the cache for all the others.
            LogHandlerFailure(failure, Name, ObjectKey.Of(change.Object));
        }
    }

    [LoggerMessage(LogLevel.Information, "informer {Name}: version {Version} is no longer held, listing again")]
    private partial void LogExpired(string name, string? version);

    [LoggerMessage(LogLevel.Warning, "informer {Name}: {Message}")]
    private partial void LogFailure(string name, string message);

    [LoggerMessage(LogLevel.Error, "informer {Name}: a handler failed on {Key}")]
    private partial void LogHandlerFailure(Exception failure, string name, ObjectKey key);
}
