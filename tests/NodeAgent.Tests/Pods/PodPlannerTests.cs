using Platform.Api.Core.V1;
using Platform.NodeAgent.Containerd;
using Platform.NodeAgent.Pods;
using Platform.NodeAgent.Resources;
using Platform.NodeAgent.Runtime;
using Platform.NodeAgent.Tests.Support;

namespace Platform.NodeAgent.Tests.Pods;

/// <summary>Plans as a pure function of what was observed.</summary>
public sealed class PodPlannerTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SandboxState Sandbox = new() { Id = "s1", Pod = new("default", "p", "p-uid"), Ready = true, Ips = ["10.0.0.1"] };

    [Fact]
    public void A_new_pod_gets_volumes_and_a_sandbox_at_once() =>
        Plan(Observe(TestPods.Container())).ShouldBe(new PrepareAction(true, 0));

    [Fact]
    public void Without_a_network_only_pods_of_the_host_network_begin()
    {
        var waiting = Observe(TestPods.Container()) with { NetworkReady = false };
        PodPlanner.Plan(waiting).Actions.ShouldBeEmpty();
        Plan(waiting with { Pod = waiting.Pod with { Spec = waiting.Spec with { HostNetwork = true } } }).ShouldBeOfType<PrepareAction>();
    }

    [Fact]
    public void All_containers_are_started_when_the_sandbox_is_ready()
    {
        var plan = PodPlanner.Plan(Running(TestPods.Container("a"), TestPods.Container("b")));
        plan.Actions.OfType<StartContainerAction>().Select(a => a.Container.Name).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void A_changed_image_stops_the_container()
    {
        var container = TestPods.Container();
        var o = Running(container with { Image = "test.local/app:2" }) with { };
        o = o with { Runtime = o.Runtime with { Containers = [State(container, ContainerPhase.Running)] } };
        var stop = Plan(o).ShouldBeOfType<StopContainersAction>();
        stop.Orders[0].Message!.ShouldContain("definition changed");
    }

    [Fact]
    public void A_dead_sandbox_is_replaced_with_the_next_attempt()
    {
        var o = Running(TestPods.Container());
        o = o with { Runtime = o.Runtime with { Sandboxes = [Sandbox with { Ready = false, Attempt = 4 }] } };
        Plan(o).ShouldBe(new PrepareAction(false, 5));
    }

    [Fact]
    public void An_ephemeral_container_is_started_once_and_leaves_the_pod_as_it_is()
    {
        var main = TestPods.Container();
        var o = Running(main);
        o = o with
        {
            Pod = o.Pod with { Spec = o.Spec with { EphemeralContainers = [new() { Name = "look", Image = main.Image }] } },
            Runtime = o.Runtime with { Containers = [State(main, ContainerPhase.Running)] },
        };
        var start = Plan(o).ShouldBeOfType<StartContainerAction>();
        start.Container.Name.ShouldBe("look");

        o = o with { Runtime = o.Runtime with { Containers = [State(main, ContainerPhase.Running), State(start.Container, ContainerPhase.Exited)] } };
        PodPlanner.Plan(o).Actions.ShouldBeEmpty();
        var status = PodStatusBuilder.Build(o, "192.0.2.10");
        status.Phase.ShouldBe("Running");
        status.EphemeralContainerStatuses!.Single().State!.Terminated.ShouldNotBeNull();
    }

    [Fact]
    public void A_sidecar_is_kept_running_while_the_main_container_runs_and_stopped_afterwards()
    {
        var sidecar = TestPods.Container("proxy") with { RestartPolicy = "Always" };
        var main = TestPods.Container();
        var o = Running(main);
        o = o with { Pod = o.Pod with { Spec = o.Spec with { InitContainers = [sidecar], RestartPolicy = "Never" } } };
        Plan(o).ShouldBeOfType<StartContainerAction>().Container.Name.ShouldBe("proxy");
        o = o with { Runtime = o.Runtime with { Containers = [State(sidecar, ContainerPhase.Running)] } };
        Plan(o).ShouldBeOfType<StartContainerAction>().Container.Name.ShouldBe("main");
        o = o with { Runtime = o.Runtime with { Containers = [State(main, ContainerPhase.Exited), State(sidecar, ContainerPhase.Running)] } };
        Plan(o).ShouldBeOfType<StopContainersAction>().Orders.Single().State.Name.ShouldBe("proxy");
    }

    [Fact]
    public void A_restarted_agent_keeps_a_pod_ready_until_its_probe_says_otherwise()
    {
        var container = TestPods.Container() with { ReadinessProbe = new() };
        var state = State(container, ContainerPhase.Running);
        var o = Running(container);
        o.Ready(container, state).ShouldBeFalse();
        o = o with { Pod = o.Pod with { Status = new() { ContainerStatuses = [new() { Name = "main", ContainerID = "containerd://main-id", Ready = true }] } } };
        o.Ready(container, state).ShouldBeTrue();
        o = o with { Memory = o.Memory.With("main", m => m.For("main-id") with { Ready = ProbeVerdict.Failure }) };
        o.Ready(container, state).ShouldBeFalse();
    }

    [Fact]
    public void Only_one_ended_container_is_kept_beside_the_newest()
    {
        var container = TestPods.Container();
        var o = Running(container);
        o = o with
        {
            Runtime = o.Runtime with
            {
                Containers = [State(container, ContainerPhase.Running, "c3"), State(container, ContainerPhase.Exited, "c2"), State(container, ContainerPhase.Exited, "c1")],
            },
        };
        Plan(o).ShouldBeOfType<RemoveAction>().Containers.Single().Id.ShouldBe("c1");
    }

    [Fact]
    public void Back_off_doubles_up_to_five_minutes_and_is_forgotten_after_ten()
    {
        var backoff = default(RestartBackoff);
        backoff.Due(Now).ShouldBe(Now);
        foreach (var seconds in (int[])[10, 20, 40, 80, 160, 300, 300])
        {
            backoff = backoff.Next(Now, Now);
            backoff.Delay.TotalSeconds.ShouldBe(seconds);
        }

        backoff.Due(Now + TimeSpan.FromMinutes(11)).ShouldBe(Now + TimeSpan.FromMinutes(11));
        RestartBackoff.Text(TimeSpan.FromSeconds(160)).ShouldBe("2m40s");
    }

    [Theory]
    [InlineData(null, null, null, null, "BestEffort")]
    [InlineData("1", "1Gi", "1", "1Gi", "Guaranteed")]
    [InlineData(null, null, "1", "1Gi", "Guaranteed")]
    [InlineData("500m", "1Gi", "1", "1Gi", "Burstable")]
    [InlineData("1", null, null, null, "Burstable")]
    public void Quality_of_service_follows_requests_and_limits(string? cpu, string? memory, string? cpuLimit, string? memoryLimit, string expected)
    {
        Dictionary<string, Api.Quantity>? Amounts(string? c, string? m)
        {
            var amounts = new Dictionary<string, Api.Quantity>();
            if (c is not null)
                amounts["cpu"] = new(c);
            if (m is not null)
                amounts["memory"] = new(m);
            return amounts.Count > 0 ? amounts : null;
        }

        var container = TestPods.Container() with { Resources = new() { Requests = Amounts(cpu, memory), Limits = Amounts(cpuLimit, memoryLimit) } };
        QosClass.Of(new() { Containers = [container] }).ShouldBe(expected);
    }

    /// <summary>Rule: validation lets a negative grace period be, and says that it is treated as 1.</summary>
    [Theory]
    [InlineData(null, null, 30)]
    [InlineData(5L, null, 5)]
    [InlineData(0L, null, 0)]
    [InlineData(-5L, null, 1)]
    [InlineData(-5L, 7L, 7)]
    public void Negative_grace_period_is_one_second(long? ofSpec, long? ofDeletion, int expected)
    {
        var pod = TestPods.Pod("p", TestPods.Container());
        pod.Spec!.TerminationGracePeriodSeconds = ofSpec;
        pod.Metadata.DeletionGracePeriodSeconds = ofDeletion;
        (Observe() with { Pod = pod }).Grace.ShouldBe(TimeSpan.FromSeconds(expected));
    }

    [Fact]
    public void The_configuration_of_containerd_follows_what_the_machine_allows()
    {
        HostDetection.HasCapability("CapBnd:\t000001fffeffffff\n", 24).ShouldBeFalse();
        HostDetection.HasCapability("CapBnd:\t000001ffffffffff\n", 24).ShouldBeTrue();
        var text = ContainerdConfig.Render(new("/data/node"), "pause:1", "/cni", new(CanRaiseOomPriority: false, Overlay: true));
        text.ShouldContain("restrict_oom_score_adj = true");
        text.ShouldContain("snapshotter = \"overlayfs\"");
        text.ShouldContain("address = \"/data/node/containerd/containerd.sock\"");
    }

    private static PodAction Plan(PodObservation o) => PodPlanner.Plan(o).Actions[0];

    private static PodObservation Observe(params Container[] containers) =>
        new() { Pod = TestPods.Pod("p", containers), Runtime = PodRuntimeState.Empty, Now = Now };

    private static PodObservation Running(params Container[] containers)
    {
        var o = Observe(containers);
        return o with { Runtime = new([Sandbox], []), Memory = o.Memory with { VolumesReady = true } };
    }

    private static RuntimeContainer State(Container container, ContainerPhase phase, string id = "") => new()
    {
        Id = id.Length > 0 ? id : container.Name + "-id",
        SandboxId = Sandbox.Id,
        Name = container.Name!,
        Phase = phase,
        FinishedAt = Now,
        Annotations = new Dictionary<string, string> { [RuntimeLabels.Hash] = ContainerHash.Of(container) },
    };
}
