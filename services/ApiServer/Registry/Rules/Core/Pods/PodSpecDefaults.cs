using Platform.Api.Core.V1;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>
/// What upstream fills into every pod spec, be it a pod's or a template's. Zero counts as absent, as it does upstream. What is filled into
/// pods only (requests from limits, service links, host ports) is in <see cref="PodRules"/>, since a template must keep what its author wrote.
/// </summary>
internal static class PodSpecDefaults
{
    /// <summary>How long a pod may take to stop unless it says otherwise, in seconds.</summary>
    public const long TerminationGracePeriodSeconds = 30;

    /// <summary>Mode of projected files, 0644.</summary>
    private const int FileMode = 420;

    /// <summary>Lifetime of a projected token, in seconds.</summary>
    private const long TokenSeconds = 3600;

    /// <summary>A template with what is filled in. Where none is given there is an empty one: what it lacks is told then, not that it is missing.</summary>
    public static PodTemplateSpec Of(PodTemplateSpec? template)
    {
        template ??= new();
        Apply(template.Spec ??= new());
        return template;
    }

    public static void Apply(PodSpec spec)
    {
        spec.DnsPolicy = Or(spec.DnsPolicy, "ClusterFirst");
        spec.RestartPolicy = Or(spec.RestartPolicy, "Always");
        spec.SchedulerName = Or(spec.SchedulerName, "default-scheduler");
        spec.SecurityContext ??= new();
        spec.TerminationGracePeriodSeconds ??= TerminationGracePeriodSeconds;
        if (string.IsNullOrEmpty(spec.ServiceAccountName))
            spec.ServiceAccountName = spec.ServiceAccount;
        if (!string.IsNullOrEmpty(spec.ServiceAccountName))
            spec.ServiceAccount = spec.ServiceAccountName;
        foreach (var container in spec.InitContainers ?? [])
            Apply(container);
        foreach (var container in spec.Containers ?? [])
            Apply(container);
        foreach (var container in spec.EphemeralContainers ?? [])
            Apply(container);
        foreach (var volume in spec.Volumes ?? [])
            Apply(volume);
        foreach (var constraint in spec.TopologySpreadConstraints ?? [])
            constraint.MaxSkew ??= 1;
    }

    private static string Or(string? value, string fallback) => string.IsNullOrEmpty(value) ? fallback : value;

    private static void Apply(Container container)
    {
        container.ImagePullPolicy = Or(container.ImagePullPolicy, PullPolicy(container.Image));
        container.TerminationMessagePath = Or(container.TerminationMessagePath, "/dev/termination-log");
        container.TerminationMessagePolicy = Or(container.TerminationMessagePolicy, "File");
        container.Resources ??= new();
        foreach (var port in container.Ports ?? [])
            port.Protocol = Or(port.Protocol, "TCP");
        foreach (var variable in container.Env ?? [])
            Apply(variable);
        Apply(container.LivenessProbe);
        Apply(container.ReadinessProbe);
        Apply(container.StartupProbe);
        Apply(container.Lifecycle?.PostStart?.HttpGet);
        Apply(container.Lifecycle?.PreStop?.HttpGet);
    }

    private static void Apply(EphemeralContainer container)
    {
        container.ImagePullPolicy = Or(container.ImagePullPolicy, PullPolicy(container.Image));
        container.TerminationMessagePath = Or(container.TerminationMessagePath, "/dev/termination-log");
        container.TerminationMessagePolicy = Or(container.TerminationMessagePolicy, "File");
        container.Resources ??= new();
        foreach (var variable in container.Env ?? [])
            Apply(variable);
    }

    private static void Apply(EnvVar variable)
    {
        if (variable.ValueFrom?.FieldRef is { } reference)
            reference.ApiVersion = Or(reference.ApiVersion, "v1");
        if (variable.ValueFrom?.ResourceFieldRef is { } resource)
            resource.Divisor ??= default(Platform.Api.Quantity);
    }

    private static void Apply(Probe? probe)
    {
        if (probe is null)
            return;
        probe.TimeoutSeconds = Or(probe.TimeoutSeconds, 1);
        probe.PeriodSeconds = Or(probe.PeriodSeconds, 10);
        probe.SuccessThreshold = Or(probe.SuccessThreshold, 1);
        probe.FailureThreshold = Or(probe.FailureThreshold, 3);
        Apply(probe.HttpGet);
        if (probe.Grpc is { } grpc)
            grpc.Service ??= "";
    }

    private static int Or(int? value, int fallback) => value is null or 0 ? fallback : value.Value;

    private static void Apply(HTTPGetAction? action)
    {
        if (action is null)
            return;
        action.Path = Or(action.Path, "/");
        action.Scheme = Or(action.Scheme, "HTTP");
    }

    private static void Apply(Volume volume)
    {
        if (!VolumeSources.Of(volume).Any())
            volume.EmptyDir = new();
        if (volume.Secret is { } secret)
            secret.DefaultMode ??= FileMode;
        if (volume.ConfigMap is { } configMap)
            configMap.DefaultMode ??= FileMode;
        if (volume.HostPath is { } hostPath)
            hostPath.Type ??= "";
        if (volume.DownwardAPI is { } downward)
        {
            downward.DefaultMode ??= FileMode;
            Apply(downward.Items);
        }

        if (volume.Ephemeral?.VolumeClaimTemplate is { } claim)
            (claim.Spec ??= new()).VolumeMode ??= "Filesystem";
        if (volume.Iscsi is { } iscsi)
            iscsi.IscsiInterface = Or(iscsi.IscsiInterface, "default");
        if (volume.Image is { } image)
            image.PullPolicy = Or(image.PullPolicy, PullPolicy(image.Reference));
        if (volume.Projected is not { } projected)
            return;
        projected.DefaultMode ??= FileMode;
        foreach (var source in projected.Sources ?? [])
        {
            if (source.ServiceAccountToken is { } token)
                token.ExpirationSeconds ??= TokenSeconds;
            Apply(source.DownwardAPI?.Items);
        }
    }

    private static void Apply(IReadOnlyList<DownwardAPIVolumeFile>? files)
    {
        foreach (var file in files ?? [])
        {
            if (file.FieldRef is { } reference)
                reference.ApiVersion = Or(reference.ApiVersion, "v1");
            if (file.ResourceFieldRef is { } resource)
                resource.Divisor ??= default(Platform.Api.Quantity);
        }
    }

    /// <summary>Images that may change under the same name are pulled each time: those tagged latest, or not tagged at all.</summary>
    private static string PullPolicy(string? image)
    {
        var text = image ?? "";
        if (text.Contains('@'))
            return "IfNotPresent";
        var colon = text.LastIndexOf(':');
        var tag = colon > text.LastIndexOf('/') ? text[(colon + 1)..] : "latest";
        return tag == "latest" ? "Always" : "IfNotPresent";
    }
}
