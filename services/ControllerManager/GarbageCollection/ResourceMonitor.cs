using System.Diagnostics;
using System.Text.Json;
using Platform.Api.Errors;
using Platform.Client;
using Platform.ControllerManager.Metadata;

namespace Platform.ControllerManager.GarbageCollection;

/// <summary>Follows one resource: a list, then watches. It remembers only which objects there are, to notice after a gap what has gone.</summary>
internal sealed partial class ResourceMonitor(MetadataClient client, ServedResource resource, TimeProvider clock, ILogger logger, Action<FeedChange> publish)
{
    /// <summary>How long one watch is asked to last.</summary>
    private const int WatchSeconds = 420;

    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, (string? Namespace, string? Name)> _known = [];
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly JitteredBackoff _backoff = new(LeastPause, LongestPause, new(resource.Plural.Length));
    private string? _version;

    /// <summary>Completes with the first list.</summary>
    public Task Synced => _synced.Task;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Activity.Current = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (_version is null)
                    await ListAsync(cancellationToken);
                await FollowAsync(cancellationToken);
                continue;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (ApiException e) when (e.IsGone && _version is not null)
            {
                _version = null;
                continue;
            }
            catch (Exception e) when (e is ApiException or HttpRequestException or IOException or JsonException or OperationCanceledException)
            {
                if (e is ApiException or JsonException)
                    _version = null;
                LogFailure(resource.Plural, resource.Group, e.Message);
            }
            await Task.Delay(_backoff.Next(), clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        var (items, version) = await client.ListAsync(resource, null, cancellationToken);
        var gone = _known.Keys.ToHashSet();
        foreach (var item in items)
        {
            gone.Remove(item.Metadata.Uid!);
            Apply(item, isDeletion: false, default);
        }
        foreach (var uid in gone)
        {
            var (ns, name) = _known[uid];
            Apply(new() { Metadata = new() { Uid = uid, Namespace = ns, Name = name } }, isDeletion: true, default);
        }
        _version = version;
        _synced.TrySetResult();
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var events = 0;
        await foreach (var change in client.WatchAsync(resource, _version!, WatchSeconds, cancellationToken))
        {
            var head = change.Object!;
            if (change.Type != "BOOKMARK")
            {
                ActivityContext.TryParse(change.Cause?.Traceparent, null, isRemote: true, out var cause);
                Apply(head, change.Type == "DELETED", cause);
            }
            _version = head.Metadata.ResourceVersion ?? _version;
            _backoff.Reset();
            events++;
        }
        // A server that ends watches at once must not be asked in a loop.
        if (events == 0 && clock.GetElapsedTime(started) < LeastPause)
            throw new IOException("the watch ended at once");
    }

    private void Apply(ObjectHead head, bool isDeletion, ActivityContext cause)
    {
        var uid = head.Metadata.Uid;
        if (uid is null)
            return;
        if (isDeletion)
            _known.Remove(uid);
        else
            _known[uid] = (head.Metadata.Namespace, head.Metadata.Name);
        publish(new(resource, head, isDeletion, cause));
    }

    [LoggerMessage(LogLevel.Warning, "following {Plural}.{Group}: {Message}")]
    private partial void LogFailure(string plural, string group, string message);
}
