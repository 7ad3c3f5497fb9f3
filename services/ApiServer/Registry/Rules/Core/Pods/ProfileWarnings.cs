using Platform.Api.Core.V1;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>Annotations that fields for security profiles have replaced. They say nothing new where the field is set too.</summary>
internal static class ProfileWarnings
{
    private const string SeccompOfPod = "seccomp.security.alpha.kubernetes.io/pod";
    private const string SeccompOfContainer = "container.seccomp.security.alpha.kubernetes.io/";
    private const string AppArmorOfContainer = "container.apparmor.security.beta.kubernetes.io/";
    private const string LocalhostPrefix = "localhost/";
    private const string UseSeccomp = "non-functional in v1.27+; use the \"seccompProfile\" field instead";
    private const string UseAppArmor = "deprecated since v1.30; use the \"appArmorProfile\" field instead";

    public static IEnumerable<string> Of(PodSpec spec, IReadOnlyDictionary<string, string> annotations, string path, bool isTemplate)
    {
        if (spec.SecurityContext?.SeccompProfile is null && annotations.ContainsKey(SeccompOfPod))
            yield return $"{path}[{SeccompOfPod}]: {UseSeccomp}";
        foreach (var (container, _) in PodContainers.Of(spec, ""))
        {
            var key = SeccompOfContainer + container.Name;
            if (container.SecurityContext?.SeccompProfile is null && annotations.ContainsKey(key))
                yield return $"{path}[{key}]: {UseSeccomp}";
            key = AppArmorOfContainer + container.Name;
            if (container.SecurityContext?.AppArmorProfile is null && annotations.TryGetValue(key, out var profile) && SaysMore(profile, spec, isTemplate))
                yield return $"{path}[{key}]: {UseAppArmor}";
        }
    }

    /// <summary>Whether a container's annotation is more than the pod's field: in a template any field will do, in a pod only the same profile.</summary>
    private static bool SaysMore(string profile, PodSpec spec, bool isTemplate)
    {
        var field = spec.SecurityContext?.AppArmorProfile;
        if (!isTemplate && spec.Os?.Name == "windows")
            return false;
        if (field is null || isTemplate)
            return field is null;
        return profile switch
        {
            "unconfined" => field.Type != "Unconfined",
            "runtime/default" => field.Type != "RuntimeDefault",
            _ => field.Type != "Localhost" || profile != LocalhostPrefix + field.LocalhostProfile,
        };
    }
}
