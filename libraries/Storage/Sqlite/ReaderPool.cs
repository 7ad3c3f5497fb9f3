using System.Collections.Concurrent;

namespace Platform.Storage.Sqlite;

/// <summary>A few read connections, opened when they are needed. In WAL mode they neither wait for the writer nor hold it up.</summary>
internal sealed class ReaderPool(string directory) : IDisposable
{
    private const int MaxReaders = 4;

    private readonly ConcurrentBag<RevisionReader> idle = [];
    private readonly SemaphoreSlim free = new(MaxReaders);
    private volatile bool disposed;

    /// <summary>Runs a read on a connection.</summary>
    /// <exception cref="StorageException">Unavailable.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<RevisionReader, T> read, CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        try
        {
            if (disposed) throw StorageErrors.Closed();
            if (!idle.TryTake(out var reader)) reader = new(directory);
            try
            {
                return read(reader);
            }
            catch
            {
                reader.Dispose();
                reader = null;
                throw;
            }
            finally
            {
                if (reader is not null) idle.Add(reader);
            }
        }
        catch (SqliteFailure failure)
        {
            throw failure.ToStorageException(directory, "read");
        }
        finally
        {
            free.Release();
        }
    }

    /// <summary>Waits for reads that are under way, and closes the connections.</summary>
    public void Dispose()
    {
        disposed = true;
        for (var i = 0; i < MaxReaders; i++) free.Wait();
        while (idle.TryTake(out var reader)) reader.Dispose();
        free.Release(MaxReaders);
    }
}
