using Platform.Scheduler.Plugins;

namespace Platform.Scheduler.Tests.Plugins;

public sealed class ScoreTests
{
    [Fact]
    public void The_emptier_node_scores_higher()
    {
        var cache = Make.Cache(Make.Node("a", cpu: "4", memory: "8Gi"), Make.Node("b", cpu: "4", memory: "8Gi"));
        cache.SetPod(Make.Pod("w", cpu: "2", memory: "4Gi").On("a"));
        new NodeResourcesFit().Scored(Make.Pod("p", cpu: "1", memory: "2Gi"), cache).ShouldBe([25, 75]);
    }

    [Fact]
    public void Containers_without_requests_count_all_the_same()
    {
        var cache = Make.Cache(Make.Node("a", cpu: "1", memory: "1000Mi"), Make.Node("b", cpu: "1", memory: "1000Mi"));
        cache.SetPod(Make.Pod("w").On("a"));
        new NodeResourcesFit().Scored(Make.Pod("p"), cache).ShouldBe([70, 85]);
    }

    [Fact]
    public void Balanced_use_scores_higher_than_lopsided_use()
    {
        var cache = Make.Cache(Make.Node("a", cpu: "10", memory: "10Gi"), Make.Node("b", cpu: "10", memory: "10Gi"));
        cache.SetPod(Make.Pod("w", cpu: "5").On("a"));
        var scores = new NodeResourcesBalancedAllocation().Scored(Make.Pod("p", cpu: "1", memory: "1Gi"), cache);
        scores.ShouldBe([75, 100]);
    }

    [Fact]
    public void A_node_with_the_image_scores_by_size_and_spread()
    {
        const long Megabyte = 1024 * 1024;
        var with = Make.Node("a");
        with = with with { Status = with.Status! with { Images = [new() { Names = ["app:1"], SizeBytes = 1000 * Megabyte }] } };
        var cache = Make.Cache(with, Make.Node("b"));
        var scores = new ImageLocality().Scored(Make.Pod("p"), cache);
        scores[0].ShouldBe(100 * (500 - 23) / (1000 - 23));
        scores[1].ShouldBe(0);
        cache.RemoveNode("a");
        new ImageLocality().Scored(Make.Pod("p"), cache).ShouldBeEmpty();
    }
}
