using System.Globalization;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.FlowControl;

/// <summary>
/// How many seats a request takes. Nearly all take one; a list takes more the more objects it goes through, up to ten, as does a watch that begins with a
/// list. A write takes one: upstream charges it for the events that it sets off, each of which it encodes for many watchers, and here an event is encoded
/// once for all of them.
/// </summary>
internal sealed class WorkEstimate(ResourceRegistry registry, WatchCaches caches)
{
    /// <summary>Objects that one seat stands for.</summary>
    public const int ObjectsPerSeat = 100;

    /// <summary>Most seats that a request takes.</summary>
    public const int MostSeats = 10;

    public int SeatsOf(HttpContext context, ApiRequest request)
    {
        var info = request.Info;
        if (!info.IsResourceRequest || info.Name.Length > 0 || info.Verb is not ("list" or "watch"))
            return 1;
        var hasQuery = context.Request.QueryString.HasValue;
        if (info.Verb == "watch" && !(hasQuery && QueryFlag.IsSet(context.Request.Query["sendInitialEvents"].FirstOrDefault())))
            return 1;
        if (registry.Current.Find(info.Group, info.Version, info.Resource) is not { } definition || !registry.Current.IsStored(definition))
            return 1;
        long objects = caches.Of(definition).Snapshot(0).Objects.Count;
        // A page without a selector ends where it is full.
        if (hasQuery && long.TryParse(context.Request.Query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
            && !context.Request.Query.ContainsKey("labelSelector") && !context.Request.Query.ContainsKey("fieldSelector"))
            objects = Math.Min(objects, limit);
        return (int)Math.Clamp((objects + ObjectsPerSeat - 1) / ObjectsPerSeat, 1, MostSeats);
    }
}
