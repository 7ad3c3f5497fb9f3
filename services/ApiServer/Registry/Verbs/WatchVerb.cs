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
        var wantsState = WantsInitialEvents(request, options);
        var timeout = Timeout(request);
        var stream = new WatchStream(request.Http, presenter, request.Form, request.Definition, caches, clock)
        {
            WithCause = request.Http.Request.Headers["Platform-Cause"] == "true",
            WithBookmarks = request.IsTrue("allowWatchBookmarks"),
        };
        Watcher watcher;
        var reached = 0L;
        try
        {
            if (wantsState is not null || options.Version.IsLatest || options.Version.IsAny)
            {
                await caches.ReachAsync(options.Version, request.Aborted);
                reached = caches.Applied;
                watcher = cache.WatchFromNow(options.Selection, wantsState ?? true);
            }
            else
            {
                await caches.Ready(request.Aborted);
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
            await stream.RunAsync(watcher, wantsState == true ? Math.Max(reached, watcher.Revision) : null, timeout);
        }
        finally
        {
            cache.Remove(watcher);
        }
    }

    /// <summary>What <c>sendInitialEvents</c> says; null where it is not given.</summary>
    private static bool? WantsInitialEvents(RegistryRequest request, ListOptions options)
    {
        var text = request.Query("sendInitialEvents");
        if (text.Length == 0)
        {
            return options.VersionMatch.Length == 0 ? null : throw ApiErrors.Invalid("meta.k8s.io", "ListOptions", "",
                [FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")]);
        }
        if (options.VersionMatch != "NotOlderThan")
        {
            throw ApiErrors.Invalid("meta.k8s.io", "ListOptions", "",
                [FieldError.Forbidden("resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")]);
        }
        var wants = request.IsTrue("sendInitialEvents");
        return wants || options.Version.IsLatest || options.Version.IsAny ? wants : null;
    }

    private TimeSpan Timeout(RegistryRequest request)
    {
        if (request.Number("timeoutSeconds") is { } seconds and > 0)
            return TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue));
        lock (random)
            return DefaultTimeout * (1 + random.NextDouble());
    }
}
