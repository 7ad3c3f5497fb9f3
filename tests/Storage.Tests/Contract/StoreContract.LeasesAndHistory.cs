namespace Platform.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Keys_of_a_lease_that_is_not_kept_alive_are_deleted()
    {
        var start = await Store.CurrentRevisionAsync();
        var lease = await Store.GrantLeaseAsync(LeaseTime);
        lease.ShouldBeGreaterThan(0);
        await CreateAsync("a", "with", lease);
        await CreateAsync("b", "without");
        await PassAsync(LeaseTime * 2);
        (await WatchAsync(start, 3)).Select(Describe).ShouldBe(["Created a with", "Created b without", "Deleted a with"]);
        (await Store.GetAsync(Prefix + "a")).ShouldBeNull();
        (await Store.GetAsync(Prefix + "b")).ShouldNotBeNull();
        (await Store.KeepLeaseAliveAsync(lease)).ShouldBeFalse();
    }

    [Fact]
    public async Task Lease_that_is_kept_alive_keeps_its_keys()
    {
        var lease = await Store.GrantLeaseAsync(LeaseTime);
        await CreateAsync("a", "with", lease);
        for (var i = 0; i < 4; i++)
        {
            await PassAsync(LeaseTime / 2);
            (await Store.KeepLeaseAliveAsync(lease)).ShouldBeTrue();
        }

        (await Store.GetAsync(Prefix + "a")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Revoked_lease_deletes_its_keys()
    {
        var lease = await Store.GrantLeaseAsync(LeaseTime);
        await CreateAsync("a", "1", lease);
        await CreateAsync("b", "2", lease);
        await Store.RevokeLeaseAsync(lease);
        (await Store.RangeAsync(new(Prefix))).Items.ShouldBeEmpty();
        (await ErrorOfAsync(async () => await Store.CreateAsync(Prefix + "c", Bytes("x"), By("tester"), lease))).ShouldBe(StorageError.NotFound);
        (await Store.GetAsync(Prefix + "c")).ShouldBeNull();
    }

    [Fact]
    public async Task Update_without_the_lease_detaches_the_key()
    {
        var lease = await Store.GrantLeaseAsync(LeaseTime);
        var created = await CreateAsync("a", "1", lease);
        await UpdateAsync("a", "2", created);
        await Store.RevokeLeaseAsync(lease);
        (await Store.GetAsync(Prefix + "a")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Lease_goes_on_after_reopening()
    {
        Assert.SkipUnless(Persistent, "the engine keeps nothing");
        var lease = await Store.GrantLeaseAsync(LeaseTime);
        await CreateAsync("a", "1", lease);
        await ReopenAsync();
        (await Store.KeepLeaseAliveAsync(lease)).ShouldBeTrue();
        var start = await Store.CurrentRevisionAsync();
        await PassAsync(LeaseTime * 2);
        (await WatchAsync(start, 1)).Select(Describe).ShouldBe(["Deleted a 1"]);
    }

    [Fact]
    public async Task History_has_the_revisions_of_a_key_newest_first_with_their_causes()
    {
        var alice = By("alice", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        var created = (await Store.CreateAsync(Prefix + "a", Bytes("one"), alice)).Revision;
        await CreateAsync("b");
        var bob = By("bob");
        var updated = (await Store.UpdateAsync(Prefix + "a", Bytes("two"), created, bob)).Revision;
        var deleted = (await Store.DeleteAsync(Prefix + "a", updated, alice)).Revision;
        (await HistoryAsync("a")).Select(r => (r.Revision, r.Type, Text(r.Value), r.Cause)).ShouldBe(
        [
            (deleted, StorageEventType.Deleted, "", alice),
            (updated, StorageEventType.Updated, "two", bob),
            (created, StorageEventType.Created, "one", alice),
        ]);
        (await HistoryAsync("never-there")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Compaction_leaves_history_alone()
    {
        var created = await CreateAsync("a", "one");
        var updated = await UpdateAsync("a", "two", created);
        await Store.CompactAsync(await UpdateAsync("a", "three", updated));
        (await HistoryAsync("a")).Select(r => Text(r.Value)).ShouldBe(["three", "two", "one"]);
    }

    [Fact]
    public async Task History_keeps_the_last_fifty_revisions_of_a_key()
    {
        var revision = await CreateAsync("a", "0");
        for (var i = 1; i < 60; i++)
            revision = await UpdateAsync("a", $"{i}", revision);
        await Store.CompactAsync(revision);
        (await HistoryAsync("a")).Select(r => Text(r.Value)).ShouldBe(Enumerable.Range(10, 50).Reverse().Select(i => $"{i}"));
    }

    [Fact]
    public async Task History_keeps_the_last_of_minor_revisions_in_a_row_and_does_not_count_them()
    {
        var revision = await CreateAsync("a", "0");
        for (var i = 1; i < 200; i++)
            revision = (await Store.UpdateAsync(Prefix + "a", Bytes($"{i}"), revision, By("kubelet") with { Minor = i % 100 != 0 })).Revision;
        (await HistoryAsync("a")).Select(r => (Text(r.Value), r.Cause.Minor)).ShouldBe([("199", true), ("100", false), ("99", true), ("0", false)]);
    }

    protected async Task<List<HistoricalRevision>> HistoryAsync(string name)
    {
        List<HistoricalRevision> revisions = [];
        await foreach (var revision in Store.HistoryAsync(Prefix + name, Deadline))
            revisions.Add(revision);
        return revisions;
    }
}
