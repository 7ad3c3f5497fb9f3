using System.Globalization;
using System.Text;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry.Versions;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry.Presentation;

/// <summary>
/// Writes one watcher's events into its response, as many per flush as there are. Backpressure of the connection stops the writing, the
/// watcher's queue fills, and the cache cuts it off. Timers speak through the queue's side door, so that waiting costs no cancellation.
/// </summary>
internal sealed class WatchStream(HttpContext http, Presenter presenter, PresentationForm form, ResourceDefinition definition, WatchCaches caches, TimeProvider clock)
{
    /// <summary>How often a watch that wants bookmarks gets one.</summary>
    public static readonly TimeSpan BookmarkInterval = TimeSpan.FromMinutes(1);

    private readonly EventBuffer _output = new(http.Response.BodyWriter);
    private readonly WatchFrames _frames = WatchFrames.Of(form.Format, presenter.Recent);
    private bool _columnsSent;

    public bool WithCause { get; init; }

    public bool WithBookmarks { get; init; }

    /// <summary>Answers with a stream of one error event, which is how a watch that cannot begin is told.</summary>
    public async Task FailAsync(ApiException failure)
    {
        using var output = _output;
        await BeginAsync();
        await SendErrorAsync(failure);
    }

    private async Task SendErrorAsync(ApiException failure)
    {
        _frames.Write(_output, "ERROR", ApiJson.Encode(failure.Status));
        await FlushAsync();
    }

    /// <param name="initialEnd">Revision for the bookmark behind the initial events; null where none is wanted.</param>
    public async Task RunAsync(Watcher watcher, long? initialEnd, TimeSpan timeout)
    {
        using var output = _output;
        try
        {
            await StreamAsync(watcher, initialEnd, timeout);
        }
        catch (ApiException e)
        {
            // An object could not be converted to the version of the watch. The client starts anew with a list, which says so plainly.
            watcher.End();
            await SendErrorAsync(e);
        }
    }

    private async Task StreamAsync(Watcher watcher, long? initialEnd, TimeSpan timeout)
    {
        await BeginAsync();
        await using var end = clock.CreateTimer(static w => ((Watcher)w!).End(), watcher, timeout, System.Threading.Timeout.InfiniteTimeSpan);
        await using var tick = WithBookmarks ? clock.CreateTimer(static w => ((Watcher)w!).Tick(), watcher, BookmarkInterval, BookmarkInterval) : null;
        await using var aborted = http.RequestAborted.UnsafeRegister(static w => ((Watcher)w!).End(), watcher);
        ApiRequest.Of(http).EndInOrder = watcher.End;
        foreach (var item in await InVersionAsync(watcher.Backlog))
        {
            Write(item);
            if (_output.Count >= AnswerBody.FlushBytes && !await FlushAsync())
                return;
        }
        if (initialEnd is { } revision && WithBookmarks)
            Bookmark(revision, isInitialEnd: true);
        if (!await FlushAsync())
            return;
        // What follows costs little, and may last for hours.
        ApiRequest.Of(http).ReleaseSeats();
        // A bookmark never goes behind what the client has been told before.
        var applied = Math.Max(watcher.Revision, initialEnd ?? 0);
        var pace = new FlushPace(clock);
        while (await watcher.Queue.WaitToReadAsync())
        {
            // Under load the next events come meanwhile, and go into the same flush.
            await Turn.Others;
            await pace.NextAsync(http.RequestAborted);
            // Everything up to this revision is in the queue by now, so once it is drained a bookmark may say so.
            applied = Math.Max(applied, caches.Applied);
            var ticked = false;
            while (watcher.Queue.TryRead(out var item))
            {
                if (item.Object is null)
                    ticked = true;
                else
                    Write(definition.Conversion is null ? item : await InVersionAsync(item));
                if (_output.Count >= AnswerBody.FlushBytes && !await FlushAsync())
                    return;
            }
            if (ticked)
                Bookmark(Math.Max(applied, watcher.Revision), isInitialEnd: false);
            if (!await FlushAsync())
                return;
        }
        if (WithBookmarks && !watcher.WasCutOff && !http.RequestAborted.IsCancellationRequested)
        {
            Bookmark(Math.Max(applied, watcher.Revision), isInitialEnd: false);
            await FlushAsync();
        }
    }

    private Task BeginAsync()
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = _frames.ContentType;
        return http.Response.StartAsync(http.RequestAborted);
    }

    private ValueTask<bool> FlushAsync() => _output.SendAsync(http.RequestAborted);

    private void Write(WatchItem item)
    {
        if (form.Kind == PresentationKind.Object)
            _frames.Write(_output, item, WithCause);
        else
        {
            _frames.Write(_output, WatchItem.NameOf(item.Type), presenter.Shaped(form, item.Object.Definition, item.Object.Bytes, withColumns: !_columnsSent));
            _columnsSent = true;
        }
    }

    private async ValueTask<WatchItem> InVersionAsync(WatchItem item) =>
        item with { Object = await item.Object.InVersionAsync(definition, http.RequestAborted) };

    private async ValueTask<IReadOnlyList<WatchItem>> InVersionAsync(IReadOnlyList<WatchItem> items)
    {
        if (definition.Conversion is null || items.Count == 0)
            return items;
        var objects = await items.Select(i => i.Object).ToList().InVersionAsync(definition, http.RequestAborted);
        return [.. items.Zip(objects, (item, converted) => item with { Object = converted })];
    }

    /// <summary>Tells the client a version to come back with, though no object has changed.</summary>
    private void Bookmark(long revision, bool isInitialEnd)
    {
        var (kind, apiVersion) = form.TypeOf(definition);
        var annotations = isInitialEnd ? ",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}" : "";
        var rows = form.Kind == PresentationKind.Table ? ",\"columnDefinitions\":[],\"rows\":[]" : "";
        _frames.Write(_output, "BOOKMARK", Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{{\"kind\":\"{kind}\",\"apiVersion\":\"{apiVersion}\",\"metadata\":{{"
            + $"\"resourceVersion\":\"{revision}\",\"creationTimestamp\":null{annotations}}}{rows}}}")));
    }
}
