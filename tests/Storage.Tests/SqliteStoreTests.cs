using Platform.Storage.Sqlite;
using Platform.Storage.Tests.Contract;

namespace Platform.Storage.Tests;

public sealed class SqliteStoreTests : StoreContract
{
    private readonly string folder = Directory.CreateTempSubdirectory("platform-store-").FullName;

    protected override bool Persistent => true;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    protected override ValueTask<IRevisionedStore> OpenAsync(TimeProvider clock) => new(SqliteStore.Open(folder, clock));
}
