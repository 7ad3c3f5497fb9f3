using Platform.Api;
using Platform.Api.Apps.V1;
using Platform.Api.Core.V1;
using Platform.ControllerManager.Deployments;

namespace Platform.ControllerManager.Tests;

/// <summary>Deployments on the real API server, with all controllers running.</summary>
public sealed class RolloutTests
{
    [Theory]
    [InlineData(10, "25%", "25%", 13, 8)]
    [InlineData(5, "1", "0", 6, 5)]
    [InlineData(4, "0", "1", 4, 3)]
    public async Task Rolling_update_stays_within_surge_and_availability(int replicas, string surge, string unavailable, int max, int min)
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var kubelet = new FakeKubelet(cluster);
        await cluster.CreateAsync(Fresh(replicas, Parse(surge), Parse(unavailable)));
        await CompleteAsync(cluster, replicas, 1);
        int before;
        lock (kubelet.History)
            before = kubelet.History.Count;

        await cluster.ScaleOrChangeAsync("web", d => d with { Spec = d.Spec! with { Template = Samples.Template("v2") } });
        await CompleteAsync(cluster, replicas, 2);
        await cluster.UntilAsync<Pod>(pods => pods.Count == replicas && pods.All(p => p.Spec!.Containers![0].Image == "web:v2"));

        var during = kubelet.History.Skip(before).ToList();
        during.ShouldNotBeEmpty();
        during.Max(h => h.Active).ShouldBeLessThanOrEqualTo(max);
        during.Min(h => h.Ready).ShouldBeGreaterThanOrEqualTo(min);
        var sets = (await cluster.Api.Resource<ReplicaSet>().ListAsync("default")).Items;
        sets.Count.ShouldBe(2);
        sets.Single(s => s.Spec!.Replicas == 0).Metadata.Annotations![Revisions.Revision].ShouldBe("1");
    }

    private static IntOrString Parse(string text) => int.TryParse(text, out var number) ? number : text;

    private static Deployment Fresh(int replicas, IntOrString surge, IntOrString unavailable) =>
        Samples.Deployment(replicas, surge: surge, unavailable: unavailable) with { Metadata = new() { Name = "web", Namespace = "default" } };

    private static Task<IReadOnlyList<Deployment>> CompleteAsync(TestCluster cluster, int replicas, int revision) =>
        cluster.UntilAsync<Deployment>(all => all.Any(d =>
            Revisions.Of(d) == revision && d.Status?.ObservedGeneration == d.Metadata.Generation && DeploymentStatusPlan.IsComplete(d, d.Status!)
            && d.Status!.UpdatedReplicas == replicas), because: $"revision {revision} never completed");
}
