using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Discovery.V1;
using Platform.ControllerManager.EndpointSlices;
using Platform.ControllerManager.LegacyEndpoints;
using Platform.ControllerManager.Metadata;
using Platform.ControllerManager.Namespaces;

namespace Platform.ControllerManager.Tests;

/// <summary>How endpoints are packed into slices and into the legacy object; in which order a namespace empties.</summary>
public sealed class EndpointPlanTests
{
    private static Service Web(IntOrString? target = null, bool publishAll = false) => new()
    {
        Metadata = new() { Name = "web", Namespace = "default", Uid = "s" },
        Spec = new()
        {
            ClusterIP = "10.128.0.9",
            Selector = new Dictionary<string, string> { ["app"] = "web" },
            Ports = [new() { Name = "http", Port = 80, TargetPort = target ?? 8080 }],
            PublishNotReadyAddresses = publishAll,
        },
    };

    private static Pod Pod(int i, bool ready = true, bool ending = false, int port = 8080)
    {
        var pod = Samples.Pod("p" + i, ready: ready);
        var ip = $"10.64.{i / 250}.{(i % 250) + 1}";
        return pod with
        {
            Metadata = pod.Metadata with { DeletionTimestamp = ending ? Samples.Now : null },
            Spec = new() { NodeName = "n1", Containers = [new() { Name = "web", Ports = [new() { Name = "named", ContainerPortValue = port }] }] },
            Status = pod.Status! with { PodIP = ip, PodIPs = [new() { Ip = ip }] },
        };
    }

    private static EndpointSlicePlan Plan(Service service, IEnumerable<Pod> pods, params EndpointSlice[] existing) =>
        EndpointSlicePlan.Compute(service, pods, existing, _ => "zone-a");

    [Theory]
    [InlineData(true, false, false, true, true, false)]
    [InlineData(false, false, false, false, false, false)]
    [InlineData(true, true, false, false, true, true)]
    [InlineData(false, false, true, true, false, false)]
    [InlineData(true, true, true, true, true, true)]
    public void Conditions_tell_readiness_from_serving(bool podReady, bool ending, bool publishAll, bool ready, bool serving, bool terminating)
    {
        var endpoint = Plan(Web(publishAll: publishAll), [Pod(1, podReady, ending)]).Create.Single().Endpoints!.Single();
        (endpoint.Conditions!.Ready, endpoint.Conditions.Serving, endpoint.Conditions.Terminating).ShouldBe((ready, serving, terminating));
        (endpoint.NodeName, endpoint.Zone, endpoint.TargetRef!.Name).ShouldBe(("n1", "zone-a", "p1"));
    }

    [Fact]
    public void A_slice_holds_at_most_a_hundred_and_one_change_rewrites_one_slice()
    {
        var pods = Enumerable.Range(0, 250).Select(i => Pod(i)).ToList();
        var first = Plan(Web(), pods).Create;
        first.Select(s => s.Endpoints!.Count).ShouldBe([100, 100, 50]);
        EndpointSlice[] existing = [.. first.Select((s, i) => s with { Metadata = s.Metadata with { Name = "web-" + i, Uid = "u" + i } })];

        var same = Plan(Web(), pods, existing);
        (same.Create.Count, same.Update.Count, same.Delete.Count).ShouldBe((0, 0, 0));
        pods[7] = Pod(7, ready: false);
        var changed = Plan(Web(), pods, existing);
        (changed.Create.Count, changed.Update.Count, changed.Delete.Count).ShouldBe((0, 1, 0));
        var fewer = Plan(Web(), pods.Take(10), existing);
        fewer.Update.Sum(s => s.Endpoints!.Count).ShouldBe(10);
        (fewer.Update.Count + fewer.Delete.Count).ShouldBe(3);
    }

    [Fact]
    public void Named_ports_of_different_numbers_make_different_slices_and_duplicates_vanish()
    {
        var slices = Plan(Web("named"), [Pod(1, port: 8080), Pod(2, port: 9090)]).Create;
        slices.Select(s => s.Ports!.Single().Port).Order().ShouldBe([8080, 9090]);
        var one = Plan(Web(), [Pod(1)]).Create.Single();
        var twice = Plan(Web(), [Pod(1)], one with { Metadata = one.Metadata with { Uid = "a" } }, one with { Metadata = one.Metadata with { Uid = "b" } });
        (twice.Create.Count, twice.Delete.Count).ShouldBe((0, 1));
    }

    [Fact]
    public void A_slice_that_would_go_is_used_for_what_would_need_a_new_one()
    {
        EndpointSlice Existing(Service service, params Pod[] pods)
        {
            var made = Plan(service, pods).Create.Single();
            return made with { Metadata = made.Metadata with { Name = "web-1", Uid = "a" } };
        }

        // From the empty slice of a service without endpoints to its first one, and from one port to another.
        foreach (var existing in (EndpointSlice[])[Existing(Web()), Existing(Web(9090), Pod(1))])
        {
            var plan = Plan(Web(), [Pod(1)], existing);
            (plan.Create.Count, plan.Delete.Count).ShouldBe((0, 0));
            var slice = plan.Update.Single();
            (slice.Metadata.Uid, slice.Ports!.Single().Port, slice.Endpoints!.Count).ShouldBe(("a", 8080, 1));
        }
        Plan(Web(), [Pod(1)], Existing(Web()) with { AddressType = "IPv6" }).Create.Count.ShouldBe(1, "the address type of a slice cannot change");
    }

    [Fact]
    public void Legacy_endpoints_part_ready_from_not_ready_and_are_stable()
    {
        var made = EndpointsPlan.Compute(Web(), [Pod(1), Pod(2, ready: false), Pod(3, ending: true)], null)!;
        var subset = made.Subsets!.Single();
        (subset.Addresses!.Single().TargetRef!.Name, subset.NotReadyAddresses!.Single().TargetRef!.Name).ShouldBe(("p1", "p2"));
        EndpointsPlan.Compute(Web(), [Pod(1), Pod(2, ready: false)], made).ShouldBeNull();
        EndpointsPlan.Compute(Web(), Enumerable.Range(0, 1100).Select(i => Pod(i, ready: i >= 200)), null)!.Metadata.Annotations![EndpointsPlan.OverCapacity].ShouldBe("truncated");
    }

    [Fact]
    public void A_namespace_loses_its_workloads_before_what_they_use()
    {
        ServedResource Of(string group, string plural, bool namespaced = true, params string[] verbs) =>
            new(group, "v1", plural, plural, namespaced, verbs.Length == 0 ? ["list", "delete"] : verbs);
        var (first, later) = NamespaceDeletionPlan.Order(
            [Of("", "secrets"), Of("", "pods"), Of("apps", "deployments"), Of("", "nodes", namespaced: false), Of("", "bindings", true, "create")]);
        first.Select(r => r.Plural).ShouldBe(["deployments", "pods"]);
        later.Select(r => r.Plural).ShouldBe(["secrets"]);
    }
}
