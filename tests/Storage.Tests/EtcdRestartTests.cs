using System.Text;
using Platform.Storage.Etcd;

namespace Platform.Storage.Tests;

/// <summary>What callers see while etcd is away and comes back.</summary>
public sealed class EtcdRestartTests : IAsyncLifetime
{
    private readonly OwnEtcd _etcd = new();

    public ValueTask InitializeAsync() => _etcd.InitializeAsync();

    public ValueTask DisposeAsync() => _etcd.DisposeAsync();

    [Fact]
    public async Task Writes_fail_as_unavailable_while_etcd_is_dead_and_the_watch_goes_on_when_it_is_back()
    {
        Assert.SkipWhen(_etcd.Missing is not null, _etcd.Missing ?? string.Empty);
        using var deadline = new CancellationTokenSource(Eventually.Patience);
        await using var store = await EtcdStore.OpenAsync(new EtcdOptions { Endpoints = [_etcd.Endpoint] }, TimeProvider.System);
        var start = await store.CurrentRevisionAsync();
        var seen = new List<string>();
        var first = new TaskCompletionSource();
        var watch = Task.Run(async () =>
        {
            await foreach (var batch in store.WatchAsync("/", start, deadline.Token))
            {
                seen.AddRange(batch.Events.Select(e => e.Key));
                if (seen.Count > 0)
                    first.TrySetResult();
                if (seen.Contains("/after"))
                    return;
            }
        });
        await store.CreateAsync("/before", Bytes("1"), new Cause(null, "tester", DateTimeOffset.UnixEpoch));
        await first.Task.WaitAsync(Eventually.Patience);

        await _etcd.KillAsync();
        var refused = await Should.ThrowAsync<StorageException>(async () =>
            await store.CreateAsync("/during", Bytes("1"), new Cause(null, "tester", DateTimeOffset.UnixEpoch)));
        await _etcd.StartAsync();
        await store.CreateAsync("/after", Bytes("1"), new Cause(null, "tester", DateTimeOffset.UnixEpoch));
        await watch.WaitAsync(Eventually.Patience);

        refused.Error.ShouldBe(StorageError.Unavailable);
        seen.ShouldBe(["/before", "/after"]);
    }

    [Fact]
    public async Task Cluster_that_loses_a_member_goes_on_and_the_watch_misses_nothing()
    {
        Assert.SkipWhen(_etcd.Missing is not null, _etcd.Missing ?? string.Empty);
        using var deadline = new CancellationTokenSource(Eventually.Patience * 2);
        var members = OwnEtcd.Cluster(3);
        try
        {
            await Task.WhenAll(members.Select(member => member.StartAsync()));
            await using var store = await EtcdStore.OpenAsync(new EtcdOptions { Endpoints = [.. members.Select(m => m.Endpoint)] }, TimeProvider.System);
            var start = await store.CurrentRevisionAsync();
            var written = new List<string>();
            for (var i = 0; i < 20; i++)
            {
                if (i == 10)
                    await members[0].KillAsync(); // the one that calls go to
                if (await WriteAsync(store, $"/k{i:00}"))
                    written.Add($"/k{i:00}");
            }

            var seen = new List<string>();
            await foreach (var batch in store.WatchAsync("/k", start, deadline.Token))
            {
                seen.AddRange(batch.Events.Select(e => e.Key));
                if (seen.Contains("/k19"))
                    break;
            }

            written.Count.ShouldBeGreaterThanOrEqualTo(19); // the write in flight may be refused as not known to have been done
            seen.ShouldBe(seen.Distinct().Order());
            written.Except(seen).ShouldBeEmpty();
        }
        finally
        {
            foreach (var member in members)
                await member.DisposeAsync();
        }

        async Task<bool> WriteAsync(EtcdStore store, string key)
        {
            var (made, refused) = (false, false);
            // While a leader is elected it is refused; it may have been written all the same.
            await Eventually.SucceedsAsync(
                async () => made = (await store.CreateAsync(key, Bytes("1"), new Cause(null, "tester", DateTimeOffset.UnixEpoch), 0, deadline.Token)).Error == StorageError.None,
                failure => refused = failure is StorageException { Error: StorageError.Unavailable });
            return made || refused;
        }
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
