namespace Platform.Storage;

/// <summary>
/// How long superseded revisions of a key stay readable through <see cref="IRevisionedStore.HistoryAsync"/>. A superseded revision is
/// forgotten as soon as one of the two bounds is passed; the present revision of a key is always kept. Of minor revisions
/// (<see cref="Cause.Minor"/>) in a row only the last stays.
/// </summary>
/// <param name="MaxRevisions">Revisions kept of one key, without minor ones. At least 1.</param>
/// <param name="MaxAge">Time for which a revision is kept after it was superseded, or after its key was deleted.</param>
public sealed record HistoryPolicy(int MaxRevisions, TimeSpan MaxAge)
{
    /// <summary>The last 50 revisions of a key, for 7 days.</summary>
    public static HistoryPolicy Default { get; } = new(50, TimeSpan.FromDays(7));
}
