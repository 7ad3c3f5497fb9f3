namespace Platform.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Watch_from_any_revision_delivers_what_came_after_it()
    {
        var start = await Store.CurrentRevisionAsync();
        var created = await CreateAsync("a", "one");
        var updated = await UpdateAsync("a", "two", created);
        var deleted = await DeleteAsync("a", updated);
        string[] expected = ["Created a one", "Updated a two", "Deleted a two"];
        long[] revisions = [start, created, updated];
        for (var i = 0; i < revisions.Length; i++)
        {
            var events = await WatchAsync(revisions[i], 3 - i);
            events.Select(Describe).ShouldBe(expected[i..]);
            events[^1].Revision.ShouldBe(deleted);
            events.ShouldAllBe(e => e.CreateRevision == created);
        }
    }

    [Fact]
    public async Task Watch_delivers_only_keys_under_its_prefix()
    {
        var start = await Store.CurrentRevisionAsync();
        await CreateAsync("x/1");
        await CreateAsync("y/1");
        await CreateAsync("x/2");
        (await WatchAsync(start, 2, "x/")).Select(Describe).ShouldBe(["Created 1 value", "Created 2 value"]);
    }

    [Fact]
    public async Task Watch_event_carries_the_cause_of_its_commit()
    {
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var start = await Store.CurrentRevisionAsync();
        var cause = By("alice", Trace);
        await Store.CreateAsync(Prefix + "a", Bytes("x"), cause);
        (await WatchAsync(start, 1))[0].Cause.ShouldBe(cause);
    }

    [Fact]
    public async Task Watch_beside_concurrent_writers_sees_every_commit_once_and_in_order()
    {
        const int Writers = 8, Rounds = 30;
        var start = await Store.CurrentRevisionAsync();
        var early = Task.Run(() => WatchAsync(start, Writers * Rounds));
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var revision = await CreateAsync($"{writer}", "0");
            for (var i = 1; i < Rounds; i++)
                revision = await UpdateAsync($"{writer}", $"{i}", revision);
        })));
        foreach (var events in (List<StorageEvent>[])[await early, await WatchAsync(start, Writers * Rounds)])
        {
            events.Count.ShouldBe(Writers * Rounds);
            events.Zip(events.Skip(1)).ShouldAllBe(pair => pair.First.Revision < pair.Second.Revision);
            foreach (var ofKey in events.GroupBy(e => e.Key))
                ofKey.Select(e => Text(e.Value)).ShouldBe(Enumerable.Range(0, Rounds).Select(i => $"{i}"));
        }
    }

    [Fact]
    public async Task Acknowledged_write_is_visible_to_reads_and_in_the_watch()
    {
        var start = await Store.CurrentRevisionAsync();
        for (var i = 0; i < 20; i++)
        {
            var revision = await CreateAsync($"{i}");
            (await Store.CurrentRevisionAsync()).ShouldBeGreaterThanOrEqualTo(revision);
            (await Store.GetAsync($"{Prefix}{i}"))!.ModRevision.ShouldBe(revision);
            (await Store.RangeAsync(new(Prefix))).Items.Count.ShouldBe(i + 1);
        }

        (await WatchAsync(start, 20)).Count.ShouldBe(20);
    }

    [Fact]
    public async Task Watch_from_a_compacted_revision_is_refused_with_the_oldest_one()
    {
        var first = await CreateAsync("a", "one");
        var second = await UpdateAsync("a", "two", first);
        var third = await UpdateAsync("a", "three", second);
        await Store.CompactAsync(third);
        var refused = await ((Func<Task>)(() => WatchAsync(first - 1, 1))).ShouldThrowAsync<StorageException>();
        (refused.Error, refused.OldestRevision).ShouldBe((StorageError.Compacted, third));
        await UpdateAsync("a", "four", third);
        (await WatchAsync(third, 1)).Select(Describe).ShouldBe(["Updated a four"]);
    }

    [Fact]
    public async Task Watch_ends_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var start = await Store.CurrentRevisionAsync();
        var watch = Task.Run(async () =>
        {
            await foreach (var batch in Store.WatchAsync(Prefix, start, stop.Token))
            {
                if (batch.Events.Count > 0)
                    await stop.CancelAsync();
            }
        });
        await CreateAsync("a");
        await ((Func<Task>)(() => watch.WaitAsync(Eventually.Patience))).ShouldThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Closing_the_store_ends_its_watches_with_an_error()
    {
        var start = await Store.CurrentRevisionAsync();
        var watch = Task.Run(() => WatchAsync(start, 2));
        await CreateAsync("a");
        await Store.DisposeAsync();
        (await ErrorOfAsync(() => watch)).ShouldBe(StorageError.Unavailable);
    }

    [Fact]
    public async Task A_thousand_watchers_all_see_everything()
    {
        const int Watchers = 1000, Commits = 20;
        var start = await Store.CurrentRevisionAsync();
        var watches = Enumerable.Range(0, Watchers).Select(_ => WatchAsync(start, Commits)).ToArray();
        for (var i = 0; i < Commits; i++)
            await CreateAsync($"{i:00}");
        var seen = await Task.WhenAll(watches).WaitAsync(Eventually.Patience);
        var revisions = seen[0].Select(e => e.Revision).ToArray();
        revisions.Length.ShouldBe(Commits);
        seen.ShouldAllBe(events => events.Select(e => e.Revision).SequenceEqual(revisions));
    }
}
