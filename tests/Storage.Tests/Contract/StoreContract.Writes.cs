using System.Collections.Concurrent;

namespace Platform.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Every_commit_has_a_greater_revision_than_the_one_before()
    {
        var before = await Store.CurrentRevisionAsync();
        var created = await CreateAsync("a");
        var updated = await UpdateAsync("a", "2", created);
        var deleted = await DeleteAsync("a", updated);
        created.ShouldBeGreaterThan(before);
        updated.ShouldBeGreaterThan(created);
        deleted.ShouldBeGreaterThan(updated);
        (await Store.CurrentRevisionAsync()).ShouldBeGreaterThanOrEqualTo(deleted);
    }

    [Fact]
    public async Task Created_value_is_read_back_with_its_revisions()
    {
        var created = await CreateAsync("a", "one");
        var updated = await UpdateAsync("a", "two", created);
        var found = await Store.GetAsync(Prefix + "a");
        found.ShouldNotBeNull();
        Text(found.Value).ShouldBe("two");
        (found.CreateRevision, found.ModRevision).ShouldBe((created, updated));
    }

    [Fact]
    public async Task Create_of_existing_key_returns_exists_with_the_present_value()
    {
        var created = await CreateAsync("a", "one");
        var second = await Store.CreateAsync(Prefix + "a", Bytes("two"), By("tester"));
        second.Error.ShouldBe(StorageError.Exists);
        second.Revision.ShouldBe(0);
        Text((await Store.GetAsync(Prefix + "a"))!.Value).ShouldBe("one");
        (await Store.GetAsync(Prefix + "a"))!.ModRevision.ShouldBe(created);
    }

    [Fact]
    public async Task Update_with_stale_revision_returns_conflict_with_the_present_value()
    {
        var created = await CreateAsync("a", "one");
        var updated = await UpdateAsync("a", "two", created);
        var stale = await Store.UpdateAsync(Prefix + "a", Bytes("three"), created, By("tester"));
        stale.Error.ShouldBe(StorageError.Conflict);
        stale.Current.ShouldNotBeNull().ModRevision.ShouldBe(updated);
        Text(stale.Current!.Value).ShouldBe("two");
    }

    [Fact]
    public async Task Update_and_delete_of_missing_key_return_not_found()
    {
        (await Store.UpdateAsync(Prefix + "a", Bytes("x"), 5, By("tester"))).Error.ShouldBe(StorageError.NotFound);
        (await Store.DeleteAsync(Prefix + "a", 5, By("tester"))).Error.ShouldBe(StorageError.NotFound);
    }

    [Fact]
    public async Task Delete_with_stale_revision_returns_conflict_and_deletes_nothing()
    {
        var created = await CreateAsync("a", "one");
        var updated = await UpdateAsync("a", "two", created);
        var stale = await Store.DeleteAsync(Prefix + "a", created, By("tester"));
        stale.Error.ShouldBe(StorageError.Conflict);
        stale.Current!.ModRevision.ShouldBe(updated);
        (await Store.GetAsync(Prefix + "a")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Recreated_key_has_a_new_create_revision()
    {
        var first = await CreateAsync("a");
        await DeleteAsync("a", first);
        var second = await CreateAsync("a");
        (await Store.GetAsync(Prefix + "a"))!.CreateRevision.ShouldBe(second);
        second.ShouldBeGreaterThan(first);
    }

    [Fact]
    public async Task Of_racing_creates_exactly_one_wins()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(i =>
            Task.Run(async () => await Store.CreateAsync(Prefix + "a", Bytes($"{i}"), By("tester")))));
        results.Count(result => result.Error == StorageError.None).ShouldBe(1);
        results.Count(result => result.Error == StorageError.Exists).ShouldBe(31);
    }

    [Fact]
    public async Task Racing_read_modify_writes_lose_no_increment()
    {
        await CreateAsync("counter", "0");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => IncrementAsync(25))));
        Text((await Store.GetAsync(Prefix + "counter"))!.Value).ShouldBe("200");
    }

    [Fact]
    public async Task Concurrent_writes_get_distinct_revisions()
    {
        ConcurrentBag<long> revisions = [];
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
                revisions.Add(await CreateAsync($"{writer}-{i}"));
        })));
        revisions.Distinct().Count().ShouldBe(320);
    }

    [Fact]
    public async Task Value_of_one_and_a_half_megabytes_is_kept_whole()
    {
        var large = new byte[1_500_000 - 1024];
        new Random(7).NextBytes(large);
        var before = await Store.CurrentRevisionAsync();
        var result = await Store.CreateAsync(Prefix + "large", large, By("tester"));
        result.Error.ShouldBe(StorageError.None);
        (await Store.GetAsync(Prefix + "large"))!.Value.Span.SequenceEqual(large).ShouldBeTrue();
        (await WatchAsync(before, 1))[0].Value.Span.SequenceEqual(large).ShouldBeTrue();
    }

    [Fact]
    public async Task What_was_written_is_there_after_reopening()
    {
        Assert.SkipUnless(Persistent, "the engine keeps nothing");
        var a = await CreateAsync("a", "one");
        var b = await CreateAsync("b", "two");
        await DeleteAsync("b", b);
        var updated = await UpdateAsync("a", "three", a);
        await ReopenAsync();
        (await Store.CurrentRevisionAsync()).ShouldBeGreaterThanOrEqualTo(updated);
        var found = (await Store.GetAsync(Prefix + "a")).ShouldNotBeNull();
        (Text(found.Value), found.CreateRevision, found.ModRevision).ShouldBe(("three", a, updated));
        (await Store.GetAsync(Prefix + "b")).ShouldBeNull();
        (await UpdateAsync("a", "four", updated)).ShouldBeGreaterThan(updated);
        (await WatchAsync(a, 4)).Select(Describe).ShouldBe(["Created b two", "Deleted b two", "Updated a three", "Updated a four"]);
    }

    private async Task IncrementAsync(int times)
    {
        for (var done = 0; done < times;)
        {
            var current = (await Store.GetAsync(Prefix + "counter"))!;
            var next = Bytes($"{int.Parse(Text(current.Value)) + 1}");
            var result = await Store.UpdateAsync(Prefix + "counter", next, current.ModRevision, By("tester"));
            if (result.Error == StorageError.None)
                done++;
        }
    }
}
