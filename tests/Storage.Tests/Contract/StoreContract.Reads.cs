namespace Platform.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Range_returns_keys_under_the_prefix_in_order()
    {
        foreach (var name in (string[])["b/2", "a/1", "b/1", "c/1", "b/10", "b"])
            await CreateAsync(name, name);
        var page = await Store.RangeAsync(new(Prefix + "b/"));
        page.Items.Select(item => Text(item.Value)).ShouldBe(["b/1", "b/10", "b/2"]);
        page.Remaining.ShouldBe(0);
        page.Revision.ShouldBeGreaterThanOrEqualTo(page.Items.Max(item => item.ModRevision));
    }

    [Fact]
    public async Task Range_of_nothing_is_empty()
    {
        var page = await Store.RangeAsync(new(Prefix));
        page.Items.ShouldBeEmpty();
        page.Remaining.ShouldBe(0);
        page.Revision.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Read_at_a_revision_sees_what_was_there_then()
    {
        var created = await CreateAsync("a", "one");
        var other = await CreateAsync("b", "other");
        var updated = await UpdateAsync("a", "two", created);
        await DeleteAsync("a", updated);
        Text((await Store.GetAsync(Prefix + "a", created))!.Value).ShouldBe("one");
        Text((await Store.GetAsync(Prefix + "a", other))!.Value).ShouldBe("one");
        Text((await Store.GetAsync(Prefix + "a", updated))!.Value).ShouldBe("two");
        (await Store.GetAsync(Prefix + "a")).ShouldBeNull();
        (await Store.GetAsync(Prefix + "b", created)).ShouldBeNull();
        var then = await Store.RangeAsync(new(Prefix, Revision: other));
        then.Revision.ShouldBe(other);
        then.Items.Select(item => (item.Key[Prefix.Length..], Text(item.Value), item.ModRevision))
            .ShouldBe([("a", "one", created), ("b", "other", other)]);
    }

    [Fact]
    public async Task Pages_continue_at_their_revision_while_writes_go_on()
    {
        for (var i = 0; i < 25; i++)
            await CreateAsync($"k{i:00}", $"{i}");
        var page = await Store.RangeAsync(new(Prefix, Limit: 10));
        (page.Items.Count, page.Remaining).ShouldBe((10, 15));
        List<StoredValue> all = [.. page.Items];
        var disturbance = 0;
        while (page.Remaining > 0)
        {
            await CreateAsync($"k{20 - disturbance:00}-late");
            var victim = (await Store.GetAsync($"{Prefix}k{24 - disturbance:00}"))!;
            await DeleteAsync($"k{24 - disturbance:00}", victim.ModRevision);
            disturbance++;
            page = await Store.RangeAsync(new(Prefix, all[^1].Key, 10, page.Revision));
            all.AddRange(page.Items);
        }

        disturbance.ShouldBe(2);
        all.Select(item => Text(item.Value)).ShouldBe(Enumerable.Range(0, 25).Select(i => $"{i}"));
    }

    [Fact]
    public async Task Read_of_a_revision_not_reached_is_refused()
    {
        var created = await CreateAsync("a");
        (await ErrorOfAsync(async () => await Store.GetAsync(Prefix + "a", created + 1000))).ShouldBe(StorageError.FutureRevision);
        (await ErrorOfAsync(async () => await Store.RangeAsync(new(Prefix, Revision: created + 1000)))).ShouldBe(StorageError.FutureRevision);
        (await ErrorOfAsync(async () => await Store.CompactAsync(created + 1000))).ShouldBe(StorageError.FutureRevision);
    }

    [Fact]
    public async Task After_compaction_older_revisions_are_gone_and_present_values_stay()
    {
        var first = await CreateAsync("a", "one");
        var untouched = await CreateAsync("b", "old");
        var second = await UpdateAsync("a", "two", first);
        var third = await UpdateAsync("a", "three", second);
        await Store.CompactAsync(third);
        var refused = await ((Func<Task>)(async () => await Store.GetAsync(Prefix + "a", second))).ShouldThrowAsync<StorageException>();
        (refused.Error, refused.OldestRevision).ShouldBe((StorageError.Compacted, third));
        (await ErrorOfAsync(async () => await Store.RangeAsync(new(Prefix, Revision: first)))).ShouldBe(StorageError.Compacted);
        Text((await Store.GetAsync(Prefix + "a", third))!.Value).ShouldBe("three");
        (await Store.GetAsync(Prefix + "b"))!.ModRevision.ShouldBe(untouched);
        (await Store.RangeAsync(new(Prefix))).Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Compaction_of_a_compacted_revision_is_refused()
    {
        var first = await CreateAsync("a");
        var second = await UpdateAsync("a", "two", first);
        await Store.CompactAsync(second);
        (await ErrorOfAsync(async () => await Store.CompactAsync(first))).ShouldBe(StorageError.Compacted);
    }

    [Fact]
    public async Task Continuation_at_a_compacted_revision_is_refused()
    {
        for (var i = 0; i < 4; i++)
            await CreateAsync($"k{i}");
        var page = await Store.RangeAsync(new(Prefix, Limit: 2));
        await Store.CompactAsync(await CreateAsync("later"));
        var next = async () => await Store.RangeAsync(new(Prefix, page.Items[^1].Key, 2, page.Revision));
        (await ErrorOfAsync(next)).ShouldBe(StorageError.Compacted);
    }
}
