using Platform.Api.Apps.V1;
using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.ControllerManager.Tests;

/// <summary>Garbage collection and the deletion of namespaces, on the real API server.</summary>
public sealed class DeletionTests
{
    private static readonly Deployment Web = Samples.Deployment(2) with { Metadata = new() { Name = "web", Namespace = "default" } };

    private static Dictionary<string, Platform.Api.Quantity> Gibibyte => new() { ["storage"] = Platform.Api.Quantity.Parse("1Gi") };

    [Theory]
    [InlineData("Background")]
    [InlineData("Foreground")]
    public async Task Deleting_a_deployment_deletes_everything_it_made(string policy)
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var kubelet = new FakeKubelet(cluster);
        await cluster.CreateAsync(Web);
        await cluster.UntilAsync<Pod>(pods => pods.Count == 2);
        await cluster.Api.Resource<Deployment>().DeleteAsync("default", "web", new() { PropagationPolicy = policy });
        if (policy == "Foreground")
        {
            await cluster.UntilAsync<Deployment>(all => all.Count == 0, because: "foreground deletion");
            // The owner goes last.
            (await cluster.Api.Resource<Pod>().ListAsync("default")).Items.ShouldBeEmpty();
            (await cluster.Api.Resource<ReplicaSet>().ListAsync("default")).Items.ShouldBeEmpty();
        }
        await cluster.UntilAsync<ReplicaSet>(all => all.Count == 0);
        await cluster.UntilAsync<Pod>(all => all.Count == 0);
        await cluster.UntilAsync<Deployment>(all => all.Count == 0);
    }

    [Fact]
    public async Task Orphan_deletion_leaves_dependents_without_owner()
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var kubelet = new FakeKubelet(cluster);
        await cluster.CreateAsync(Web);
        await cluster.UntilAsync<Pod>(pods => pods.Count == 2 && pods.All(Workloads.PodStates.IsReady));
        await cluster.Api.Resource<Deployment>().DeleteAsync("default", "web", new() { PropagationPolicy = "Orphan" });
        await cluster.UntilAsync<Deployment>(all => all.Count == 0);
        var set = (await cluster.Api.Resource<ReplicaSet>().ListAsync("default")).Items.Single();
        (set.Metadata.OwnerReferences ?? []).ShouldBeEmpty();
        (await cluster.Api.Resource<Pod>().ListAsync("default")).Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_object_whose_owner_never_existed_is_garbage_and_one_with_another_owner_is_not()
    {
        await using var cluster = await TestCluster.StartAsync();
        var real = await cluster.CreateAsync(new ConfigMap { Metadata = new() { Name = "owner", Namespace = "default" } });
        OwnerReference absent = new() { ApiVersion = "v1", Kind = "ConfigMap", Name = "gone", Uid = Guid.NewGuid().ToString() };
        // Same name as a living object, other uid: the namesake is not the owner.
        OwnerReference namesake = absent with { Name = "owner" };
        OwnerReference present = absent with { Name = "owner", Uid = real.Metadata.Uid };
        await cluster.CreateAsync(new ConfigMap { Metadata = new() { Name = "lost", Namespace = "default", OwnerReferences = [absent] } });
        await cluster.CreateAsync(new ConfigMap { Metadata = new() { Name = "mistaken", Namespace = "default", OwnerReferences = [namesake] } });
        await cluster.CreateAsync(new ConfigMap { Metadata = new() { Name = "kept", Namespace = "default", OwnerReferences = [absent, present] } });
        await cluster.UntilAsync<ConfigMap>(all => !all.Any(c => c.Metadata.Name is "lost" or "mistaken")
            && all.Single(c => c.Metadata.Name == "kept").Metadata.OwnerReferences!.Count == 1);
    }

    [Fact]
    public async Task Endpoints_of_a_service_without_pods_go_with_it_and_those_of_others_stay()
    {
        await using var cluster = await TestCluster.StartAsync();
        Service service = new()
        {
            Metadata = new() { Name = "empty", Namespace = "default" },
            Spec = new() { Selector = new Dictionary<string, string> { ["app"] = "nothing" }, Ports = [new() { Port = 80 }] },
        };
        await cluster.CreateAsync(service);
        await cluster.CreateAsync(new Endpoints
        {
            Metadata = new() { Name = "election", Namespace = "default", Annotations = new Dictionary<string, string> { ["control-plane.alpha.kubernetes.io/leader"] = "{}" } },
        });
        await cluster.CreateAsync(new Endpoints
        {
            Metadata = new() { Name = "outside", Namespace = "default" },
            Subsets = [new() { Addresses = [new() { Ip = "192.0.2.9" }], Ports = [new() { Port = 80 }] }],
        });
        await cluster.UntilAsync<Endpoints>(all => all.Any(e => e.Metadata.Name == "empty"));
        await cluster.Api.Resource<Service>().DeleteAsync("default", "empty");
        await cluster.UntilAsync<Endpoints>(all => !all.Any(e => e.Metadata.Name == "empty"));
        (await cluster.Api.Resource<Endpoints>().ListAsync("default")).Items.Select(e => e.Metadata.Name).ShouldBe(["election", "outside"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_claim_goes_when_no_pod_on_a_node_uses_it_any_more()
    {
        await using var cluster = await TestCluster.StartAsync();
        var claims = cluster.Api.Resource<PersistentVolumeClaim>();
        foreach (var name in (string[])["used", "awaited", "unused"])
        {
            await cluster.CreateAsync(new PersistentVolumeClaim
            {
                Metadata = new() { Name = name, Namespace = "default" },
                Spec = new() { AccessModes = ["ReadWriteOnce"], Resources = new() { Requests = Gibibyte } },
            });
        }
        await cluster.CreateAsync(WithClaim("user", "used", "n1"));
        await cluster.CreateAsync(WithClaim("waiting", "awaited", ""));
        foreach (var name in (string[])["used", "awaited", "unused"])
            await claims.DeleteAsync("default", name);
        await cluster.UntilAsync<PersistentVolumeClaim>(all => all.Count == 1);
        (await claims.GetAsync("default", "used")).Metadata.DeletionTimestamp.ShouldNotBeNull();
        await cluster.Api.Resource<Pod>().DeleteAsync("default", "user", new() { GracePeriodSeconds = 0 });
        await cluster.UntilAsync<PersistentVolumeClaim>(all => all.Count == 0, because: "its pod has gone");
    }

    [Fact]
    public async Task A_volume_goes_when_it_is_not_bound()
    {
        await using var cluster = await TestCluster.StartAsync();
        var volumes = cluster.Api.Resource<PersistentVolume>();
        var volume = await cluster.CreateAsync(new PersistentVolume
        {
            Metadata = new() { Name = "v" },
            Spec = new()
            {
                Capacity = Gibibyte,
                AccessModes = ["ReadWriteOnce"],
                HostPath = new() { Path = "/data" },
            },
        });
        volume = await volumes.UpdateStatusAsync(volume with { Status = new() { Phase = "Bound" } });
        await volumes.DeleteAsync(null, "v");
        volume = await volumes.GetAsync(null, "v");
        volume.Metadata.DeletionTimestamp.ShouldNotBeNull();
        await volumes.UpdateStatusAsync(volume with { Status = new() { Phase = "Released" } });
        await cluster.UntilAsync<PersistentVolume>(all => all.Count == 0, "");
    }

    private static Pod WithClaim(string name, string claim, string node)
    {
        var pod = Samples.Pod(name);
        return pod with
        {
            Metadata = new() { Name = name, Namespace = "default" },
            Spec = new()
            {
                NodeName = node,
                Containers = [new() { Name = "c", Image = "i" }],
                Volumes = [new() { Name = "data", PersistentVolumeClaim = new() { ClaimName = claim } }],
            },
            Status = null,
        };
    }

    [Fact]
    public async Task A_namespace_is_emptied_and_goes()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(new Namespace { Metadata = new() { Name = "team" } });
        await cluster.UntilAsync<ServiceAccount>(all => all.Any(a => a.Metadata.Name == "default"), "team");
        await cluster.UntilAsync<ConfigMap>(all => all.Any(c => c.Metadata.Name == "kube-root-ca.crt"), "team");
        await using var kubelet = new FakeKubelet(cluster, ns: "team");
        await cluster.CreateAsync(Web with { Metadata = new() { Name = "web", Namespace = "team" } });
        await cluster.UntilAsync<Pod>(pods => pods.Count == 2, "team");
        await cluster.CreateAsync(new ConfigMap { Metadata = new() { Name = "held", Namespace = "team", Finalizers = ["example.com/hold"] } });
        await cluster.Api.Resource<Namespace>().DeleteAsync(null, "team");
        await cluster.UntilAsync<Namespace>(all => all.Single(n => n.Metadata.Name == "team").Status?.Conditions?.Any(c =>
            c is { Type: "NamespaceFinalizersRemaining", Status: "True",
                Message: "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances" }) == true, "");
        await Client.ConflictRetry.UpdateWithRetryAsync(cluster.Api.Resource<ConfigMap>(), "team", "held", c => c with { Metadata = c.Metadata with { Finalizers = null } });
        await cluster.UntilAsync<Namespace>(all => all.All(n => n.Metadata.Name != "team"), "", "the namespace never went");
        (await cluster.Api.Resource<Pod>().ListAsync("team")).Items.ShouldBeEmpty();
    }
}
