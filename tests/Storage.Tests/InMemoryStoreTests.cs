using Platform.Storage.InMemory;
using Platform.Storage.Tests.Contract;

namespace Platform.Storage.Tests;

public sealed class InMemoryStoreTests : StoreContract
{
    [Fact]
    public async Task Watcher_that_fell_too_far_behind_is_told_so_and_writers_never_wait()
    {
        await using var small = new InMemoryStore(Clock, maxCommits: 10);
        var watch = small.WatchAsync("/", 1, Deadline).GetAsyncEnumerator(Deadline);
        await small.CreateAsync("/a", Bytes("1"), By("tester"));
        (await watch.MoveNextAsync()).ShouldBeTrue();
        for (var i = 0; i < 20; i++)
            await small.CreateAsync($"/b{i}", Bytes("1"), By("tester"));
        (await ErrorOfAsync(async () => await watch.MoveNextAsync())).ShouldBe(StorageError.Compacted);
        (await ErrorOfAsync(async () => await small.GetAsync("/a", 2))).ShouldBe(StorageError.Compacted);
        (await small.RangeAsync(new("/"))).Items.Count.ShouldBe(21);
    }

    [Fact]
    public async Task History_is_forgotten_when_it_is_old_enough()
    {
        var created = await CreateAsync("a", "one");
        var updated = await UpdateAsync("a", "two", created);
        Clock.Advance(TimeSpan.FromDays(8));
        (await HistoryAsync("a")).Select(r => Text(r.Value)).ShouldBe(["two"]);
        await DeleteAsync("a", updated);
        Clock.Advance(TimeSpan.FromDays(8));
        (await HistoryAsync("a")).ShouldBeEmpty();
    }

    protected override ValueTask<IRevisionedStore> OpenAsync(TimeProvider clock) => new(new InMemoryStore(clock));
}
