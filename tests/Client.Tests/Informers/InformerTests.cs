using Microsoft.Extensions.Logging.Abstractions;
using Platform.Api.Core.V1;
using Platform.Client.Informers;
using Platform.Client.Tests.Transport;

namespace Platform.Client.Tests.Informers;

public sealed class InformerTests : IAsyncDisposable
{
    private readonly ScriptedServer _server = new();
    private readonly TestClock _clock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _seen = [];
    private readonly SemaphoreSlim _more = new(0);
    private readonly Informer<ConfigMap> _informer;
    private readonly Task _running;

    public InformerTests()
    {
        var options = new InformerOptions { Random = new(1), MinBackoff = TimeSpan.FromSeconds(1) };
        _informer = new(_server.Client(_clock).Resource<ConfigMap>(), options, _clock, NullLogger.Instance);
        _informer.AddIndex("value", map => [map.Value()]);
        _informer.AddHandler(Record);
        _running = _informer.RunAsync(_stop.Token);
    }

    [Fact]
    public async Task The_first_list_is_delivered_before_it_has_synced_and_then_the_watch_follows()
    {
        var list = await _server.NextAsync();
        list.Path.ShouldBe("/api/v1/configmaps?resourceVersion=0");
        _informer.HasSynced.ShouldBeFalse();
        list.Reply(Objects.List(5, Objects.ConfigMap("a", 1), Objects.ConfigMap("b", 2)));
        await _informer.WaitForSyncAsync(default);
        _seen.ShouldBe(["+a x", "+b x"]);
        var watch = await WatchAsync(from: 5);
        await watch.WriteAsync(Objects.Event("MODIFIED", Objects.ConfigMap("a", 6, "y")) + Objects.Event("DELETED", Objects.ConfigMap("b", 7)));
        await SeenAsync(4);
        _seen[2..].ShouldBe(["~a y", "-b x"]);
        _informer.Get("default", "b").ShouldBeNull();
        _informer.Get("default", "a")!.Metadata.ManagedFields.ShouldBeNull();
        _informer.ByIndex("value", "y").Count.ShouldBe(1);
        _informer.ByIndex("value", "x").ShouldBeEmpty();
        _informer.List("default").Count.ShouldBe(1);
        _informer.List("other").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_watch_that_ends_is_resumed_at_the_last_version_seen_in_a_bookmark_too()
    {
        (await _server.NextAsync()).Reply(Objects.List(5));
        var watch = await WatchAsync(from: 5);
        await watch.WriteAsync(Objects.Event("ADDED", Objects.ConfigMap("a", 6)) + Objects.Bookmark(40));
        await SeenAsync(1);
        await watch.EndAsync();
        await WatchAsync(from: 40);
    }

    [Fact]
    public async Task A_lost_connection_is_taken_up_where_it_broke_after_a_pause()
    {
        (await _server.NextAsync()).Reply(Objects.List(5));
        var watch = await WatchAsync(from: 5);
        await watch.WriteAsync(Objects.Event("ADDED", Objects.ConfigMap("a", 6)) + """{"type":"MODI""");
        await SeenAsync(1);
        await watch.EndAsync();
        await AdvanceAsync();
        await WatchAsync(from: 6);
    }

    [Fact]
    public async Task An_expired_version_means_listing_again_and_what_vanished_meanwhile_is_deleted()
    {
        (await _server.NextAsync()).Reply(Objects.List(5, Objects.ConfigMap("a", 1), Objects.ConfigMap("b", 2)));
        var watch = await WatchAsync(from: 5);
        await watch.WriteAsync(Objects.Event("ERROR", Objects.Status(410, "Expired", "too old")));
        var list = await _server.NextAsync();
        list.Path.ShouldBe("/api/v1/configmaps");
        list.Reply(Objects.List(90, Objects.ConfigMap("b", 2), Objects.ConfigMap("c", 80)));
        await WatchAsync(from: 90);
        _seen.ShouldBe(["+a x", "+b x", "+c x", "-a x"]);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_asked_with_growing_pauses()
    {
        for (var failures = 0; failures < 3; failures++)
        {
            (await _server.NextAsync()).Fail(new HttpRequestException("refused"));
            await AdvanceAsync();
        }
        (await _server.NextAsync()).Reply(Objects.List(5));
        await _informer.WaitForSyncAsync(default);
    }

    [Fact]
    public async Task A_handler_that_comes_late_is_given_what_is_there()
    {
        (await _server.NextAsync()).Reply(Objects.List(5, Objects.ConfigMap("a", 1)));
        await _informer.WaitForSyncAsync(default);
        List<string> late = [];
        _informer.AddHandler(change => late.Add(change.Object.Metadata.Name!));
        late.ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_handler_that_throws_does_not_stop_the_others()
    {
        _informer.AddHandler(_ => throw new InvalidOperationException("mine"));
        List<string> other = [];
        _informer.AddHandler(change => other.Add(change.Object.Metadata.Name!));
        (await _server.NextAsync()).Reply(Objects.List(5, Objects.ConfigMap("a", 1), Objects.ConfigMap("b", 1)));
        await _informer.WaitForSyncAsync(default);
        other.ShouldBe(["a", "b"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _more.Dispose();
    }

    private async Task<ScriptedServer.WatchWriter> WatchAsync(int from)
    {
        var exchange = await _server.NextAsync();
        exchange.Path.ShouldContain($"watch=true&allowWatchBookmarks=true&resourceVersion={from}&timeoutSeconds=");
        exchange.Request.Headers.GetValues("Platform-Cause").ShouldBe(["true"]);
        return exchange.Stream();
    }

    /// <summary>Lets the pause pass; the limit of a watch is farther away.</summary>
    private Task AdvanceAsync() => _clock.AdvanceToTimerAsync(within: TimeSpan.FromMinutes(1));

    private async Task SeenAsync(int count)
    {
        using var limit = new CancellationTokenSource(Eventually.Patience);
        while (Count() < count)
            await _more.WaitAsync(limit.Token);
    }

    private int Count()
    {
        lock (_seen)
            return _seen.Count;
    }

    private void Record(InformerEvent<ConfigMap> change)
    {
        var sign = change.Old is null ? '+' : change.New is null ? '-' : '~';
        lock (_seen)
            _seen.Add($"{sign}{change.Object.Metadata.Name} {change.Object.Value()}");
        _more.Release();
    }
}
