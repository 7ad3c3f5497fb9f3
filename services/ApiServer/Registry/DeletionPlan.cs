using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;

namespace Platform.ApiServer.Registry;

/// <summary>
/// What a deletion makes of an object, as a pure function. Three things can hold an object back: a period of grace (pods, whose node
/// agent ends them), finalizers (also those that the deletion itself brings, for the garbage collector), and a namespace's contents. Whatever is
/// held back is marked with <c>deletionTimestamp</c>, and a later deletion may only shorten the grace and change the collector's finalizers.
/// </summary>
/// <param name="Value">The object as it becomes, or as it was when it goes.</param>
/// <param name="Remove">Whether it goes at once.</param>
internal readonly record struct DeletionPlan(KubernetesObject Value, bool Remove)
{
    private const string OrphanFinalizer = "orphan";
    private const string ForegroundFinalizer = "foregroundDeletion";

    /// <summary>The plan; null where the object is on its way out already and the deletion changes nothing.</summary>
    /// <param name="value">A copy of the present object, which the plan changes.</param>
    public static DeletionPlan? For(ResourceRules rules, KubernetesObject value, DeleteOptions options, DateTimeOffset now)
    {
        if (value is Namespace { Spec.Finalizers.Count: > 0 } ns)
            return ns.Metadata.DeletionTimestamp is null ? OfNamespace(ns, rules, options, now) : null;
        rules.PrepareForDelete(value, now);
        var metadata = value.Metadata;
        // A period below zero has always meant the shortest.
        var wish = options.GracePeriodSeconds is < 0 ? 1 : options.GracePeriodSeconds;
        var period = rules.GracePeriodSeconds(value, wish);
        if (period is not null && metadata is { DeletionTimestamp: { } due, DeletionGracePeriodSeconds: { } allowed and not 0 })
        {
            allowed = Math.Max(allowed, 1);
            if (wish is not { } shorter || shorter >= allowed)
                return null;
            period = shorter;
            metadata.DeletionTimestamp = due.AddSeconds(shorter - allowed);
            metadata.DeletionGracePeriodSeconds = shorter;
        }
        else if (period is { } seconds && metadata.DeletionTimestamp is null)
            Mark(metadata, now.AddSeconds(seconds), seconds);
        else
            period = null;

        metadata.Finalizers = Finalizers(rules, options, metadata.Finalizers);
        if (metadata.Finalizers is null)
            return new(value, Remove: period is null or 0);
        if (period is null)
            Mark(metadata, metadata.DeletionTimestamp is { } known && known <= now ? known : now, 0);
        return new(value, Remove: false);
    }

    /// <summary>A namespace waits for its contents without a period, and shows none.</summary>
    private static DeletionPlan OfNamespace(Namespace ns, ResourceRules rules, DeleteOptions options, DateTimeOffset now)
    {
        ns.Metadata.DeletionTimestamp = now;
        ns.Metadata.Finalizers = Finalizers(rules, options, ns.Metadata.Finalizers);
        ns.Status = (ns.Status ?? new()) with { Phase = "Terminating" };
        return new(ns, Remove: false);
    }

    private static void Mark(ObjectMeta metadata, DateTimeOffset at, long seconds)
    {
        if (metadata.DeletionTimestamp is null && metadata.Generation is > 0)
            metadata.Generation++;
        metadata.DeletionTimestamp = at;
        metadata.DeletionGracePeriodSeconds = seconds;
    }

    /// <summary>The finalizers with at most one of the garbage collector's among them: what the deletion says, else what was there, else the kind's habit.</summary>
    private static List<string>? Finalizers(ResourceRules rules, DeleteOptions options, IReadOnlyList<string>? present)
    {
        var wanted = rules.DependentsPolicy == DependentsPolicy.Unsupported ? null : options switch
        {
            { OrphanDependents: { } orphan } => orphan ? OrphanFinalizer : null,
            { PropagationPolicy: "Orphan" } => OrphanFinalizer,
            { PropagationPolicy: "Foreground" } => ForegroundFinalizer,
            { PropagationPolicy: "Background" } => null,
            _ => present?.FirstOrDefault(f => f is OrphanFinalizer or ForegroundFinalizer)
                ?? (rules.DependentsPolicy == DependentsPolicy.Orphan ? OrphanFinalizer : null),
        };
        // What is there already keeps its place, so that a deletion that changes nothing is one.
        List<string> finalizers = [.. (present ?? []).Where(f => f is not (OrphanFinalizer or ForegroundFinalizer) || f == wanted)];
        if (wanted is not null && !finalizers.Contains(wanted))
            finalizers.Add(wanted);
        return finalizers.Count > 0 ? finalizers : null;
    }
}
