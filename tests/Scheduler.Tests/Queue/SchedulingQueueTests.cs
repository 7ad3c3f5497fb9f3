using Platform.Scheduler.Framework;
using Platform.Scheduler.Plugins;
using Platform.Scheduler.Queue;

namespace Platform.Scheduler.Tests.Queue;

public sealed class SchedulingQueueTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly SchedulingQueue _queue;

    public SchedulingQueueTests() => _queue = new(_clock, [new SchedulingGates()]);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task The_higher_priority_comes_first_and_then_who_waits_longer()
    {
        _queue.Set(Make.Pod("old"), default);
        _queue.Set(Make.Pod("later"), default);
        _queue.Set(Make.Pod("important", priority: 10), default);
        (await TakeAsync()).ShouldBe("important");
        (await TakeAsync()).ShouldBe("old");
        (await TakeAsync()).ShouldBe("later");
    }

    [Fact]
    public async Task A_pod_that_fits_nowhere_sleeps_until_something_helps_that_it_waits_for()
    {
        _queue.Set(Make.Pod("p"), default);
        var pod = await _queue.TakeAsync(default);
        _queue.Failed(pod, ClusterEvents.NodeAdded | ClusterEvents.PodRemoved);
        _clock.Advance(TimeSpan.FromSeconds(20));
        _queue.Move(ClusterEvents.NodeLabels);
        _queue.Count(QueuePart.Unschedulable).ShouldBe(1);
        _queue.Move(ClusterEvents.PodRemoved);
        (await TakeAsync()).ShouldBe("p");
    }

    [Fact]
    public async Task A_change_during_the_try_leads_to_backoff_instead_of_sleep()
    {
        _queue.Set(Make.Pod("p"), default);
        var pod = await _queue.TakeAsync(default);
        _queue.Move(ClusterEvents.NodeAdded);
        _queue.Failed(pod, ClusterEvents.NodeAdded);
        _queue.Count(QueuePart.Backoff).ShouldBe(1);
        _clock.Advance(SchedulingQueue.MinBackoff);
        (await TakeAsync()).ShouldBe("p");
    }

    [Fact]
    public async Task Errors_back_off_longer_and_longer_up_to_ten_seconds()
    {
        _queue.Set(Make.Pod("p"), default);
        foreach (var seconds in new[] { 1, 2, 4, 8, 10, 10 })
        {
            _queue.Failed(await _queue.TakeAsync(default), ClusterEvents.None);
            _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            _queue.Count(QueuePart.Backoff).ShouldBe(1);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            _queue.Count(QueuePart.Active).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Nobody_sleeps_longer_than_five_minutes()
    {
        _queue.Set(Make.Pod("p"), default);
        _queue.Failed(await _queue.TakeAsync(default), ClusterEvents.NodeAdded);
        _clock.Advance(SchedulingQueue.MaxUnschedulable);
        (await TakeAsync()).ShouldBe("p");
    }

    [Fact]
    public async Task A_changed_spec_wakes_a_pod_and_a_changed_status_does_not()
    {
        var pod = Make.Pod("p");
        _queue.Set(pod, default);
        _queue.Failed(await _queue.TakeAsync(default), ClusterEvents.PodUpdated);
        _clock.Advance(TimeSpan.FromSeconds(20));
        _queue.Set(pod with { Status = new() { Phase = "Pending" } }, default);
        _queue.Count(QueuePart.Unschedulable).ShouldBe(1);
        _queue.Set(pod with { Spec = pod.Spec! with { Tolerations = [new() { Operator = "Exists" }] } }, default);
        (await TakeAsync()).ShouldBe("p");
    }

    [Fact]
    public async Task A_gated_pod_waits_until_its_gates_are_gone()
    {
        var gated = Make.Pod("p", spec: s => s with { SchedulingGates = [new() { Name = "g" }] });
        _queue.Set(gated, default);
        _queue.Count(QueuePart.Gated).ShouldBe(1);
        _queue.Set(gated with { Spec = gated.Spec! with { SchedulingGates = null } }, default);
        (await TakeAsync()).ShouldBe("p");
    }

    [Fact]
    public async Task A_deleted_pod_is_not_handed_out_and_does_not_come_back()
    {
        _queue.Set(Make.Pod("a"), default);
        _queue.Set(Make.Pod("b"), default);
        _queue.Remove(Make.Pod("a").Info().Key);
        var pod = await _queue.TakeAsync(default);
        pod.Info.Pod.Metadata.Name.ShouldBe("b");
        _queue.Remove(pod.Info.Key);
        _queue.Failed(pod, ClusterEvents.None);
        Enum.GetValues<QueuePart>().Sum(_queue.Count).ShouldBe(0);
    }

    [Fact]
    public async Task A_pod_made_anew_under_the_same_name_starts_afresh()
    {
        _queue.Set(Make.Pod("p"), default);
        var before = await _queue.TakeAsync(default);
        var anew = Make.Pod("p");
        _queue.Set(anew with { Metadata = anew.Metadata with { Uid = "new" } }, default);
        _queue.Failed(before, ClusterEvents.NodeAdded);
        var after = await _queue.TakeAsync(default);
        after.Info.Uid.ShouldBe("new");
        after.Attempts.ShouldBe(1);
    }

    private async Task<string> TakeAsync()
    {
        var pod = await _queue.TakeAsync(new CancellationTokenSource(Eventually.Patience).Token);
        return pod.Info.Pod.Metadata.Name!;
    }
}
