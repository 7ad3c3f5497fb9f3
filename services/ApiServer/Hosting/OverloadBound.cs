using Platform.Api.Errors;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Hosting;

/// <summary>
/// Bounds how much is worked on at once, and answers 429 beyond that. Watches and streams are counted apart, since they stay open
/// for minutes and cost little while idle. Health checks are never refused: a busy server is not a dead one.
/// </summary>
internal sealed class OverloadBound
{
    private int _shortRunning;
    private int _longRunning;

    public Slot Enter(RequestInfo info)
    {
        if (!info.IsResourceRequest)
            return default;
        var isLong = IsLongRunning(info);
        ref var count = ref isLong ? ref _longRunning : ref _shortRunning;
        if (Interlocked.Increment(ref count) <= (isLong ? ApiServerLimits.LongRunningInFlight : ApiServerLimits.RequestsInFlight))
            return new(this, isLong);
        Interlocked.Decrement(ref count);
        throw ApiErrors.TooManyRequests("too many requests, please try again later", ApiServerLimits.OverloadRetryAfter);
    }

    public int ShortRunning => Volatile.Read(ref _shortRunning);

    public int LongRunning => Volatile.Read(ref _longRunning);

    public static bool IsLongRunning(RequestInfo info) =>
        info.Verb == "watch" || info.Subresource is "log" or "exec" or "attach" or "portforward" or "proxy";

    /// <summary>A counted request; leaving it makes room for another.</summary>
    public readonly struct Slot(OverloadBound bound, bool isLong) : IDisposable
    {
        public void Dispose()
        {
            if (bound is not null)
                Interlocked.Decrement(ref isLong ? ref bound._longRunning : ref bound._shortRunning);
        }
    }
}
