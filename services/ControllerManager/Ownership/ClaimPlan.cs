using Platform.Api;
using Platform.Api.Meta.V1;
using Platform.Api.Selectors;
using Platform.Client;

namespace Platform.ControllerManager.Ownership;

/// <summary>
/// Who belongs to a controller. It keeps what refers to it and matches its selector, adopts orphans that match, and releases what
/// refers to it and matches no more. A controller that is being deleted neither adopts nor releases; nothing that is itself being
/// deleted is adopted, since its end is settled.
/// </summary>
/// <param name="Owned">Referring and matching.</param>
/// <param name="ToAdopt">Matching orphans; ours once the reference is written.</param>
/// <param name="ToRelease">Referring but no longer matching.</param>
internal sealed record ClaimPlan<T>(IReadOnlyList<T> Owned, IReadOnlyList<T> ToAdopt, IReadOnlyList<T> ToRelease)
    where T : KubernetesObject
{
    public static ClaimPlan<T> Compute(KubernetesObject controller, LabelSelector? selector, IEnumerable<T> candidates)
    {
        List<T> owned = [], adopt = [], release = [];
        var wanted = Selector.From(selector);
        var ending = controller.Metadata.DeletionTimestamp is not null;
        foreach (var candidate in candidates)
        {
            var reference = OwnerReferences.ControllerOf(candidate);
            var matches = wanted.Matches(candidate.Metadata.Labels);
            if (reference is not null)
            {
                if (reference.Uid != controller.Metadata.Uid)
                    continue;
                if (matches)
                    owned.Add(candidate);
                else if (!ending)
                    release.Add(candidate);
            }
            else if (matches && !ending && candidate.Metadata.DeletionTimestamp is null)
            {
                adopt.Add(candidate);
            }
        }
        return new(owned, adopt, release);
    }
}
