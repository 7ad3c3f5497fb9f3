using Platform.Storage.Etcd;
using Platform.Storage.InMemory;
using Platform.Storage.Sqlite;

namespace Platform.Storage;

/// <summary>What store to open.</summary>
public sealed record StoreOptions
{
    /// <summary>Engine: <c>sqlite</c>, <c>memory</c> or <c>etcd</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>Folder of the embedded engine's files; made where it does not exist.</summary>
    public string? Directory { get; init; }

    /// <summary>Addresses of etcd's members, such as <c>http://127.0.0.1:2379</c>.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>Files for TLS towards etcd; null for the machine's trust and no client certificate.</summary>
    public EtcdTls? EtcdTls { get; init; }

    /// <summary>How long old revisions stay readable.</summary>
    public HistoryPolicy History { get; init; } = HistoryPolicy.Default;
}

/// <summary>Opens a store by the name of its engine.</summary>
public static class StoreFactory
{
    /// <summary>Opens a store; the caller disposes it.</summary>
    /// <exception cref="ArgumentException">The engine is unknown, or lacks what it needs.</exception>
    /// <exception cref="StorageException">Unavailable: in use by another process, damaged, or not reachable.</exception>
    public static async ValueTask<IRevisionedStore> OpenAsync(
        StoreOptions options, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return options.Engine switch
        {
            "sqlite" => SqliteStore.Open(
                options.Directory ?? throw new ArgumentException("the sqlite engine needs a folder", nameof(options)), clock, options.History),
            "memory" => new InMemoryStore(clock, options.History),
            "etcd" => await EtcdStore.OpenAsync(
                new EtcdOptions { Endpoints = options.Endpoints, Tls = options.EtcdTls, History = options.History }, clock, cancellationToken),
            _ => throw new ArgumentException($"unknown store engine \"{options.Engine}\"; known are sqlite, etcd and memory", nameof(options)),
        };
    }
}
