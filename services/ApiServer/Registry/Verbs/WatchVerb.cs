using Platform.Api.Errors;
using Platform.ApiServer.Registry.Presentation;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry.Verbs;

/// <summary>
/// GET of a collection's changes. Without a version, or at 0, the watch begins with what is there; at a revision with what came after it.
/// </summary>
internal sealed class WatchVerb(WatchCaches caches, Presenter presenter, TimeProvider clock, Random random) : IVerb
{
    /// <summary>Shortest life of a watch whose client does not say how long it should last; the longest is twice that, so that not all end at once.</summary>
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(30);

    public string Name => "watch";

    public async Task HandleAsync(RegistryRequest request)
    {
        var cache = caches.Of(request.Definition);
        var options = ListOptions.Of(request, cache);
        var wantsState = WantsState(options);
        var timeout = Timeout(options);
        var stream = new WatchStream(request.Http, presenter, request.Form, request.Definition, caches, clock)
        {
            WithCause = request.Http.Request.Headers["Platform-Cause"] == "true",
            WithBookmarks = request.IsTrue("allowWatchBookmarks"),
        };
        Watcher watcher;
        var reached = 0L;
        try
        {
            if (wantsState is { } state)
            {
                await caches.ReachAsync(options.Version, request.Aborted);
                (cache, reached) = caches.Now(request.Definition);
                watcher = cache.WatchFromNow(options.Selection, state);
            }
            else
            {
                await caches.Ready(request.Aborted);
                cache = caches.Of(request.Definition);
                watcher = cache.WatchFrom(options.Selection, options.Version.Value);
            }
        }
        catch (ApiException e) when (e.IsGone)
        {
            await stream.FailAsync(e);
            return;
        }
        try
        {
            await stream.RunAsync(watcher, options.SendInitialEvents == true ? Math.Max(reached, watcher.Revision) : null, timeout);
        }
        finally
        {
            cache.Remove(watcher);
        }
    }

    /// <summary>
    /// Whether the watch begins with what is there; null where it begins at the version that it names. Not to say whether one wants it means yes
    /// without a version or at 0, and no at a version.
    /// </summary>
    private static bool? WantsState(ListOptions options) =>
        options.SendInitialEvents == true ? true
        : options.Version.IsLatest || options.Version.IsAny ? options.SendInitialEvents ?? true
        : null;

    private TimeSpan Timeout(ListOptions options)
    {
        // A time below zero is over before the watch begins.
        if (options.TimeoutSeconds is { } seconds and not 0)
            return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, int.MaxValue / 1000));
        lock (random)
            return DefaultTimeout * (1 + random.NextDouble());
    }
}
