using System.Text.Json.Nodes;
using Platform.Api.Core.V1;
using Platform.Api.Json;

namespace Platform.ApiServer.Admission.PodSecurity;

/// <summary>https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted, in upstream's order and with its texts.</summary>
internal static class RestrictedChecks
{
    private static readonly string[] VolumeTypes =
        ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];

    public static readonly IReadOnlyList<Func<SecuredPod, SecurityFinding?>> All = [PrivilegeEscalation, Capabilities, Volumes, NonRoot, UserZero, Seccomp];

    private static SecurityFinding? PrivilegeEscalation(SecuredPod pod) => pod.IsWindows ? null
        : BaselineChecks.Found("allowPrivilegeEscalation != false", SecuredPod.Setters(false, pod.Where(c => c.Security?.AllowPrivilegeEscalation != false)),
            "must set securityContext.allowPrivilegeEscalation=false");

    private static SecurityFinding? Capabilities(SecuredPod pod)
    {
        if (pod.IsWindows)
            return null;
        var details = new List<string>();
        var keeping = pod.Where(c => c.Security?.Capabilities?.Drop?.Contains("ALL") != true);
        if (keeping.Count > 0)
            details.Add($"{SecuredPod.Named("container", keeping)} must set securityContext.capabilities.drop=[\"ALL\"]");
        var adding = pod.Where(c => Forbidden(c).Any());
        if (adding.Count > 0)
        {
            var names = SecuredPod.Quoted(pod.Containers.SelectMany(Forbidden).Distinct().Order(StringComparer.Ordinal));
            details.Add($"{SecuredPod.Named("container", adding)} must not include {names} in securityContext.capabilities.add");
        }

        return details.Count == 0 ? null : new("unrestricted capabilities", string.Join("; ", details));

        static IEnumerable<string> Forbidden(SecuredContainer container) => (container.Security?.Capabilities?.Add ?? []).Where(c => c != "NET_BIND_SERVICE");
    }

    private static SecurityFinding? Volumes(SecuredPod pod)
    {
        (string Name, string Type)[] bad = [.. (pod.Spec.Volumes ?? []).Select(v => (v.Name ?? "", TypeOf(v))).Where(v => !VolumeTypes.Contains(v.Item2))];
        if (bad.Length == 0)
            return null;
        string[] types = [.. bad.Select(v => v.Type).Distinct().Order(StringComparer.Ordinal)];
        return new("restricted volume types",
            $"{SecuredPod.Named("volume", [.. bad.Select(v => v.Name)])} {(bad.Length == 1 ? "uses" : "use")} restricted {SecuredPod.Named("volume type", types)}");
    }

    // The one member beside the name says it; a volume without is an empty folder.
    private static string TypeOf(Volume volume) =>
        JsonNode.Parse(ApiJson.Encode(volume))!.AsObject().Select(m => m.Key).FirstOrDefault(k => k != "name") ?? "emptyDir";

    private static SecurityFinding? NonRoot(SecuredPod pod)
    {
        var wide = pod.Security?.RunAsNonRoot;
        var setters = SecuredPod.Setters(wide == false, pod.Where(c => c.Security?.RunAsNonRoot == false));
        if (setters.Length > 0)
            return new("runAsNonRoot != true", $"{setters} must not set securityContext.runAsNonRoot=false");
        return wide == true ? null
            : Missing("runAsNonRoot != true", pod.Where(c => c.Security?.RunAsNonRoot is null), "must set securityContext.runAsNonRoot=true");
    }

    private static SecurityFinding? UserZero(SecuredPod pod) =>
        BaselineChecks.Found("runAsUser=0", SecuredPod.Setters(pod.Security?.RunAsUser == 0, pod.Where(c => c.Security?.RunAsUser == 0)), "must not set runAsUser=0");

    private static SecurityFinding? Seccomp(SecuredPod pod)
    {
        if (pod.IsWindows)
            return null;
        if (BaselineChecks.UnconfinedSeccomp(pod) is { } bad)
            return bad;
        return pod.Security?.SeccompProfile is not null ? null : Missing("seccompProfile", pod.Where(c => c.Security?.SeccompProfile is null),
            "must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"");
    }

    private static SecurityFinding? Missing(string reason, IReadOnlyList<string> containers, string text) =>
        containers.Count == 0 ? null : new(reason, $"pod or {SecuredPod.Named("container", containers)} {text}");
}
