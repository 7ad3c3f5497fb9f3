using Platform.Storage.Etcd;
using Platform.Storage.Tests.Contract;

namespace Platform.Storage.Tests;

/// <summary>The contract against Debian's etcd, one server for all tests.</summary>
public sealed class EtcdStoreTests(OwnEtcd etcd) : StoreContract, IClassFixture<OwnEtcd>
{
    protected override bool Persistent => true;

    protected override TimeSpan LeaseTime => TimeSpan.FromSeconds(2); // the least that etcd grants

    [Fact]
    public async Task Cleared_history_keeps_what_the_policy_keeps()
    {
        var client = new EtcdClient(new EtcdOptions { Endpoints = [etcd.Endpoint] });
        var revision = await CreateAsync("a", "0");
        for (var i = 1; i < 10; i++)
            revision = await UpdateAsync("a", $"{i}", revision);

        await new EtcdHistory(client, new HistoryPolicy(4, TimeSpan.FromDays(1)), Clock).ClearAsync(Deadline);

        (await HistoryAsync("a")).Select(r => Text(r.Value)).ShouldBe(["9", "8", "7", "6"]);
        client.Dispose();
    }

    [Fact]
    public async Task Large_value_is_in_history_until_it_is_compacted()
    {
        var large = new byte[700_000];
        var created = (await Store.CreateAsync(Prefix + "a", large, By("tester"))).Revision;
        var updated = (await Store.UpdateAsync(Prefix + "a", large, created, By("tester"))).Revision;
        (await HistoryAsync("a")).Select(r => r.Value.Length).ShouldBe([700_000, 700_000]);

        await Store.CompactAsync(await CreateAsync("b"));

        (await HistoryAsync("a")).Select(r => r.Revision).ShouldBe([updated]);
    }

    [Fact]
    public async Task Calls_fail_quickly_while_no_member_answers()
    {
        var refused = await Should.ThrowAsync<StorageException>(async () =>
            await EtcdStore.OpenAsync(new EtcdOptions { Endpoints = ["http://127.0.0.1:1", "http://127.0.0.1:2"] }, Clock, Deadline));

        refused.Error.ShouldBe(StorageError.Unavailable);
    }

    [Fact]
    public async Task Dead_member_is_passed_over()
    {
        await using var store = await EtcdStore.OpenAsync(
            new EtcdOptions { Endpoints = ["http://127.0.0.1:1", etcd.Endpoint] }, TimeProvider.System, Deadline);

        (await store.CreateAsync(Prefix + "a", Bytes("x"), By("tester"))).Error.ShouldBe(StorageError.None);
    }

    protected override async ValueTask<IRevisionedStore> OpenAsync(TimeProvider clock)
    {
        Assert.SkipWhen(etcd.Missing is not null, etcd.Missing ?? string.Empty);
        return await EtcdStore.OpenAsync(new EtcdOptions { Endpoints = [etcd.Endpoint] }, clock);
    }

    protected override async ValueTask PassAsync(TimeSpan time) => await Task.Delay(time, TimeProvider.System); // etcd has its own clock
}
