using System.Globalization;
using Platform.Storage.Sqlite;
using Platform.Storage.Tests.Contract;

namespace Platform.Storage.Tests;

public sealed class SqliteStoreTests : StoreContract
{
    private static readonly HistoryPolicy ShortHistory = new(3, TimeSpan.FromDays(7));

    private readonly string _folder = Directory.CreateTempSubdirectory("platform-store-").FullName;

    protected override bool Persistent => true;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Second_opening_of_the_same_folder_is_refused()
    {
        var refused = Should.Throw<StorageException>(() => SqliteStore.Open(_folder));
        refused.Error.ShouldBe(StorageError.Unavailable);
        refused.Message.ShouldContain("in use by another process");
    }

    [Fact]
    public async Task Damaged_file_is_reported_when_the_store_is_opened()
    {
        await Store.DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder, "store.db"), new string('x', 10_000));
        var refused = Should.Throw<StorageException>(() => SqliteStore.Open(_folder));
        refused.Error.ShouldBe(StorageError.Unavailable);
        refused.Message.ShouldContain("damaged");
    }

    [Fact]
    public async Task Watch_goes_from_the_table_to_the_feed_without_a_gap()
    {
        const int Count = 400, Size = 100_000;
        var start = await Store.CurrentRevisionAsync();
        await Parallel.ForAsync(0, Count, async (i, stop) => await Store.CreateAsync($"{Prefix}{i:000}", new byte[Size], By("tester"), 0, stop));
        (Count * (long)Size).ShouldBeGreaterThan(StoreState.MaxRecentBytes);
        var late = Task.Run(() => WatchAsync(start, Count + 1));
        await CreateAsync("last");
        (await late).Select(e => e.Revision).ShouldBe(Enumerable.Range(1, Count + 1).Select(i => start + i));
    }

    [Fact]
    public async Task Deletion_read_from_the_table_carries_the_last_value()
    {
        var start = await Store.CurrentRevisionAsync();
        var created = await CreateAsync("a", "one");
        await DeleteAsync("a", await UpdateAsync("a", "two", created));
        await ReopenAsync();
        (await WatchAsync(start, 3)).Select(Describe).ShouldBe(["Created a one", "Updated a two", "Deleted a two"]);
    }

    [Fact]
    public async Task Retention_deletes_rows_behind_the_horizon_beyond_the_policy_and_no_others()
    {
        await Store.DisposeAsync();
        await using (var store = SqliteStore.Open(_folder, Clock, ShortHistory, Timeout.InfiniteTimeSpan))
        {
            var a = await FillAsync(store, "/a", 10);
            await store.CompactAsync(a);
            await FillAsync(store, "/b", 10);
        }

        Rows("/a").ShouldBe(3);
        Rows("/b").ShouldBe(10);
    }

    [Fact]
    public async Task Retention_folds_minor_rows_behind_the_horizon_and_does_not_count_them()
    {
        await Store.DisposeAsync();
        await using (var store = SqliteStore.Open(_folder, Clock, ShortHistory, Timeout.InfiniteTimeSpan))
        {
            var revision = (await store.CreateAsync("/a", Bytes("0"), By("tester"))).Revision;
            for (var i = 1; i < 10; i++)
                revision = (await store.UpdateAsync("/a", Bytes($"{i}"), revision, By("tester") with { Minor = i != 5 })).Revision;
            await store.CompactAsync(revision);
        }

        // Created, the last of four minor ones, the one that was not, the last of another four.
        Rows("/a").ShouldBe(4);
    }

    [Fact]
    public async Task Retention_forgets_a_deleted_key_after_its_time_and_the_revision_goes_on()
    {
        await Store.DisposeAsync();
        long deleted;
        await using (var store = SqliteStore.Open(_folder, Clock, ShortHistory, Timeout.InfiniteTimeSpan))
        {
            deleted = (await store.DeleteAsync("/a", await FillAsync(store, "/a", 2), By("tester"))).Revision;
            Clock.Advance(TimeSpan.FromDays(8));
            await store.CompactAsync(deleted);
        }

        Rows("/a").ShouldBe(0);
        await using var reopened = SqliteStore.Open(_folder, Clock, ShortHistory, Timeout.InfiniteTimeSpan);
        (await reopened.CreateAsync("/a", Bytes("new"), By("tester"))).Revision.ShouldBeGreaterThan(deleted);
    }

    [Fact]
    public async Task What_is_older_than_the_interval_is_compacted_by_itself()
    {
        var old = await CreateAsync("a", "one");
        var present = await UpdateAsync("a", "two", old);
        Clock.Advance(SqliteStore.DefaultCompactionInterval);
        (await Store.GetAsync(Prefix + "a", old)).ShouldNotBeNull();
        Clock.Advance(SqliteStore.DefaultCompactionInterval);
        await CreateAsync("after-the-compaction-in-the-queue");
        (await ErrorOfAsync(async () => await Store.GetAsync(Prefix + "a", old))).ShouldBe(StorageError.Compacted);
        (await Store.GetAsync(Prefix + "a", present)).ShouldNotBeNull();
    }

    protected override ValueTask<IRevisionedStore> OpenAsync(TimeProvider clock) => new(SqliteStore.Open(_folder, clock));

    private async Task<long> FillAsync(SqliteStore store, string key, int revisions)
    {
        var revision = (await store.CreateAsync(key, Bytes("0"), By("tester"))).Revision;
        for (var i = 1; i < revisions; i++)
            revision = (await store.UpdateAsync(key, Bytes($"{i}"), revision, By("tester"))).Revision;
        return revision;
    }

    private int Rows(string key)
    {
        using var database = Schema.OpenForReading(_folder);
        return int.Parse(database.Scalar($"SELECT count(*) FROM revisions WHERE key='{key}'")!, CultureInfo.InvariantCulture);
    }
}
