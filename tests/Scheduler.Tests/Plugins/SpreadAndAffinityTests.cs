using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;
using Platform.Scheduler.Plugins;

namespace Platform.Scheduler.Tests.Plugins;

public sealed class SpreadAndAffinityTests
{
    private const string Zone = "zone";

    private static readonly LabelSelector Web = new() { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } };

    private static Dictionary<string, string> WebLabels => new() { ["app"] = "web" };

    [Fact]
    public void A_domain_may_exceed_the_smallest_by_the_skew()
    {
        var cache = Make.Cache(InZone("a", "1"), InZone("b", "2"), Make.Node("c"));
        cache.SetPod(Make.Pod("w", labels: WebLabels).On("a"));
        var pod = Spread("p", "DoNotSchedule");
        new PodTopologySpread().Reasons(pod, cache, "a").ShouldBe(["node(s) didn't match pod topology spread constraints"]);
        new PodTopologySpread().Reasons(pod, cache, "b").ShouldBeEmpty();
        new PodTopologySpread().Reasons(pod, cache, "c").ShouldBe(["node(s) didn't match pod topology spread constraints (missing required label)"]);
    }

    [Fact]
    public void A_soft_constraint_prefers_the_emptier_domain()
    {
        var cache = Make.Cache(InZone("a", "1"), InZone("b", "2"));
        for (var i = 0; i < 3; i++)
            cache.SetPod(Make.Pod("w" + i, labels: WebLabels).On("a"));
        var scores = new PodTopologySpread().Scored(Spread("p", "ScheduleAnyway"), cache);
        scores[1].ShouldBeGreaterThan(scores[0]);
    }

    [Fact]
    public void A_pod_joins_those_it_wants_to_be_with()
    {
        var cache = Make.Cache(InZone("a", "1"), InZone("b", "2"));
        cache.SetPod(Make.Pod("w", labels: WebLabels).On("a"));
        var pod = Near("p", labels: null);
        new InterPodAffinity().Reasons(pod, cache, "a").ShouldBeEmpty();
        new InterPodAffinity().Reasons(pod, cache, "b").ShouldBe(["node(s) didn't match pod affinity rules"]);
    }

    [Fact]
    public void The_first_of_a_group_may_go_anywhere_in_a_domain()
    {
        var cache = Make.Cache(InZone("a", "1"), Make.Node("c"));
        new InterPodAffinity().Reasons(Near("p", WebLabels), cache, "a").ShouldBeEmpty();
        new InterPodAffinity().Reasons(Near("p", WebLabels), cache, "c").Length.ShouldBe(1);
        new InterPodAffinity().Reasons(Near("p", labels: null), cache, "a").Length.ShouldBe(1);
    }

    [Fact]
    public void Anti_affinity_holds_in_both_directions()
    {
        var cache = Make.Cache(InZone("a", "1"), InZone("b", "1"), InZone("c", "2"));
        cache.SetPod(Away("w", WebLabels).On("a"));
        new InterPodAffinity().Reasons(Away("p", WebLabels), cache, "b").ShouldBe(["node(s) didn't match pod anti-affinity rules"]);
        new InterPodAffinity().Reasons(Make.Pod("q", labels: WebLabels), cache, "b").ShouldBe(["node(s) didn't satisfy existing pods anti-affinity rules"]);
        new InterPodAffinity().Reasons(Away("p", WebLabels), cache, "c").ShouldBeEmpty();
    }

    [Fact]
    public void Preferred_terms_score_up_and_down()
    {
        var cache = Make.Cache(InZone("a", "1"), InZone("b", "2"));
        cache.SetPod(Make.Pod("w", labels: WebLabels).On("a"));
        WeightedPodAffinityTerm[] terms = [new() { Weight = 10, PodAffinityTerm = Term() }];
        var near = Make.Pod("p", spec: s => s with { Affinity = new() { PodAffinity = new() { PreferredDuringSchedulingIgnoredDuringExecution = terms } } });
        var away = Make.Pod("p", spec: s => s with { Affinity = new() { PodAntiAffinity = new() { PreferredDuringSchedulingIgnoredDuringExecution = terms } } });
        new InterPodAffinity().Scored(near, cache).ShouldBe([100, 0]);
        new InterPodAffinity().Scored(away, cache).ShouldBe([0, 100]);
    }

    private static Node InZone(string name, string zone) => Make.Node(name, labels: new() { [Zone] = zone });

    private static PodAffinityTerm Term() => new() { LabelSelector = Web, TopologyKey = Zone };

    private static Pod Spread(string name, string when) => Make.Pod(name, labels: WebLabels, spec: s => s with
    {
        TopologySpreadConstraints = [new() { MaxSkew = 1, TopologyKey = Zone, WhenUnsatisfiable = when, LabelSelector = Web }],
    });

    private static Pod Near(string name, Dictionary<string, string>? labels) => Make.Pod(name, labels: labels, spec: s => s with
    {
        Affinity = new() { PodAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [Term()] } },
    });

    private static Pod Away(string name, Dictionary<string, string> labels) => Make.Pod(name, labels: labels, spec: s => s with
    {
        Affinity = new() { PodAntiAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [Term()] } },
    });
}
