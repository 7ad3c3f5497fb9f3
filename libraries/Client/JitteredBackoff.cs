namespace Platform.Client;

/// <summary>Pauses that double from a least to a longest one, each drawn from its upper half, so that clients do not move in step.</summary>
public sealed class JitteredBackoff
{
    private readonly TimeSpan _least;
    private readonly TimeSpan _longest;
    private readonly Random _random;
    private TimeSpan _current;

    /// <summary>Begins with the least pause.</summary>
    public JitteredBackoff(TimeSpan least, TimeSpan longest, Random random)
    {
        _least = _current = least;
        _longest = longest;
        _random = random;
    }

    /// <summary>The next pause.</summary>
    public TimeSpan Next()
    {
        var pause = _current * (0.5 + (_random.NextDouble() / 2));
        _current = _current * 2 < _longest ? _current * 2 : _longest;
        return pause;
    }

    /// <summary>Begins again with the least pause.</summary>
    public void Reset() => _current = _least;
}
