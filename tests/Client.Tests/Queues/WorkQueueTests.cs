using System.Diagnostics;
using Platform.Client.Queues;

namespace Platform.Client.Tests.Queues;

public sealed class WorkQueueTests
{
    private readonly TestClock _clock = new();

    private static ActivityContext Cause() => new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);

    [Fact]
    public async Task A_key_added_twice_is_worked_on_once_with_its_newest_cause()
    {
        using var queue = new WorkQueue<string>(_clock);
        var newest = Cause();
        queue.Add("a", Cause());
        queue.Add("a", newest);
        queue.Add("a");
        queue.Length.ShouldBe(1);
        (await queue.TakeAsync())!.Value.Cause.ShouldBe(newest);
        queue.Length.ShouldBe(0);
    }

    [Fact]
    public async Task A_key_that_is_being_worked_on_waits_until_it_is_done()
    {
        using var queue = new WorkQueue<string>(_clock);
        queue.Add("a");
        await queue.TakeAsync();
        queue.Add("a");
        queue.Add("b");
        (await queue.TakeAsync())!.Value.Key.ShouldBe("b");
        var next = queue.TakeAsync().AsTask();
        next.IsCompleted.ShouldBeFalse();
        queue.Done("a");
        (await next)!.Value.Key.ShouldBe("a");
    }

    [Fact]
    public async Task A_delayed_key_comes_at_its_time_and_the_earlier_of_two_times_counts()
    {
        using var queue = new WorkQueue<string>(_clock);
        queue.AddAfter("a", TimeSpan.FromSeconds(10));
        queue.AddAfter("a", TimeSpan.FromSeconds(2));
        queue.AddAfter("b", TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(1));
        queue.Length.ShouldBe(0);
        _clock.Advance(TimeSpan.FromSeconds(1));
        queue.Length.ShouldBe(1);
        queue.Done((await queue.TakeAsync())!.Value.Key);
        _clock.Advance(TimeSpan.FromSeconds(3));
        queue.Done((await queue.TakeAsync())!.Value.Key);
        _clock.Advance(TimeSpan.FromSeconds(20));
        queue.Length.ShouldBe(0);
    }

    [Fact]
    public async Task Failures_of_a_key_double_its_delay_until_it_is_forgotten()
    {
        using var queue = new WorkQueue<string>(_clock);
        foreach (var milliseconds in new[] { 5, 10, 20 })
        {
            queue.AddRateLimited("a");
            _clock.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
            queue.Length.ShouldBe(0);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            queue.Length.ShouldBe(1);
            await queue.TakeAsync();
            queue.Done("a");
        }
        queue.Failures("a").ShouldBe(3);
        queue.Forget("a");
        queue.Failures("a").ShouldBe(0);
    }

    [Fact]
    public void Backoff_ends_at_its_longest()
    {
        new WorkQueueOptions().BackoffAfter(17).ShouldBe(TimeSpan.FromMilliseconds(5 * (1 << 17)));
        new WorkQueueOptions().BackoffAfter(18).ShouldBe(TimeSpan.FromSeconds(1000));
        new WorkQueueOptions().BackoffAfter(int.MaxValue).ShouldBe(TimeSpan.FromSeconds(1000));
    }

    [Fact]
    public void All_failures_together_pass_a_token_bucket()
    {
        using var queue = new WorkQueue<int>(_clock, new() { Burst = 10, PerSecond = 1, MinBackoff = TimeSpan.FromMilliseconds(1) });
        for (var key = 0; key < 12; key++)
            queue.AddRateLimited(key);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        queue.Length.ShouldBe(10);
        _clock.Advance(TimeSpan.FromSeconds(1));
        queue.Length.ShouldBe(11);
        _clock.Advance(TimeSpan.FromSeconds(1));
        queue.Length.ShouldBe(12);
    }

    [Fact]
    public void A_key_that_fails_all_the_time_delays_no_other_beyond_the_longest_back_off()
    {
        using var queue = new WorkQueue<string>(_clock, new() { Burst = 1, PerSecond = 1, MaxBackoff = TimeSpan.FromSeconds(30) });
        for (var i = 0; i < 1000; i++)
            queue.AddRateLimited("greedy");
        queue.AddRateLimited("modest");
        _clock.Advance(TimeSpan.FromSeconds(30));
        queue.Length.ShouldBe(2);
    }

    [Fact]
    public void Delayed_keys_take_room_by_their_number_however_often_their_time_is_brought_forward()
    {
        List<string> ready = [];
        using var delayed = new DelayedKeys<string>(_clock, (key, _) => ready.Add(key));
        for (var i = 0; i < 10_000; i++)
        {
            // Far away, and then soon: what stays behind each time is the entry that is far away.
            delayed.Add("a", TimeSpan.FromHours(10), default);
            delayed.Add("a", TimeSpan.FromMilliseconds(1), default);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            delayed.Entries.ShouldBeLessThan(20);
        }
        ready.Count.ShouldBe(10_000);
        delayed.Add("b", TimeSpan.FromSeconds(1), default);
        _clock.Advance(TimeSpan.FromSeconds(1));
        ready[^1].ShouldBe("b");
    }

    [Fact]
    public async Task A_closed_queue_hands_out_what_is_left_and_then_nothing()
    {
        using var queue = new WorkQueue<string>(_clock);
        queue.Add("a");
        queue.Close();
        (await queue.TakeAsync()).ShouldNotBeNull();
        (await queue.TakeAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task No_key_is_ever_with_two_workers_and_none_is_lost()
    {
        using var queue = new WorkQueue<int>(TimeProvider.System);
        var busy = new int[50];
        var last = new int[50];
        var wanted = new int[50];
        var allAdded = false;
        var allDone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var workers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (await queue.TakeAsync() is { } item)
            {
                Interlocked.Increment(ref busy[item.Key]).ShouldBe(1);
                last[item.Key] = Volatile.Read(ref wanted[item.Key]);
                await Task.Yield();
                Interlocked.Decrement(ref busy[item.Key]);
                queue.Done(item.Key);
                End();
            }
        })).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 20_000; i++)
            {
                var key = random.Next(50);
                Interlocked.Increment(ref wanted[key]);
                queue.Add(key);
            }
        })));
        Volatile.Write(ref allAdded, true);
        End();
        await allDone.Task.WaitAsync(Eventually.Patience);
        queue.Close();
        await Task.WhenAll(workers);

        // Whoever comes last sees that all is done: the one that adds, or a worker.
        void End()
        {
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref allAdded) && last.SequenceEqual(wanted))
                allDone.TrySetResult();
        }
    }
}
