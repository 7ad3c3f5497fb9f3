using Platform.ApiServer.FlowControl;

namespace Platform.ApiServer.Tests.FlowControl;

/// <summary>https://kubernetes.io/docs/concepts/cluster-administration/flow-control/#queuing</summary>
public sealed class FlowQueuesTests
{
    [Fact]
    public void A_greedy_flow_does_not_starve_another()
    {
        var queues = Queues(8, 1, 100);
        var greedy = Enumerable.Range(0, 50).Select(_ => queues.Enqueue(null!, 1, 1)!).ToList();
        var modest = queues.Enqueue(null!, 2, 1)!;
        Take(queues).ShouldBe(greedy[0]);
        Take(queues).ShouldBe(modest);
        Take(queues).ShouldBe(greedy[1]);
    }

    [Fact]
    public void Wide_requests_pay_with_turns()
    {
        var queues = Queues(8, 1, 100);
        for (var i = 0; i < 4; i++)
        {
            queues.Enqueue(null!, 1, 10);
            queues.Enqueue(null!, 2, 1);
        }
        Enumerable.Range(0, 5).Select(_ => Take(queues).Seats).ShouldBe([10, 1, 1, 1, 1]);
    }

    [Fact]
    public void Requests_of_a_flow_keep_their_order()
    {
        var queues = Queues(1, 1, 100);
        var all = Enumerable.Range(0, 10).Select(i => queues.Enqueue(null!, (ulong)i, 1)!).ToList();
        all.ShouldAllBe(w => ReferenceEquals(Take(queues), w));
        queues.Next().ShouldBeNull();
    }

    [Fact]
    public void A_flow_fills_its_hand_and_no_other_queue()
    {
        var queues = Queues(64, 6, 10);
        var admitted = 0;
        while (queues.Enqueue(null!, 0xfeed_f00d_dead_beef, 1) is not null)
            admitted++;
        admitted.ShouldBe(60);
        queues.Enqueue(null!, 12345, 1).ShouldNotBeNull();
    }

    [Fact]
    public void Hands_have_no_queue_twice()
    {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var queues = Queues(7, 7, 1);
            var flow = (ulong)random.NextInt64();
            for (var j = 0; j < 7; j++)
                queues.Enqueue(null!, flow, 1).ShouldNotBeNull();
            queues.Enqueue(null!, flow, 1).ShouldBeNull();
        }
    }

    [Fact]
    public void Who_waits_no_longer_leaves_room()
    {
        var queues = Queues(1, 1, 1);
        var waiter = queues.Enqueue(null!, 0, 1)!;
        queues.Enqueue(null!, 0, 1).ShouldBeNull();
        queues.Remove(waiter).ShouldBeTrue();
        queues.Remove(waiter).ShouldBeFalse();
        queues.Waiting.ShouldBe(0);
        queues.Enqueue(null!, 0, 1).ShouldNotBeNull();
    }

    private static FlowWaiter Take(FlowQueues queues)
    {
        var waiter = queues.Next()!;
        queues.Dequeue(waiter);
        return waiter;
    }

    private static FlowQueues Queues(int count, int hand, int length) => new(new() { Queues = count, HandSize = hand, QueueLengthLimit = length });
}
