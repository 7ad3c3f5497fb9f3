namespace Platform.Storage.Commits;

/// <summary>What a policy says of one revision.</summary>
internal enum HistoryVerdict
{
    /// <summary>It stays.</summary>
    Keep,

    /// <summary>A minor revision right behind it says the same and more.</summary>
    Fold,

    /// <summary>Neither it nor anything older stays.</summary>
    Forget,
}

/// <summary>
/// Applies a <see cref="HistoryPolicy"/> to the revisions of one key, given newest first. All engines ask it, for what they show and for what
/// they clear away, so that a revision which is no longer shown is the same that goes.
/// </summary>
internal sealed class HistorySieve(HistoryPolicy policy, DateTimeOffset now)
{
    private readonly DateTimeOffset _oldest = now - policy.MaxAge;
    private DateTimeOffset? _newerAt;
    private bool _newerIsMinor;
    private int _kept;

    /// <param name="at">When the revision was committed.</param>
    /// <param name="deletion">Whether the commit was a deletion, which is superseded from the start.</param>
    /// <param name="minor">Whether only the status changed.</param>
    public HistoryVerdict Next(DateTimeOffset at, bool deletion, bool minor)
    {
        var superseded = _newerAt ?? (deletion ? at : DateTimeOffset.MaxValue);
        if (superseded < _oldest || _kept == policy.MaxRevisions)
            return HistoryVerdict.Forget;
        var folded = minor && _newerIsMinor;
        (_newerAt, _newerIsMinor) = (at, minor);
        if (!minor)
            _kept++;
        return folded ? HistoryVerdict.Fold : HistoryVerdict.Keep;
    }
}
