using System.Globalization;
using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Rules;

namespace Platform.ApiServer.Tests.Registry.Deletion;

/// <summary>
/// What a deletion makes of an object. An object is written as <c>kind key=value …</c>: grace (of the spec), node, phase, due (seconds from now),
/// left (its deletionGracePeriodSeconds), generation, finalizers, content (a namespace's). A result is <c>removed</c>, <c>unchanged</c> or the same notation.
/// </summary>
public sealed class DeletionPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("nobody waits: removed at once", "configmap", "", "removed")]
    [InlineData("a period means nothing where nobody holds the object", "configmap", "grace=30", "removed")]
    [InlineData("finalizers: marked, with a period of 0", "configmap finalizers=x", "", "configmap due=0 left=0 finalizers=x")]
    [InlineData("marking raises the generation", "configmap generation=3 finalizers=x", "", "configmap due=0 left=0 generation=4 finalizers=x")]
    [InlineData("foreground: the collector's finalizer", "configmap", "policy=Foreground", "configmap due=0 left=0 finalizers=foregroundDeletion")]
    [InlineData("orphan: the collector's finalizer", "configmap", "policy=Orphan", "configmap due=0 left=0 finalizers=orphan")]
    [InlineData("orphanDependents true is the policy Orphan", "configmap", "orphan=true", "configmap due=0 left=0 finalizers=orphan")]
    [InlineData("orphanDependents false is the policy Background", "configmap finalizers=orphan", "orphan=false", "removed")]
    [InlineData("background takes the collector's finalizers away", "configmap finalizers=x,orphan", "policy=Background", "configmap due=0 left=0 finalizers=x")]
    [InlineData("a policy replaces another", "configmap finalizers=orphan,x", "policy=Foreground", "configmap due=0 left=0 finalizers=x,foregroundDeletion")]
    [InlineData("no policy keeps the finalizer that is there", "configmap finalizers=foregroundDeletion", "", "configmap due=0 left=0 finalizers=foregroundDeletion")]
    [InlineData("an event owns nothing", "event", "policy=Foreground", "removed")]
    [InlineData("deleted again: the time stays", "configmap due=-5 left=0 finalizers=x", "", "configmap due=-5 left=0 finalizers=x")]
    [InlineData("deleted again: the policy may still change", "configmap due=-5 left=0 finalizers=x", "policy=Foreground",
        "configmap due=-5 left=0 finalizers=x,foregroundDeletion")]
    [InlineData("deleted again with nothing left to wait for", "configmap due=-5 left=0", "", "removed")]
    [InlineData("pod: its own period", "pod node=n grace=30", "", "pod node=n grace=30 due=30 left=30")]
    [InlineData("pod: the client's period", "pod node=n grace=30", "grace=5", "pod node=n grace=30 due=5 left=5")]
    [InlineData("pod: the client's period even where its own is 0", "pod node=n grace=0", "grace=5", "pod node=n grace=0 due=5 left=5")]
    [InlineData("pod: a period below 0 is 1", "pod node=n grace=30", "grace=-7", "pod node=n grace=30 due=1 left=1")]
    [InlineData("pod: its own period below 0 is 1", "pod node=n grace=-9", "", "pod node=n grace=-9 due=1 left=1")]
    [InlineData("pod: force", "pod node=n grace=30", "grace=0", "removed")]
    [InlineData("pod: on no node", "pod grace=30", "grace=10", "removed")]
    [InlineData("pod: ended", "pod node=n grace=30 phase=Succeeded", "", "removed")]
    [InlineData("pod: ended", "pod node=n grace=30 phase=Failed", "grace=10", "removed")]
    [InlineData("pod: ended, with finalizers", "pod node=n phase=Failed finalizers=x", "", "pod node=n phase=Failed due=0 left=0 finalizers=x")]
    [InlineData("pod: deleted again without a wish: pending", "pod node=n grace=30 due=20 left=30", "", "unchanged")]
    [InlineData("pod: deleted again with a longer period: pending", "pod node=n grace=30 due=20 left=30", "grace=60", "unchanged")]
    [InlineData("pod: deleted again with a shorter period", "pod node=n grace=30 due=20 left=30", "grace=12", "pod node=n grace=30 due=2 left=12")]
    [InlineData("pod: forced while it ends", "pod node=n grace=30 due=20 left=30", "grace=0", "removed")]
    [InlineData("pod: forced while it ends, with finalizers", "pod node=n due=20 left=30 finalizers=x", "grace=0", "pod node=n due=-10 left=0 finalizers=x")]
    [InlineData("pod: pending, whatever the policy", "pod node=n due=20 left=30", "policy=Foreground", "unchanged")]
    [InlineData("pod: marked with 0 before", "pod node=n due=-1 left=0", "", "removed")]
    [InlineData("namespace: terminating, without a period", "namespace content=yes", "", "namespace content=yes due=0 phase=Terminating")]
    [InlineData("namespace: policy", "namespace content=yes", "policy=Foreground", "namespace content=yes due=0 phase=Terminating finalizers=foregroundDeletion")]
    [InlineData("namespace: deleted again while it has contents", "namespace content=yes due=-5 phase=Terminating", "grace=0", "unchanged")]
    [InlineData("namespace: nothing left", "namespace due=-5 phase=Terminating", "", "removed")]
    public void A_deletion_makes_of_an_object(string rule, string before, string wish, string expected)
    {
        var value = Read(before);
        var rules = BuiltInResources.Stored.Single(d => d.ObjectType == value.GetType()).Rules;
        var plan = DeletionPlan.For(rules, value, Options(wish), Now);
        if (expected is "unchanged" or "removed")
        {
            (plan is null ? "unchanged" : plan.Value.Remove ? "removed" : Write(plan.Value.Value)).ShouldBe(expected, rule);
            return;
        }
        plan.ShouldNotBeNull(rule).Remove.ShouldBeFalse(rule);
        Write(plan.Value.Value).ShouldBe(Write(Read(expected)), rule);
    }

    private static KubernetesObject Read(string text)
    {
        var (kind, values) = Parse(text);
        KubernetesObject value = kind switch
        {
            "pod" => new Pod { Spec = new() { NodeName = values.GetValueOrDefault("node"), TerminationGracePeriodSeconds = Number(values, "grace") ?? 30 },
                Status = new() { Phase = values.GetValueOrDefault("phase") } },
            "namespace" => new Namespace { Spec = new() { Finalizers = values.ContainsKey("content") ? ["kubernetes"] : null },
                Status = new() { Phase = values.GetValueOrDefault("phase", "Active") } },
            "event" => new Event(),
            _ => new ConfigMap(),
        };
        value.Metadata = new()
        {
            Name = "x",
            Generation = Number(values, "generation"),
            DeletionTimestamp = Number(values, "due") is { } due ? Now.AddSeconds(due) : null,
            DeletionGracePeriodSeconds = Number(values, "left"),
            Finalizers = values.GetValueOrDefault("finalizers")?.Split(','),
        };
        return value;
    }

    private static string Write(KubernetesObject value)
    {
        var metadata = value.Metadata;
        return string.Create(CultureInfo.InvariantCulture,
            $"{value.GetType().Name} due={(metadata.DeletionTimestamp - Now)?.TotalSeconds} left={metadata.DeletionGracePeriodSeconds} "
            + $"generation={metadata.Generation} finalizers={string.Join(',', metadata.Finalizers ?? [])}"
            + $" phase={(value as Namespace)?.Status?.Phase ?? (value as Pod)?.Status?.Phase}");
    }

    private static DeleteOptions Options(string text)
    {
        var (_, values) = Parse("_ " + text);
        return new()
        {
            GracePeriodSeconds = Number(values, "grace"),
            PropagationPolicy = values.GetValueOrDefault("policy"),
            OrphanDependents = values.TryGetValue("orphan", out var orphan) ? orphan == "true" : null,
        };
    }

    private static (string Kind, Dictionary<string, string> Values) Parse(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (parts[0], parts[1..].Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal));
    }

    private static long? Number(Dictionary<string, string> values, string name) =>
        values.TryGetValue(name, out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
