using System.Collections.Concurrent;

namespace Platform.Storage.Sqlite;

/// <summary>A few read connections, opened when they are needed. In WAL mode they neither wait for the writer nor hold it up.</summary>
internal sealed class ReaderPool(string directory) : IDisposable
{
    private const int MaxReaders = 4;

    private readonly ConcurrentBag<RevisionReader> _idle = [];
    private readonly SemaphoreSlim _free = new(MaxReaders);
    private volatile bool _disposed;

    /// <summary>Runs a read on a connection.</summary>
    /// <exception cref="StorageException">Unavailable.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<RevisionReader, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            if (_disposed)
                throw StorageErrors.Closed();
            if (!_idle.TryTake(out var reader))
                reader = new(directory);
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
                if (reader is not null)
                    _idle.Add(reader);
            }
        }
        catch (SqliteFailure failure)
        {
            throw failure.ToStorageException(directory, "read");
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for reads that are under way, and closes the connections.</summary>
    public void Dispose()
    {
        _disposed = true;
        for (var i = 0; i < MaxReaders; i++)
            _free.Wait();
        while (_idle.TryTake(out var reader))
            reader.Dispose();
        _free.Release(MaxReaders);
    }
}
