namespace Platform.Storage.Sqlite;

/// <summary>
/// Keeps a second process out of a store's folder: SQLite itself would let it in, and two writers with an index each would break
/// the order of revisions. The kernel releases the lock when its process ends, however that happens.
/// </summary>
internal static class StoreLock
{
    private const string FileName = "store.lock";

    public static IDisposable Take(string directory)
    {
        var path = Path.Combine(directory, FileName);
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            file.Flush();
            return file;
        }
        catch (IOException failure) when (File.Exists(path))
        {
            throw new StorageException(StorageError.Unavailable,
                $"the store in {directory} is in use by another process (see {path})", failure);
        }
    }
}
