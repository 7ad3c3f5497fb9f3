using Platform.Api.Core.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>What a pod may not ask for because of the operating system that it is meant for.</summary>
internal static class OperatingSystemValidation
{
    private static readonly string[] Supported = ["linux", "windows"];

    public static IEnumerable<FieldError> Validate(PodSpec spec, string path) =>
    [
        .. HostProcess(spec, path),
        .. spec.Os switch
        {
            null => [],
            { Name: null or "" } => [FieldError.Required($"{path}.os.name", "cannot be empty")],
            { Name: "linux" } => Linux(spec, path),
            { Name: "windows" } => Windows(spec, path),
            { Name: { } name } => [FieldError.NotSupported($"{path}.os", name, Supported)],
        },
    ];

    /// <summary>Containers that are processes of a Windows node: all of the pod's, or none.</summary>
    private static IEnumerable<FieldError> HostProcess(PodSpec spec, string path)
    {
        var ofPod = spec.SecurityContext?.WindowsOptions?.HostProcess;
        var contexts = PodContainers.Contexts(spec, path).ToList();
        foreach (var (context, at) in contexts)
        {
            if (ofPod is { } pod && context?.WindowsOptions?.HostProcess is { } own && own != pod)
            {
                var text = $"pod hostProcess value must be identical if both are specified, was {(pod ? "true" : "false")}";
                yield return FieldError.Invalid($"{at}.windowsOptions.hostProcess", own, text);
            }
        }

        var count = contexts.Count(c => c.Context?.WindowsOptions?.HostProcess ?? ofPod ?? false);
        if (count == 0)
            yield break;
        if (count != contexts.Count)
            yield return FieldError.Invalid(path, "", "If pod contains any hostProcess containers then all containers must be HostProcess containers");
        if (spec.HostNetwork != true)
            yield return FieldError.Invalid($"{path}.hostNetwork", false, "hostNetwork must be true if pod contains any hostProcess containers");
    }

    private static IEnumerable<FieldError> Linux(PodSpec spec, string path)
    {
        const string text = "windows options cannot be set for a linux pod";
        if (spec.SecurityContext?.WindowsOptions is not null)
            yield return FieldError.Forbidden($"{path}.securityContext.windowsOptions", text);
        foreach (var (context, at) in PodContainers.Contexts(spec, path))
        {
            if (context?.WindowsOptions is not null)
                yield return FieldError.Forbidden($"{at}.windowsOptions", text);
        }
    }

    private static IEnumerable<FieldError> Windows(PodSpec spec, string path)
    {
        var pod = spec.SecurityContext ?? new();
        IEnumerable<(object? Value, string Path)> fields =
        [
            (pod.AppArmorProfile, $"{path}.securityContext.appArmorProfile"), (pod.SeLinuxOptions, $"{path}.securityContext.seLinuxOptions"),
            (spec.HostUsers, $"{path}.hostUsers"), (True(spec.HostPID), $"{path}.hostPID"), (True(spec.HostIPC), $"{path}.hostIPC"),
            (pod.SeccompProfile, $"{path}.securityContext.seccompProfile"), (pod.FsGroup, $"{path}.securityContext.fsGroup"),
            (pod.FsGroupChangePolicy, $"{path}.securityContext.fsGroupChangePolicy"),
            (pod.Sysctls is { Count: > 0 } sysctls ? sysctls : null, $"{path}.securityContext.sysctls"),
            (spec.ShareProcessNamespace, $"{path}.shareProcessNamespace"), (pod.RunAsUser, $"{path}.securityContext.runAsUser"),
            (pod.RunAsGroup, $"{path}.securityContext.runAsGroup"), (pod.SupplementalGroups, $"{path}.securityContext.supplementalGroups"),
            .. PodContainers.Contexts(spec, path).SelectMany(c => LinuxOnly(c.Context ?? new(), c.Path)),
        ];
        return fields.Where(f => f.Value is not null).Select(f => FieldError.Forbidden(f.Path, "cannot be set for a windows pod"));
    }

    private static object? True(bool? flag) => flag == true ? true : null;

    private static IEnumerable<(object? Value, string Path)> LinuxOnly(SecurityContext context, string path) =>
    [
        (context.AppArmorProfile, $"{path}.appArmorProfile"), (context.SeLinuxOptions, $"{path}.seLinuxOptions"),
        (context.SeccompProfile, $"{path}.seccompProfile"), (context.Capabilities, $"{path}.capabilities"),
        (context.ReadOnlyRootFilesystem, $"{path}.readOnlyRootFilesystem"), (context.Privileged, $"{path}.privileged"),
        (context.AllowPrivilegeEscalation, $"{path}.allowPrivilegeEscalation"), (context.ProcMount, $"{path}.procMount"),
        (context.RunAsUser, $"{path}.runAsUser"), (context.RunAsGroup, $"{path}.runAsGroup"),
    ];
}
