using System.Text;
using Platform.Api.Errors;
using Platform.Api.Selectors;
using Platform.ApiServer.Watching;
using Platform.Storage;

namespace Platform.ApiServer.Tests.Watching;

public sealed class ResourceCacheTests
{
    private readonly CacheFixture _fixture = new();

    private ResourceCache Cache => _fixture.Cache;

    [Fact]
    public void A_snapshot_does_not_change_with_later_writes()
    {
        _fixture.Write("a");
        var snapshot = Cache.Snapshot(0);
        _fixture.Write("b");
        _fixture.Delete("a");
        snapshot.Objects.Range("", null).Select(o => o.Name.ToString()).ShouldBe(["a"]);
        snapshot.Revision.ShouldBe(11);
    }

    [Fact]
    public void Objects_are_stamped_with_their_revision()
    {
        _fixture.Write("a");
        Encoding.UTF8.GetString(Cache.Find("ns/a")!.Bytes.Span).ShouldContain("\"resourceVersion\":\"11\"");
        Encoding.UTF8.GetString(Cache.Find("ns/a")!.Framed.Span).ShouldEndWith("} } }}\n");
    }

    [Fact]
    public void A_watch_sees_every_event_after_its_revision_once_wherever_it_joins()
    {
        _fixture.Write("a");
        _fixture.Write("b");
        var watcher = Cache.WatchFrom(Selection.Everything, 11);
        _fixture.Write("a");
        _fixture.Delete("b");
        CacheFixture.Drain(watcher).ShouldBe(["ADDED b 12", "MODIFIED a 13", "DELETED b 14"]);
    }

    [Fact]
    public void A_watch_from_a_version_in_the_future_waits_for_it()
    {
        var watcher = Cache.WatchFrom(Selection.Everything, 11);
        _fixture.Write("a");
        _fixture.Write("b");
        CacheFixture.Drain(watcher).ShouldBe(["ADDED b 12"]);
    }

    [Fact]
    public void An_object_that_enters_or_leaves_the_selection_is_added_or_deleted()
    {
        var watcher = Cache.WatchFromNow(Selection.Everything with { Labels = Selector.Parse("tier=web") }, sendInitialEvents: true);
        _fixture.Write("a", "db");
        _fixture.Write("a", "web");
        _fixture.Write("a", "web");
        _fixture.Write("a", "db");
        _fixture.Delete("a", "db");
        CacheFixture.Drain(watcher).ShouldBe(["ADDED a 12", "MODIFIED a 13", "DELETED a 14"]);
    }

    [Fact]
    public void A_watcher_that_does_not_keep_up_is_cut_off_and_the_others_are_not()
    {
        var slow = Cache.WatchFromNow(Selection.Everything, sendInitialEvents: false);
        var quick = Cache.WatchFromNow(Selection.Everything, sendInitialEvents: false);
        var seen = 0;
        for (var i = 0; i < Watcher.QueueCapacity + 10; i++)
        {
            _fixture.Write("a");
            seen += CacheFixture.Drain(quick).Count;
        }
        seen.ShouldBe(Watcher.QueueCapacity + 10);
        slow.WasCutOff.ShouldBeTrue();
        quick.WasCutOff.ShouldBeFalse();
        CacheFixture.Drain(slow).Count.ShouldBe(Watcher.QueueCapacity);
        slow.Queue.Completion.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void A_watcher_is_cut_off_by_the_bytes_that_wait_for_it_too()
    {
        const int Large = 3 * 1024 * 1024;
        var slow = Cache.WatchFromNow(Selection.Everything, sendInitialEvents: false);
        var quick = Cache.WatchFromNow(Selection.Everything, sendInitialEvents: false);
        for (var i = 0; i <= Watcher.QueueBytes / Large; i++)
        {
            _fixture.Write("a", new string('x', Large));
            CacheFixture.Drain(quick).Count.ShouldBe(1);
        }
        slow.WasCutOff.ShouldBeTrue();
        quick.WasCutOff.ShouldBeFalse();
        CacheFixture.Drain(slow).Count.ShouldBeLessThanOrEqualTo((int)(Watcher.QueueBytes / Large));
    }

    [Fact]
    public void A_watch_from_before_the_oldest_event_is_refused_as_expired()
    {
        Should.Throw<ApiException>(() => Cache.WatchFrom(Selection.Everything, 9)).IsGone.ShouldBeTrue();
        for (var i = 0; i < EventRing.MaximumEvents + 5; i++)
            _fixture.Write("a");
        Should.Throw<ApiException>(() => Cache.WatchFrom(Selection.Everything, 14)).IsGone.ShouldBeTrue();
        Cache.WatchFrom(Selection.Everything, _fixture.Revision - 1).Backlog.Count.ShouldBe(1);
    }

    [Fact]
    public void Loading_anew_ends_all_watches()
    {
        var watcher = Cache.WatchFromNow(Selection.Everything, sendInitialEvents: false);
        Cache.Load(KeyMap<CachedObject>.Empty, 20);
        watcher.Queue.Completion.IsCompleted.ShouldBeTrue();
        Cache.WatcherCount.ShouldBe(0);
    }
}
