using System.Text.RegularExpressions;
using Platform.Api.Core.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>The rules of the security contexts of pods and containers.</summary>
internal static partial class SecurityContextValidation
{
    private const string Localhost = "Localhost";
    private const int LongestSysctl = 253;
    private const int LongestAppArmorProfile = 4095;
    private const string SysctlPattern = @"^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";

    private static readonly string[] ProfileTypes = [Localhost, "RuntimeDefault", "Unconfined"];
    private static readonly string[] ProcMounts = ["Default", "Unmasked"];
    private static readonly string[] FsGroupChangePolicies = ["Always", "OnRootMismatch"];

    /// <summary>The context of a pod, and the namespaces that it shares with the node.</summary>
    public static IEnumerable<FieldError> Validate(PodSpec spec, string specPath)
    {
        var path = $"{specPath}.securityContext";
        if (spec is { ShareProcessNamespace: true, HostPID: true })
            yield return FieldError.Invalid($"{path}.shareProcessNamespace", true, "ShareProcessNamespace and HostPID cannot both be enabled");
        if (spec.SecurityContext is { } context)
        {
            foreach (var error in Pod(context, path))
                yield return error;
        }

        if (spec.HostUsers != false)
            yield break;
        // Upstream writes two of these fields with a capital letter.
        foreach (var (shared, field) in new[] { (spec.HostNetwork, "hostNetwork"), (spec.HostPID, "HostPID"), (spec.HostIPC, "HostIPC") })
        {
            if (shared == true)
                yield return FieldError.Forbidden($"{specPath}.{field}", "when `pod.Spec.HostUsers` is false");
        }
    }

    /// <summary>The context of a container.</summary>
    public static IEnumerable<FieldError> Validate(SecurityContext? context, string path)
    {
        if (context is null)
            yield break;
        foreach (var error in Ids(path, (context.RunAsUser, "runAsUser"), (context.RunAsGroup, "runAsGroup")))
            yield return error;
        foreach (var error in Findings.OneOf(context.ProcMount, $"{path}.procMount", ProcMounts))
            yield return error;
        foreach (var error in Seccomp(context.SeccompProfile, $"{path}.seccompProfile"))
            yield return error;
        if (context.AllowPrivilegeEscalation == false && context.Privileged == true)
            yield return FieldError.Invalid(path, "", "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        if (context.AllowPrivilegeEscalation == false && context.Capabilities?.Add?.Contains("CAP_SYS_ADMIN") == true)
            yield return FieldError.Invalid(path, "", "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
        foreach (var error in AppArmor(context.AppArmorProfile, $"{path}.appArmorProfile"))
            yield return error;
    }

    private static IEnumerable<FieldError> Pod(PodSecurityContext context, string path) =>
    [
        .. Ids(path, (context.FsGroup, "fsGroup"), (context.RunAsUser, "runAsUser"), (context.RunAsGroup, "runAsGroup")),
        .. Ids(path, [.. (context.SupplementalGroups ?? []).Select((g, i) => ((long?)g, $"supplementalGroups[{i}]"))]),
        .. Sysctls(context.Sysctls ?? [], $"{path}.sysctls"),
        .. Findings.OneOf(context.FsGroupChangePolicy, $"{path}.fsGroupChangePolicy", FsGroupChangePolicies),
        .. Seccomp(context.SeccompProfile, $"{path}.seccompProfile"),
        .. AppArmor(context.AppArmorProfile, $"{path}.appArmorProfile"),
    ];

    private static IEnumerable<FieldError> Ids(string path, params (long? Id, string Field)[] ids) =>
        ids.Where(i => i.Id is < 0 or > int.MaxValue).Select(i => FieldError.Invalid($"{path}.{i.Field}", i.Id, "must be between 0 and 2147483647, inclusive"));

    private static IEnumerable<FieldError> Sysctls(IReadOnlyList<Sysctl> sysctls, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (sysctl, at) in sysctls.At(path))
        {
            var name = sysctl.Name ?? "";
            if (name.Length == 0)
                yield return FieldError.Required($"{at}.name");
            else if (name.Length > LongestSysctl || !SysctlName().IsMatch(name))
                yield return FieldError.Invalid($"{at}.name", name, $"must have at most {LongestSysctl} characters and match regex {SysctlPattern}");
            else if (!seen.Add(name))
                yield return FieldError.Duplicate($"{at}.name", name);
        }
    }

    private static IEnumerable<FieldError> Seccomp(SeccompProfile? profile, string path)
    {
        if (profile is null)
            yield break;
        if (string.IsNullOrEmpty(profile.Type))
            yield return FieldError.Required($"{path}.type", "type is required when seccompProfile is set");
        else if (!ProfileTypes.Contains(profile.Type))
            yield return FieldError.NotSupported($"{path}.type", profile.Type, ProfileTypes);
        var at = $"{path}.localhostProfile";
        if (profile.Type != Localhost)
        {
            if (profile.LocalhostProfile is not null)
                yield return FieldError.InvalidPart(at, "can only be set when seccomp type is Localhost");
        }
        else if (profile.LocalhostProfile is not { } local)
            yield return FieldError.Required(at, "must be set when seccomp type is Localhost");
        else
        {
            foreach (var error in VolumeValidation.LocalPath(local, at))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> AppArmor(AppArmorProfile? profile, string path)
    {
        if (profile is null)
            yield break;
        var (local, at) = (profile.LocalhostProfile, $"{path}.localhostProfile");
        if (string.IsNullOrEmpty(profile.Type))
            yield return FieldError.Required($"{path}.type", "type is required when appArmorProfile is set");
        else if (!ProfileTypes.Contains(profile.Type))
            yield return FieldError.NotSupported($"{path}.type", profile.Type, ProfileTypes);
        else if (profile.Type != Localhost)
        {
            if (local is not null)
                yield return FieldError.Invalid(at, local, "can only be set when AppArmor type is Localhost");
        }
        else if (string.IsNullOrEmpty(local))
            yield return FieldError.Required(at, "must be set when AppArmor type is Localhost");
        else if (local.Trim() != local)
            yield return FieldError.Invalid(at, local, "must not be padded with whitespace");
        else if (local.Length > LongestAppArmorProfile)
            yield return FieldError.TooLong(at, LongestAppArmorProfile);
    }

    [GeneratedRegex(@"^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex SysctlName();
}
