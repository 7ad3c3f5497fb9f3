namespace Platform.Storage;

/// <summary>The texts of the failures that every engine has.</summary>
internal static class StorageErrors
{
    public static StorageException Compacted(long revision, long oldest) =>
        new(StorageError.Compacted, $"revision {revision} has been compacted; the oldest is {oldest}") { OldestRevision = oldest };

    public static StorageException Future(long revision, long current) =>
        new(StorageError.FutureRevision, $"revision {revision} has not been reached; the newest is {current}");

    public static StorageException NoLease(long lease) => new(StorageError.NotFound, $"lease {lease} does not exist or has ended");

    public static StorageException Closed() => new(StorageError.Unavailable, "the store has been closed");
}
