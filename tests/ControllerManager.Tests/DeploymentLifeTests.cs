using Platform.Api.Apps.V1;
using Platform.Api.Core.V1;
using Platform.ControllerManager.Deployments;

namespace Platform.ControllerManager.Tests;

/// <summary>Pause, rollback, restarts of the controllers, and pods that go away, on the real API server.</summary>
public sealed class DeploymentLifeTests
{
    private static readonly Deployment Web = Samples.Deployment(3, surge: 1, unavailable: 0) with { Metadata = new() { Name = "web", Namespace = "default" } };

    [Fact]
    public async Task Paused_changes_roll_out_on_resume_and_a_rollback_reuses_the_old_replica_set()
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var kubelet = new FakeKubelet(cluster);
        await cluster.CreateAsync(Web);
        await CompleteAsync(cluster, 1, 3);

        await cluster.ScaleOrChangeAsync("web", d => d with { Spec = d.Spec! with { Paused = true, Template = Samples.Template("v2"), Replicas = 4 } });
        await cluster.UntilAsync<Pod>(pods => pods.Count == 4 && pods.All(p => p.Spec!.Containers![0].Image == "web:v1"), because: "scaling while paused");
        await cluster.UntilAsync<Deployment>(all => all[0].Status!.Conditions!.Any(c => c is { Type: "Progressing", Reason: "DeploymentPaused" }));
        await cluster.ScaleOrChangeAsync("web", d => d with { Spec = d.Spec! with { Paused = false } });
        await CompleteAsync(cluster, 2, 4);

        await cluster.ScaleOrChangeAsync("web", d => d with { Spec = d.Spec! with { Template = Samples.Template("v1") } });
        await CompleteAsync(cluster, 3, 4);
        var sets = (await cluster.Api.Resource<ReplicaSet>().ListAsync("default")).Items;
        sets.Count.ShouldBe(2);
        sets.Single(s => s.Spec!.Replicas == 4).Metadata.Annotations![Revisions.History].ShouldBe("1");
    }

    [Fact]
    public async Task Controllers_killed_amid_a_rollout_finish_it_after_their_restart_within_bounds()
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var kubelet = new FakeKubelet(cluster);
        await cluster.CreateAsync(Web with { Spec = Web.Spec! with { Replicas = 6 } });
        await CompleteAsync(cluster, 1, 6);
        var before = kubelet.History.Count;
        await cluster.ScaleOrChangeAsync("web", d => d with { Spec = d.Spec! with { Template = Samples.Template("v2") } });
        for (var restart = 0; restart < 3; restart++)
        {
            var wanted = restart + 1;
            await cluster.UntilAsync<Pod>(pods => pods.Count(p => p.Spec!.Containers![0].Image == "web:v2") >= wanted);
            await cluster.StopControllersAsync();
            await cluster.StartControllersAsync();
        }
        await CompleteAsync(cluster, 2, 6);
        var during = kubelet.History.Skip(before).ToList();
        during.Max(h => h.Active).ShouldBeLessThanOrEqualTo(7);
        during.Min(h => h.Ready).ShouldBeGreaterThanOrEqualTo(6);
    }

    [Fact]
    public async Task Deleted_and_relabelled_pods_are_replaced_and_orphans_adopted()
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var kubelet = new FakeKubelet(cluster);
        await cluster.CreateAsync(Web);
        await CompleteAsync(cluster, 1, 3);
        var pods = (await cluster.Api.Resource<Pod>().ListAsync("default")).Items;
        await cluster.Api.Resource<Pod>().DeleteAsync("default", pods[0].Metadata.Name!);
        var stray = await Client.ConflictRetry.UpdateWithRetryAsync(cluster.Api.Resource<Pod>(), "default", pods[1].Metadata.Name!, p =>
            p with { Metadata = p.Metadata with { Labels = new Dictionary<string, string>(p.Metadata.Labels!) { ["app"] = "debug" } } });
        var now = await cluster.UntilAsync<Pod>(all =>
            all.Count == 4 && all.Count(p => p.Metadata.Labels!["app"] == "web" && Workloads.PodStates.IsReady(p)) == 3
            && all.Single(p => p.Metadata.Name == stray.Metadata.Name).Metadata.OwnerReferences is null or { Count: 0 });

        // Given its label back, one is too many.
        await Client.ConflictRetry.UpdateWithRetryAsync(cluster.Api.Resource<Pod>(), "default", stray.Metadata.Name!, p =>
            p with { Metadata = p.Metadata with { Labels = new Dictionary<string, string>(p.Metadata.Labels!) { ["app"] = "web" } } });
        await cluster.UntilAsync<Pod>(all => all.Count == 3 && all.All(p => p.Metadata.OwnerReferences is { Count: 1 }));
    }

    [Fact]
    public async Task Endpoints_and_slices_follow_the_pods()
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var kubelet = new FakeKubelet(cluster);
        await cluster.CreateAsync(new Service
        {
            Metadata = new() { Name = "web", Namespace = "default" },
            Spec = new() { Selector = new Dictionary<string, string> { ["app"] = "web" }, Ports = [new() { Name = "http", Port = 80, TargetPort = 8080 }] },
        });
        await cluster.UntilAsync<Platform.Api.Discovery.V1.EndpointSlice>(s => s.Count(IsOfWeb) == 1);
        await cluster.CreateAsync(Web);
        var slices = await cluster.UntilAsync<Platform.Api.Discovery.V1.EndpointSlice>(all =>
            all.Where(IsOfWeb).Sum(s => s.Endpoints!.Count(e => e.Conditions!.Ready == true)) == 3);
        slices.Single(IsOfWeb).Ports!.Single().Port.ShouldBe(8080);
        var endpoints = await cluster.UntilAsync<Endpoints>(all => all.Any(e => e.Metadata.Name == "web" && e.Subsets?.Sum(s => s.Addresses?.Count ?? 0) == 3));
        endpoints.Single(e => e.Metadata.Name == "web").Subsets!.Single().Ports!.Single().Port.ShouldBe(8080);
        await cluster.ScaleOrChangeAsync("web", d => d with { Spec = d.Spec! with { Replicas = 1 } });
        await cluster.UntilAsync<Platform.Api.Discovery.V1.EndpointSlice>(all => all.Where(IsOfWeb).Sum(s => s.Endpoints!.Count) == 1);
        await cluster.Api.Resource<Service>().DeleteAsync("default", "web");
        await cluster.UntilAsync<Platform.Api.Discovery.V1.EndpointSlice>(all => !all.Any(IsOfWeb), because: "slices of a deleted service are garbage");
        await cluster.UntilAsync<Endpoints>(all => all.All(e => e.Metadata.Name != "web"));
    }

    private static bool IsOfWeb(Platform.Api.Discovery.V1.EndpointSlice slice) => slice.Metadata.Labels?.GetValueOrDefault("kubernetes.io/service-name") == "web";

    private static Task<IReadOnlyList<Deployment>> CompleteAsync(TestCluster cluster, int revision, int replicas) =>
        cluster.UntilAsync<Deployment>(all => all.Any(d =>
            Revisions.Of(d) == revision && d.Status!.ObservedGeneration == d.Metadata.Generation && DeploymentStatusPlan.IsComplete(d,
                d.Status) && d.Status.UpdatedReplicas == replicas),
            because: $"revision {revision} never completed");
}
