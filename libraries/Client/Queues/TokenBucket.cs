namespace Platform.Client.Queues;

/// <summary>Lets a burst through at once and then so many per second. Not safe for concurrent use.</summary>
internal sealed class TokenBucket
{
    private readonly double _burst;
    private readonly double _perSecond;
    private readonly TimeProvider _time;
    private double _tokens;
    private long _at;

    public TokenBucket(double burst, double perSecond, TimeProvider time)
    {
        _burst = _tokens = burst;
        _perSecond = perSecond;
        _time = time;
        _at = time.GetTimestamp();
    }

    /// <summary>Takes a token, on credit if need be, and says how long to wait until it is covered.</summary>
    /// <param name="longest">The longest wait; where it is reached no more credit is given, so that who asks all the time does not hold up the others for ever longer.</param>
    public TimeSpan Reserve(TimeSpan longest)
    {
        Refill();
        _tokens = Math.Max(_tokens - 1, -longest.TotalSeconds * _perSecond);
        return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / _perSecond);
    }

    /// <summary>Takes a token if there is one.</summary>
    public bool TryTake()
    {
        Refill();
        if (_tokens < 1)
            return false;
        _tokens--;
        return true;
    }

    private void Refill()
    {
        var now = _time.GetTimestamp();
        _tokens = Math.Min(_burst, _tokens + (_time.GetElapsedTime(_at, now).TotalSeconds * _perSecond));
        _at = now;
    }
}
