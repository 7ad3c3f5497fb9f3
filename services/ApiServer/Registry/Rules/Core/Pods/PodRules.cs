using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>Pods: what is filled in, what an update may touch, and how long deletion waits for the node agent.</summary>
internal sealed class PodRules : ResourceRules<Pod>
{
    public override bool ReturnsDeletedObject => true;

    private static readonly SelectableField[] Fields =
    [
        new("spec.nodeName"),
        new("spec.restartPolicy"),
        new("spec.schedulerName"),
        new("spec.serviceAccountName"),
        new("spec.hostNetwork") { Absent = "false" },
        new("status.phase"),
        new("status.podIP") { Paths = ["status.podIPs.0.ip", "status.podIP"] },
        new("status.nominatedNodeName"),
        // Upstream accepts these two: the old name of the node, and the addresses, which no pod has as a field's value.
        new("spec.host") { StoredName = "spec.nodeName" },
        new("status.podIPs") { Paths = [] },
    ];

    public override IReadOnlyList<TableColumn> Columns => PodTable.Columns;

    public override IReadOnlyList<SelectableField> SelectableFields => Fields;

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(Pod value)
    {
        if (value.Spec is not { } spec)
            return;
        PodSpecDefaults.Apply(spec);
        spec.EnableServiceLinks ??= true;
        foreach (var container in (spec.InitContainers ?? []).Concat(spec.Containers ?? []))
        {
            RequestWhatIsLimited(container.Resources);
            if (spec.HostNetwork != true)
                continue;
            foreach (var port in container.Ports ?? [])
                port.HostPort = port.HostPort is null or 0 ? port.ContainerPortValue : port.HostPort;
        }
    }

    protected override void PrepareForCreate(Pod value) =>
        value.Status = new() { Phase = "Pending", QosClass = PodQos.Of(value.Spec) };

    protected override void Complete(Pod value, DateTimeOffset now)
    {
        MatchLabelKeys.Merge(value);
        if (value.Spec?.SchedulingGates is not { Count: > 0 })
            return;
        value.Status!.Conditions =
        [
            new PodCondition
            {
                Type = "PodScheduled",
                Status = "False",
                Reason = "SchedulingGated",
                Message = "Scheduling is blocked due to non-empty scheduling gates",
                LastTransitionTime = ObjectMetadata.WholeSeconds(now),
            },
        ];
    }

    protected override bool PrepareForUpdate(Pod value, Pod old)
    {
        value.Status = old.Status;
        return false;
    }

    protected override void PrepareForStatusUpdate(Pod value, Pod old)
    {
        value.Spec = old.Spec;
        value.Metadata.OwnerReferences = old.Metadata.OwnerReferences;
        value.Status ??= new();
        if (string.IsNullOrEmpty(value.Status.QosClass))
            value.Status.QosClass = old.Status?.QosClass;
    }

    protected override IEnumerable<FieldError> Validate(Pod value) => PodSpecValidation.Validate(value.Spec, "spec");

    protected override IEnumerable<FieldError> ValidateCreate(Pod value)
    {
        if (value.Spec?.EphemeralContainers is { Count: > 0 })
            yield return FieldError.Forbidden("spec.ephemeralContainers", "cannot be set on create");
        if (!string.IsNullOrEmpty(value.Spec?.NodeName) && value.Spec.SchedulingGates is { Count: > 0 })
            yield return FieldError.Forbidden("spec.nodeName", "cannot be set until all schedulingGates have been cleared");
    }

    protected override IEnumerable<FieldError> ValidateUpdate(Pod value, Pod old) => PodUpdateValidation.Validate(value, old);

    protected override IEnumerable<FieldError> ValidateStatusUpdate(Pod value, Pod old)
    {
        if (!string.IsNullOrEmpty(old.Status?.QosClass) && value.Status?.QosClass != old.Status.QosClass)
            yield return FieldError.Invalid("status.qosClass", value.Status?.QosClass ?? "", "field is immutable");
        if (!string.IsNullOrEmpty(value.Status?.NominatedNodeName))
        {
            foreach (var error in NameFormats.DnsSubdomain(value.Status.NominatedNodeName))
                yield return FieldError.Invalid("status.nominatedNodeName", value.Status.NominatedNodeName, error);
        }

        foreach (var (ip, i) in (value.Status?.PodIPs ?? []).Select((ip, i) => (ip.Ip ?? "", i)))
        {
            foreach (var error in NameFormats.IpAddress(ip))
                yield return FieldError.Invalid($"status.podIPs[{i}]", ip, error);
        }
    }

    /// <summary>Nobody holds a pod that is on no node, and one that has ended needs no time.</summary>
    protected override long? GracePeriodSeconds(Pod value, long? wish)
    {
        if (string.IsNullOrEmpty(value.Spec?.NodeName) || value.Status?.Phase is "Succeeded" or "Failed")
            return 0;
        var seconds = wish ?? value.Spec.TerminationGracePeriodSeconds ?? PodSpecDefaults.TerminationGracePeriodSeconds;
        return seconds < 0 ? 1 : seconds;
    }

    protected override IEnumerable<string> Warnings(Pod value) => PodWarnings.Of(value);

    /// <summary>Programs update pods, and often; who wrote the pod has been told.</summary>
    protected override IEnumerable<string> UpdateWarnings(Pod value, Pod old) => [];

    protected override object?[] Row(Pod value, DateTimeOffset now) => PodTable.Row(value, now);

    private static void RequestWhatIsLimited(ResourceRequirements? resources)
    {
        if (resources?.Limits is not { Count: > 0 } limits)
            return;
        var requests = new Dictionary<string, Quantity>(resources.Requests ?? new Dictionary<string, Quantity>(), StringComparer.Ordinal);
        foreach (var (name, limit) in limits)
            requests.TryAdd(name, limit);
        resources.Requests = requests;
    }
}
