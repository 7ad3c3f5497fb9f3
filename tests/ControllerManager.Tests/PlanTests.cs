using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;
using Platform.ControllerManager.Deployments;
using Platform.ControllerManager.GarbageCollection;
using Platform.ControllerManager.Metadata;
using Platform.ControllerManager.NodeIpam;
using Platform.ControllerManager.NodeLifecycle;
using Platform.ControllerManager.ReplicaSets;
using Platform.ControllerManager.TaintEviction;

namespace Platform.ControllerManager.Tests;

/// <summary>The pure decisions, case by case.</summary>
public sealed class PlanTests
{
    [Theory]
    [InlineData(10, "25%", "25%", 13, 8)]
    [InlineData(1, "25%", "25%", 2, 1)]
    [InlineData(10, "0%", "0%", 10, 9)]
    [InlineData(0, "25%", "25%", 0, 0)]
    [InlineData(3, "100%", "100%", 6, 0)]
    public void Bounds_round_surge_up_and_unavailable_down(int replicas, string surge, string unavailable, int max, int min)
    {
        var bounds = RolloutBounds.Of(Samples.Deployment(replicas, surge: surge, unavailable: unavailable));
        (bounds.MaxTotal, bounds.MinAvailable).ShouldBe((max, min));
    }

    // old size, old available, new size, new available -> change of old, change of new
    [Theory]
    [InlineData(10, 10, 0, 0, 10, 3)]
    [InlineData(10, 10, 3, 0, 8, 3)]
    [InlineData(8, 8, 3, 0, 8, 5)]
    [InlineData(8, 8, 5, 0, 8, 5)]
    [InlineData(8, 8, 5, 2, 6, 5)]
    [InlineData(10, 4, 3, 0, 8, 3)]
    [InlineData(0, 0, 10, 3, 0, 10)]
    public void Rolling_step_grows_new_first_then_shrinks_old(int old, int oldAvailable, int current, int currentAvailable, int wantedOld, int wantedCurrent)
    {
        var view = DeploymentView.Of(Samples.Deployment(10, "v2"), [Samples.Set("v1", old, oldAvailable, age: 9), Samples.Set("v2",
            current, currentAvailable)], false, Samples.Now);
        var changes = RollingUpdatePlan.Compute(view);
        var sizes = changes.ToDictionary(c => c.Before.Metadata.Name!, c => c.To);
        (sizes.GetValueOrDefault("web-v1", old), sizes.GetValueOrDefault("web-v2", current)).ShouldBe((wantedOld, wantedCurrent));
    }

    [Fact]
    public void A_rollout_never_leaves_its_bounds_whatever_becomes_ready_in_which_order()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var deployment = Samples.Deployment(random.Next(1, 12), "v2", surge: random.Next(0, 4), unavailable: random.Next(0, 4));
            var replicas = deployment.Spec!.Replicas!.Value;
            var sets = new[] { Samples.Set("v0", replicas / 3, age: 20), Samples.Set("v1", replicas - (replicas / 3), age: 9), Samples.Set("v2", 0) };
            var bounds = RolloutBounds.Of(deployment);
            // What there really is; the statuses that the plan sees trail behind.
            var pods = sets.Select(s => (Total: ReplicaSetChange.Size(s), Available: s.Status!.AvailableReplicas!.Value)).ToArray();
            for (var step = 0; step < 800; step++)
            {
                foreach (var change in RollingUpdatePlan.Compute(DeploymentView.Of(deployment, sets, false, Samples.Now)))
                    sets[Array.FindIndex(sets, s => ReferenceEquals(s, change.Before))] = change.After;
                var i = random.Next(3);
                var size = ReplicaSetChange.Size(sets[i]);
                switch (random.Next(3))
                {
                    case 0:
                        pods[i] = (size, Math.Min(pods[i].Available, size)); // Pods that are not available go first.
                        break;
                    case 1:
                        sets[i] = sets[i] with { Status = new() { Replicas = pods[i].Total, AvailableReplicas = pods[i].Available } };
                        break;
                    default:
                        pods[i].Available = Math.Min(pods[i].Total, pods[i].Available + 1);
                        break;
                }
                pods.Sum(p => p.Total).ShouldBeLessThanOrEqualTo(bounds.MaxTotal, $"seed {seed}");
                pods.Sum(p => p.Available).ShouldBeGreaterThanOrEqualTo(bounds.MinAvailable, $"seed {seed}");
            }
            (ReplicaSetChange.Size(sets[2]), ReplicaSetChange.Size(sets[0]) + ReplicaSetChange.Size(sets[1])).ShouldBe((replicas, 0), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(20, 16, 9)]
    [InlineData(5, 4, 2)]
    [InlineData(0, 0, 0)]
    public void Scaling_amid_a_rollout_spreads_in_proportion(int replicas, int old, int current)
    {
        // 10 wanted with a surge of 3: 8 old and 5 new.
        var view = DeploymentView.Of(Samples.Deployment(replicas, "v2"), [Samples.Set("v1", 8, age: 9, desired: 10, max: 13),
            Samples.Set("v2", 5, 0, desired: 10, max: 13)], false, Samples.Now);
        ProportionalScaling.IsNeeded(view).ShouldBeTrue();
        var sizes = ProportionalScaling.Compute(view).ToDictionary(c => c.Before.Metadata.Name!, c => c.To);
        (sizes["web-v1"] + sizes["web-v2"]).ShouldBe(replicas == 0 ? 0 : view.Bounds.MaxTotal);
        Math.Abs(sizes["web-v1"] - old).ShouldBeLessThanOrEqualTo(1);
        Math.Abs(sizes["web-v2"] - current).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void Equal_templates_hash_equally_whatever_order_their_labels_have()
    {
        var one = Samples.Template() with { Metadata = new() { Labels = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" } } };
        var two = Samples.Template() with { Metadata = new() { Labels = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } } };
        TemplateHash.Compute(one, 0).ShouldBe(TemplateHash.Compute(two, 0));
        TemplateHash.Compute(one, 1).ShouldNotBe(TemplateHash.Compute(one, 0));
        TemplateHash.Same(one, TemplateHash.With(two, "xyz")).ShouldBeTrue();
        TemplateHash.Compute(one, 0).ShouldMatch("^[bcdfghjklmnpqrstvwxz2456789]+$");
    }

    [Fact]
    public void Going_back_to_an_old_template_gives_it_a_new_revision_and_keeps_the_old_one_in_its_history()
    {
        var view = DeploymentView.Of(Samples.Deployment(2, "v1"), [Samples.Set("v1", 0, age: 9, revision: 1), Samples.Set("v2", 2, revision: 2)], false, Samples.Now);
        var plan = DeploymentPlanner.Compute(view);
        plan.Revision.ShouldBe("3");
        var annotations = plan.Changes.Single().After.Metadata.Annotations!;
        (annotations[Revisions.Revision], annotations[Revisions.History]).ShouldBe(("3", "1"));
    }

    [Fact]
    public void Recreate_waits_for_the_last_old_pod()
    {
        var deployment = Samples.Deployment(2, "v2", type: "Recreate");
        var stopping = DeploymentPlanner.Compute(DeploymentView.Of(deployment, [Samples.Set("v1", 2)], true, Samples.Now));
        (stopping.Create, stopping.Changes.Single().To).ShouldBe((null, 0));
        DeploymentPlanner.Compute(DeploymentView.Of(deployment, [Samples.Set("v1", 0)], true, Samples.Now)).Create.ShouldBeNull();
        DeploymentPlanner.Compute(DeploymentView.Of(deployment, [Samples.Set("v1", 0)], false, Samples.Now)).Create!.Spec!.Replicas.ShouldBe(2);
    }

    [Fact]
    public void A_rollout_without_progress_exceeds_its_deadline()
    {
        var deployment = Samples.Deployment(2, "v2") with
        {
            Status = new() { Replicas = 2, UpdatedReplicas = 2, Conditions = [new() { Type = "Progressing", Status = "True",
                Reason = "ReplicaSetUpdated", LastUpdateTime = Samples.Now.AddSeconds(-601) }] },
        };
        var plan = DeploymentPlanner.Compute(DeploymentView.Of(deployment, [Samples.Set("v2", 2, 0)], false, Samples.Now));
        var condition = plan.Status.Conditions!.Single(c => c.Type == "Progressing");
        (condition.Status, condition.Reason, condition.Message).ShouldBe(("False", "ProgressDeadlineExceeded", "ReplicaSet \"web-v2\" has timed out progressing."));
    }

    [Fact]
    public void Pods_are_deleted_in_upstreams_order()
    {
        Pod[] order =
        [
            Samples.Pod("unassigned", node: null),
            Samples.Pod("pending", phase: "Pending", ready: false),
            Samples.Pod("not-ready", ready: false),
            Samples.Pod("cheap", cost: -5),
            Samples.Pod("crowded", node: "n2"), Samples.Pod("crowded2", node: "n2", readyFor: 600000),
            Samples.Pod("ready-lately", node: "n3", readyFor: 1),
            Samples.Pod("restarted", node: "n4", restarts: 3),
            Samples.Pod("young", node: "n5", age: 5),
            Samples.Pod("old", node: "n6", age: 600000, readyFor: 60),
        ];
        var related = order.Append(Samples.Pod("other", node: "n2"));
        var shuffled = order.ToArray();
        new Random(7).Shuffle(shuffled);
        DeletionRanking.Choose(shuffled, related, 9, Samples.Now).Select(p => p.Metadata.Name).ShouldBe(order.Take(9).Select(p => p.Metadata.Name));
    }

    [Fact]
    public void Creation_starts_slowly()
    {
        ReplicaSetPlan.SlowStart(10).ShouldBe([1, 2, 4, 3]);
        ReplicaSetPlan.Compute(Samples.Set("v1", 3), [], [], cacheIsCurrent: false, Samples.Now).ShouldBe(ReplicaSetPlan.Nothing);
        ReplicaSetPlan.Compute(Samples.Set("v1", 900), [], [], cacheIsCurrent: true, Samples.Now).Create.ShouldBe(ReplicaSetPlan.Burst);
    }

    [Fact]
    public void Node_ranges_do_not_overlap_and_run_out()
    {
        var cluster = System.Net.IPNetwork.Parse("10.64.0.0/22");
        List<System.Net.IPNetwork> taken = [System.Net.IPNetwork.Parse("10.64.1.0/25")];
        while (PodRangePlan.Choose(cluster, taken) is { } next)
            taken.Add(next);
        taken.Skip(1).Select(t => t.ToString()).ShouldBe(["10.64.0.0/24", "10.64.2.0/24", "10.64.3.0/24"]);
    }

    private static readonly ServedResource Resource = new("", "v1", "configmaps", "ConfigMap", true, []);

    private static GraphNode Item(string uid, string? finalizer = null, bool deleting = false, params string[] owners) => new(
        Resource, "default", uid, uid, [.. owners.Select(o => new OwnerReference { Uid = o, BlockOwnerDeletion = true })], finalizer is null ? [] : [finalizer], deleting);

    [Fact]
    public void Garbage_is_what_has_only_absent_owners()
    {
        OwnerReference a = new() { Uid = "a" }, b = new() { Uid = "b" };
        var item = Item("x", owners: ["a", "b"]);
        GarbagePlan.Compute(item, [], [(a, OwnerState.Absent), (b, OwnerState.Absent)]).ShouldBe(new(GarbageAction.Delete, "Background"));
        GarbagePlan.Compute(item, [], [(a, OwnerState.Absent), (b, OwnerState.Present)]).Action.ShouldBe(GarbageAction.DropOwners);
        GarbagePlan.Compute(item, [], [(a, OwnerState.Absent), (b, OwnerState.Unknown)]).Action.ShouldBe(GarbageAction.DropOwners);
        GarbagePlan.Compute(item, [], [(a, OwnerState.Unknown), (b, OwnerState.Unknown)]).Action.ShouldBe(GarbageAction.Keep);
        GarbagePlan.Compute(item, [Item("y", owners: ["x"])], [(a, OwnerState.WaitingForDependents)]).ShouldBe(new(GarbageAction.Delete, "Foreground"));
        GarbagePlan.Compute(item, [], [(a, OwnerState.WaitingForDependents)]).ShouldBe(new(GarbageAction.Delete, "Background"));
        GarbagePlan.Compute(Item("x", "orphan", deleting: true), [], []).Action.ShouldBe(GarbageAction.Orphan);
        GarbagePlan.Compute(Item("x", "foregroundDeletion", deleting: true), [Item("y", owners: ["x"])], []).Action.ShouldBe(GarbageAction.WaitForDependents);
        GarbagePlan.Compute(Item("x", "foregroundDeletion", deleting: true), [], []).Action.ShouldBe(GarbageAction.FinishForeground);
    }

    [Theory]
    [InlineData("True", "False", "True", ZoneState.Normal)]
    [InlineData("False", "False", "False", ZoneState.FullDisruption)]
    public void Zones_are_judged_by_their_nodes(string a, string b, string c, object state) =>
        NodePlan.StateOf([a == "True", b == "True", c == "True"]).ShouldBe((ZoneState)state);

    [Fact]
    public void A_silent_node_becomes_unknown_and_is_tainted_but_not_evicted_when_all_are_silent()
    {
        var node = new Node { Metadata = new() { Name = "n1" }, Status = new() { Conditions = [new() { Type = "Ready", Status = "True" }] } };
        var silent = node with { Status = node.Status with { Conditions = NodePlan.Silent(node, Samples.Now) } };
        silent.Status!.Conditions!.Single(c => c.Type == "Ready").Reason.ShouldBe("NodeStatusUnknown");
        NodePlan.Silent(silent, Samples.Now).ShouldBeNull();
        NodePlan.Taints(silent, mayEvict: true, removeEvicting: false, Samples.Now)!.Select(t => t.Key + ":" + t.Effect)
            .ShouldBe(["node.kubernetes.io/unreachable:NoSchedule", "node.kubernetes.io/unreachable:NoExecute"]);
        NodePlan.Taints(silent, mayEvict: true, removeEvicting: true, Samples.Now)!.ShouldAllBe(t => t.Effect == "NoSchedule");
        NodePlan.EvictionPause(ZoneState.FullDisruption, 3, allZonesDown: true).ShouldBeNull();
    }

    [Fact]
    public void Tolerations_delay_eviction()
    {
        var taint = new Taint { Key = NodePlan.UnreachableTaint, Effect = "NoExecute", TimeAdded = Samples.Now };
        Pod With(params Toleration[] tolerations) => Samples.Pod("p") with { Spec = new() { Tolerations = tolerations } };
        DateTimeOffset? At(Pod pod) => EvictionPlan.EvictAt(pod, [taint], t => t.TimeAdded!.Value);
        At(With()).ShouldBe(Samples.Now);
        At(With(new Toleration { Operator = "Exists" })).ShouldBeNull();
        At(With(new Toleration { Key = taint.Key, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 300 })).ShouldBe(Samples.Now.AddSeconds(300));
        At(With(new Toleration { Key = "other", Operator = "Exists" })).ShouldBe(Samples.Now);
    }
}
