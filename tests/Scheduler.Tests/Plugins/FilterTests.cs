using Platform.Api.Core.V1;
using Platform.Scheduler.Plugins;
using NodeAffinity = Platform.Scheduler.Plugins.NodeAffinity;

namespace Platform.Scheduler.Tests.Plugins;

public sealed class FilterTests
{
    [Fact]
    public void A_cordoned_node_takes_only_pods_that_tolerate_it()
    {
        var cordoned = Make.Node("n") with { Spec = new() { Unschedulable = true } };
        var cache = Make.Cache(cordoned);
        new NodeUnschedulable().Reasons(Make.Pod("p"), cache, "n").ShouldBe(["node(s) were unschedulable"]);
        var tolerant = Make.Pod("p", spec: s => s with { Tolerations = [new() { Operator = "Exists", Effect = "NoSchedule" }] });
        new NodeUnschedulable().Reasons(tolerant, cache, "n").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("k", "Equal", "v", "NoSchedule", true)]
    [InlineData("k", null, "v", null, true)]
    [InlineData("k", "Equal", "w", "NoSchedule", false)]
    [InlineData("k", "Exists", null, "NoSchedule", true)]
    [InlineData("k", "Exists", null, "NoExecute", false)]
    [InlineData(null, "Exists", null, null, true)]
    [InlineData("j", "Exists", null, null, false)]
    public void A_taint_is_tolerated_as_the_api_says(string? key, string? op, string? value, string? effect, bool fits)
    {
        var cache = Make.Cache(Make.Node("n", taints: [Make.Taint("k", "v")]));
        var pod = Make.Pod("p", spec: s => s with { Tolerations = [new() { Key = key, Operator = op, Value = value, Effect = effect }] });
        new TaintToleration().Reasons(pod, cache, "n").ShouldBe(fits ? [] : ["node(s) had untolerated taint {k: v}"]);
    }

    [Fact]
    public void Soft_taints_only_score()
    {
        var cache = Make.Cache(Make.Node("a", taints: [Make.Taint("k", "v", "PreferNoSchedule")]), Make.Node("b"));
        new TaintToleration().Reasons(Make.Pod("p"), cache, "a").ShouldBeEmpty();
        new TaintToleration().Scored(Make.Pod("p"), cache).ShouldBe([0, 100]);
    }

    [Theory]
    [InlineData("In", "a,b", true)]
    [InlineData("NotIn", "a", false)]
    [InlineData("Exists", "", true)]
    [InlineData("DoesNotExist", "", false)]
    public void Node_affinity_knows_the_operators(string op, string values, bool fits)
    {
        var cache = Make.Cache(Make.Node("n", labels: new() { ["zone"] = "a" }));
        var requirement = new NodeSelectorRequirement { Key = "zone", Operator = op, Values = values.Length == 0 ? null : values.Split(',') };
        new NodeAffinity().Reasons(Requiring(new() { MatchExpressions = [requirement] }), cache, "n").Length.ShouldBe(fits ? 0 : 1);
    }

    [Theory]
    [InlineData("Gt", "7", true)]
    [InlineData("Gt", "8", false)]
    [InlineData("Lt", "9", true)]
    [InlineData("Lt", "x", false)]
    public void Node_affinity_compares_numbers(string op, string bound, bool fits)
    {
        var cache = Make.Cache(Make.Node("n", labels: new() { ["cores"] = "8" }));
        var requirement = new NodeSelectorRequirement { Key = "cores", Operator = op, Values = [bound] };
        new NodeAffinity().Reasons(Requiring(new() { MatchExpressions = [requirement] }), cache, "n").Length.ShouldBe(fits ? 0 : 1);
    }

    [Fact]
    public void Node_affinity_matches_the_name_as_a_field_and_an_empty_term_matches_nothing()
    {
        var cache = Make.Cache(Make.Node("n"), Make.Node("m"));
        var byName = Requiring(new() { MatchFields = [new() { Key = "metadata.name", Operator = "In", Values = ["n"] }] });
        new NodeAffinity().Reasons(byName, cache, "n").ShouldBeEmpty();
        new NodeAffinity().Reasons(byName, cache, "m").ShouldBe(["node(s) didn't match Pod's node affinity/selector"]);
        new NodeAffinity().Reasons(Requiring(new()), cache, "n").Length.ShouldBe(1);
    }

    [Fact]
    public void Node_selector_and_preferred_affinity_work_together()
    {
        var cache = Make.Cache(Make.Node("a", labels: new() { ["disk"] = "ssd" }), Make.Node("b", labels: new() { ["disk"] = "ssd", ["zone"] = "z" }));
        var pod = Make.Pod("p", spec: s => s with
        {
            NodeSelector = new Dictionary<string, string> { ["disk"] = "ssd" },
            Affinity = new()
            {
                NodeAffinity = new()
                {
                    PreferredDuringSchedulingIgnoredDuringExecution =
                        [new() { Weight = 5, Preference = new() { MatchExpressions = [new() { Key = "zone", Operator = "Exists" }] } }],
                },
            },
        });
        new NodeAffinity().Reasons(pod, cache, "a").ShouldBeEmpty();
        new NodeAffinity().Scored(pod, cache).ShouldBe([0, 100]);
    }

    [Theory]
    [InlineData("0.0.0.0", 80, "TCP", false)]
    [InlineData("127.0.0.1", 80, "TCP", false)]
    [InlineData("0.0.0.0", 80, "UDP", true)]
    [InlineData("0.0.0.0", 81, "TCP", true)]
    public void A_port_of_the_host_is_had_once(string ip, int port, string protocol, bool fits)
    {
        var cache = Make.Cache(Make.Node("n"));
        cache.SetPod(WithPort("a", "0.0.0.0", 80, "TCP").On("n"));
        new NodePorts().Reasons(WithPort("b", ip, port, protocol), cache, "n").Length.ShouldBe(fits ? 0 : 1);
    }

    [Fact]
    public void All_that_is_lacking_is_named()
    {
        var cache = Make.Cache(Make.Node("n", cpu: "1", memory: "1Gi", pods: "1"));
        cache.SetPod(Make.Pod("a", cpu: "600m").On("n"));
        var pod = Make.Pod("p", cpu: "500m", memory: "2Gi", spec: s => s with { Overhead = new Dictionary<string, Api.Quantity> { ["example.com/gpu"] = "1" } });
        new NodeResourcesFit().Reasons(pod, cache, "n").ShouldBe(["Too many pods", "Insufficient cpu", "Insufficient memory", "Insufficient example.com/gpu"]);
    }

    [Fact]
    public void A_pod_that_asks_for_nothing_fits_on_a_full_node()
    {
        var cache = Make.Cache(Make.Node("n", cpu: "1"));
        cache.SetPod(Make.Pod("a", cpu: "2").On("n"));
        new NodeResourcesFit().Reasons(Make.Pod("p"), cache, "n").ShouldBeEmpty();
    }

    [Fact]
    public void Gates_hold_a_pod_back()
    {
        var gated = Make.Pod("p", spec: s => s with { SchedulingGates = [new() { Name = "wait" }] });
        new SchedulingGates().Refuse(gated.Info()).ShouldBe("waiting for scheduling gates: [wait]");
        new SchedulingGates().Refuse(Make.Pod("q").Info()).ShouldBeNull();
    }

    private static Pod Requiring(NodeSelectorTerm term) => Make.Pod("p", spec: s => s with
    {
        Affinity = new() { NodeAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = new() { NodeSelectorTerms = [term] } } },
    });

    private static Pod WithPort(string name, string ip, int port, string protocol) => Make.Pod(name, spec: s => s with
    {
        Containers = [s.Containers![0] with { Ports = [new() { ContainerPortValue = port, HostPort = port, HostIP = ip, Protocol = protocol }] }],
    });
}
