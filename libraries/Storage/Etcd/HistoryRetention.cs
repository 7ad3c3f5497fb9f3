namespace Platform.Storage.Etcd;

/// <summary>Which revisions of a key the policy still keeps; the same rule for reading and for clearing away.</summary>
internal static class HistoryRetention
{
    /// <summary>How many of a key's revisions, newest first, are kept.</summary>
    /// <param name="newestFirst">When each was made, and whether it was a deletion.</param>
    public static int Kept(IReadOnlyList<(DateTimeOffset At, bool Deletion)> newestFirst, HistoryPolicy policy, DateTimeOffset now)
    {
        var oldest = now - policy.MaxAge;
        for (var i = 0; i < newestFirst.Count; i++)
        {
            if (i >= policy.MaxRevisions)
                return i;
            var superseded = i > 0 ? newestFirst[i - 1].At : newestFirst[i].Deletion ? newestFirst[i].At : now;
            if (superseded < oldest)
                return i;
        }

        return newestFirst.Count;
    }
}
