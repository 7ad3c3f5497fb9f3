using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Admission.PodSecurity;

/// <summary>
/// Holds pods to the level of the Pod Security Standards that their namespace's labels ask for. Pods are refused; of templates, whose pods will be, the
/// client is warned. https://kubernetes.io/docs/concepts/security/pod-security-admission/
/// </summary>
internal sealed class PodSecurityAdmission(IObjectReader reader, WatchCaches caches) : IAdmissionPlugin
{
    /// <summary>Pods that are looked at when a namespace's level is raised.</summary>
    private const int ExistingPods = 3000;

    public string Name => "PodSecurity";

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation is not ("CREATE" or "UPDATE"))
            return;
        if (request is { Info.Subresource: "", Object: Namespace ns })
            CheckNamespace(request, ns, request.OldObject as Namespace);
        else if (Concerns(request) && SecuredPod.Of(request.Object) is { } pod)
            CheckPod(request, pod, await NamespaceAsync(request.Info.Namespace, cancellationToken));
    }

    /// <summary>What a level forbids of a pod.</summary>
    public static IReadOnlyList<SecurityFinding> Findings(SecuredPod pod, SecurityLevel level)
    {
        IEnumerable<Func<SecuredPod, SecurityFinding?>> checks = level switch
        {
            SecurityLevel.Privileged => [],
            SecurityLevel.Baseline => [.. BaselineChecks.Kept, .. BaselineChecks.Replaced],
            _ => [.. BaselineChecks.Kept, .. RestrictedChecks.All],
        };
        return [.. checks.Select(c => c(pod)).OfType<SecurityFinding>()];
    }

    // Of a pod that is there only its temporary containers can still change in a way that matters.
    private static bool Concerns(AdmissionRequest request) => request.Object is Pod
        ? request is { Operation: "CREATE", Info.Subresource: "" } or { Operation: "UPDATE", Info.Subresource: "ephemeralcontainers" }
        : request.Info.Subresource.Length == 0;

    // One that was created a moment ago may not have reached the caches, and its labels count from the first pod on.
    private async ValueTask<Namespace?> NamespaceAsync(string name, CancellationToken cancellationToken)
    {
        if (reader.Find<Namespace>(null, name) is { } known)
            return known;
        await caches.FreshAsync(cancellationToken);
        return reader.Find<Namespace>(null, name);
    }

    private static void CheckPod(AdmissionRequest request, SecuredPod pod, Namespace? ns)
    {
        var policy = SecurityPolicy.Of(ns);
        if (request.Object is Pod && Findings(pod, policy.Enforce.Level) is { Count: > 0 } refused)
            throw ApiErrors.Forbidden("", "pods", request.Name, $"violates PodSecurity \"{policy.Enforce}\": {string.Join(", ", refused)}");
        if (Findings(pod, policy.Warn.Level) is { Count: > 0 } findings)
            request.Warnings.Add($"would violate PodSecurity \"{policy.Warn}\": {string.Join(", ", findings)}");
    }

    private void CheckNamespace(AdmissionRequest request, Namespace ns, Namespace? old)
    {
        FieldError[] errors = [.. SecurityPolicy.Validate(ns)];
        // Labels that were there before do not keep other things from being changed.
        if (errors.Length > 0 && (old is null || !errors.SequenceEqual(SecurityPolicy.Validate(old))))
            throw ApiErrors.Invalid("", "Namespace", request.Name, errors);
        var (before, enforced) = (SecurityPolicy.Of(old).Enforce, SecurityPolicy.Of(ns).Enforce);
        if (old is null || enforced.Level <= before.Level)
            return;
        var violations = reader.List<Pod>().Where(p => p.Metadata.Namespace == request.Name).Take(ExistingPods).OrderBy(p => p.Metadata.Name, StringComparer.Ordinal)
            .Select(p => (p.Metadata.Name, Reasons: string.Join(", ", Findings(SecuredPod.Of(p)!, enforced.Level).Select(f => f.Reason))))
            .Where(p => p.Reasons.Length > 0).GroupBy(p => p.Reasons, p => p.Name).ToList();
        if (violations.Count == 0)
            return;
        request.Warnings.Add($"existing pods in namespace \"{request.Name}\" violate the new PodSecurity enforce level \"{enforced}\"");
        foreach (var group in violations)
        {
            var others = group.Count() - 1;
            request.Warnings.Add($"{group.First()}{(others == 0 ? "" : $" (and {others} other pod{(others == 1 ? "" : "s")})")}: {group.Key}");
        }
    }
}
