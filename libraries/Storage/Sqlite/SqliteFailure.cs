using static SQLitePCL.raw;

namespace Platform.Storage.Sqlite;

/// <summary>A call into SQLite that failed, with SQLite's extended result code.</summary>
internal sealed class SqliteFailure(int code, string message) : Exception(message)
{
    public int Code { get; } = code;

    /// <summary>The failure as callers of the store see it.</summary>
    public StorageException ToStorageException(string directory, string action)
    {
        var reason = (Code & 0xff) switch
        {
            SQLITE_FULL => $"no space is left on the device of {directory}",
            SQLITE_IOERR => $"the device of {directory} reports an input/output error",
            SQLITE_READONLY => $"{directory} is read-only",
            SQLITE_CANTOPEN => $"the files in {directory} cannot be opened",
            SQLITE_CORRUPT or SQLITE_NOTADB => $"the files in {directory} are damaged",
            _ => $"SQLite failed in {directory}",
        };
        return new(StorageError.Unavailable, $"the store cannot {action}: {reason} ({Message}, code {Code})", this);
    }
}
