using Platform.Api.Core.V1;

namespace Platform.ApiServer.Admission.PodSecurity;

/// <summary>https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline, in upstream's order and with its texts.</summary>
internal static class BaselineChecks
{
    private const string AppArmorAnnotation = "container.apparmor.security.beta.kubernetes.io/";

    private static readonly string[] Capabilities =
    [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    ];

    private static readonly string[] SeLinuxTypes = ["container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

    private static readonly string[] Sysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
        "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl",
        "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
    ];

    /// <summary>Checks of the baseline alone: those for which the restricted level has a stricter one are <see cref="Replaced"/>.</summary>
    public static readonly IReadOnlyList<Func<SecuredPod, SecurityFinding?>> Kept =
        [AppArmor, HostNamespaces, HostPorts, Privileged, ProcMount, SeLinux, SysctlNames, HostProcess];

    public static readonly IReadOnlyList<Func<SecuredPod, SecurityFinding?>> Replaced = [AddedCapabilities, HostPaths, Seccomp];

    public static SecurityFinding? Found(string reason, string setters, string text) => setters.Length == 0 ? null : new(reason, $"{setters} {text}");

    private static SecurityFinding? AppArmor(SecuredPod pod)
    {
        static bool IsBad(AppArmorProfile? profile) => profile?.Type is not (null or "" or "RuntimeDefault" or "Localhost");
        var setters = SecuredPod.Setters(IsBad(pod.Security?.AppArmorProfile), pod.Where(c => IsBad(c.Security?.AppArmorProfile)));
        var annotations = pod.Annotations.Where(a => a.Key.StartsWith(AppArmorAnnotation, StringComparison.Ordinal)
            && a.Value is not ("" or "runtime/default") && !a.Value.StartsWith("localhost/", StringComparison.Ordinal)).Select(a => $"{a.Key}=\"{a.Value}\"");
        string[] details = [.. setters.Length == 0 ? [] : new[] { $"{setters} must not set AppArmor profile type to \"Unconfined\"" }, .. annotations];
        return details.Length == 0 ? null : new(details.Length == 1 ? "forbidden AppArmor profile" : "forbidden AppArmor profiles", string.Join("; ", details));
    }

    private static SecurityFinding? AddedCapabilities(SecuredPod pod)
    {
        var containers = pod.Where(c => Forbidden(c).Any());
        return containers.Count == 0 ? null : new("non-default capabilities",
            $"{SecuredPod.Named("container", containers)} must not include {SecuredPod.Quoted(pod.Containers.SelectMany(Forbidden).Distinct().Order(StringComparer.Ordinal))} "
            + "in securityContext.capabilities.add");

        static IEnumerable<string> Forbidden(SecuredContainer container) => (container.Security?.Capabilities?.Add ?? []).Except(Capabilities);
    }

    private static SecurityFinding? HostNamespaces(SecuredPod pod)
    {
        string[] used = [.. new[] { (pod.Spec.HostNetwork, "hostNetwork=true"), (pod.Spec.HostPID, "hostPID=true"), (pod.Spec.HostIPC, "hostIPC=true") }
            .Where(h => h.Item1 == true).Select(h => h.Item2)];
        return used.Length == 0 ? null : new("host namespaces", string.Join(", ", used));
    }

    private static SecurityFinding? HostPaths(SecuredPod pod)
    {
        string[] volumes = [.. (pod.Spec.Volumes ?? []).Where(v => v.HostPath is not null).Select(v => v.Name ?? "")];
        return volumes.Length == 0 ? null : new("hostPath volumes", SecuredPod.Named("volume", volumes));
    }

    private static SecurityFinding? HostPorts(SecuredPod pod)
    {
        var containers = pod.Where(c => c.Ports.Any(p => p.HostPort is > 0));
        int[] ports = [.. pod.Containers.SelectMany(c => c.Ports).Select(p => p.HostPort ?? 0).Where(p => p > 0).Distinct().Order()];
        return containers.Count == 0 ? null : new("hostPort",
            $"{SecuredPod.Named("container", containers)} {(containers.Count == 1 ? "uses" : "use")} hostPort{(ports.Length == 1 ? "" : "s")} {string.Join(", ", ports)}");
    }

    private static SecurityFinding? Privileged(SecuredPod pod) =>
        Found("privileged", SecuredPod.Setters(false, pod.Where(c => c.Security?.Privileged == true)), "must not set securityContext.privileged=true");

    private static SecurityFinding? ProcMount(SecuredPod pod) =>
        Found("procMount", SecuredPod.Setters(false, pod.Where(c => c.Security?.ProcMount is not (null or "" or "Default"))),
            "must not set securityContext.procMount to \"Unmasked\"");

    private static SecurityFinding? SeLinux(SecuredPod pod)
    {
        static bool IsBad(SELinuxOptions? options) => options is not null
            && ((!string.IsNullOrEmpty(options.Type) && !SeLinuxTypes.Contains(options.Type)) || !string.IsNullOrEmpty(options.User) || !string.IsNullOrEmpty(options.Role));
        var setters = SecuredPod.Setters(IsBad(pod.Security?.SeLinuxOptions), pod.Where(c => IsBad(c.Security?.SeLinuxOptions)));
        if (setters.Length == 0)
            return null;
        SELinuxOptions[] options = [.. pod.Containers.Select(c => c.Security?.SeLinuxOptions).Prepend(pod.Security?.SeLinuxOptions).OfType<SELinuxOptions>()];
        string[] types = [.. options.Select(o => o.Type ?? "").Where(t => t.Length > 0 && !SeLinuxTypes.Contains(t)).Distinct().Order(StringComparer.Ordinal)];
        List<string> details = types.Length == 0 ? [] : [SecuredPod.Named("type", types)];
        if (options.Any(o => !string.IsNullOrEmpty(o.User)))
            details.Add("user may not be set");
        if (options.Any(o => !string.IsNullOrEmpty(o.Role)))
            details.Add("role may not be set");
        return new("seLinuxOptions", $"{setters} set forbidden securityContext.seLinuxOptions: {string.Join("; ", details)}");
    }

    private static SecurityFinding? Seccomp(SecuredPod pod) => UnconfinedSeccomp(pod);

    /// <summary>Who switches system call filtering off.</summary>
    public static SecurityFinding? UnconfinedSeccomp(SecuredPod pod)
    {
        static bool IsBad(SeccompProfile? profile) => profile is not null && profile.Type is not ("RuntimeDefault" or "Localhost");
        return Found("seccompProfile", SecuredPod.Setters(IsBad(pod.Security?.SeccompProfile), pod.Where(c => IsBad(c.Security?.SeccompProfile))),
            "must not set securityContext.seccompProfile.type to \"Unconfined\"");
    }

    private static SecurityFinding? SysctlNames(SecuredPod pod)
    {
        string[] names = [.. (pod.Security?.Sysctls ?? []).Select(s => s.Name ?? "").Except(Sysctls)];
        return names.Length == 0 ? null : new("forbidden sysctls", string.Join(", ", names));
    }

    private static SecurityFinding? HostProcess(SecuredPod pod) =>
        Found("hostProcess", SecuredPod.Setters(pod.Security?.WindowsOptions?.HostProcess == true, pod.Where(c => c.Security?.WindowsOptions?.HostProcess == true)),
            "must not set securityContext.windowsOptions.hostProcess=true");
}
