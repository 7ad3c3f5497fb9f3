using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>The rules of pod specs, in pods and in templates: names, policies, references between containers and volumes.</summary>
internal static class PodSpecValidation
{
    private static readonly string[] RestartPolicies = ["Always", "Never", "OnFailure"];
    private static readonly string[] DnsPolicies = ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"];
    private static readonly string[] TolerationEffects = ["NoExecute", "NoSchedule", "PreferNoSchedule"];

    public static IEnumerable<FieldError> Validate(PodSpec? spec, string path)
    {
        if (spec is null)
            return [FieldError.Required($"{path}.containers")];
        var volumes = VolumeValidation.ByName(spec);
        return
        [
            .. VolumeValidation.Validate(spec.Volumes ?? [], $"{path}.volumes"),
            .. Containers(spec, volumes, path),
            .. Policies(spec, path),
            .. ObjectMetaValidation.Labels(spec.NodeSelector, $"{path}.nodeSelector"),
            .. SecurityContextValidation.Validate(spec, path),
            .. Names(spec, path),
            .. (spec.Tolerations ?? []).SelectMany((t, i) => Toleration(t, $"{path}.tolerations[{i}]")),
            .. (spec.HostAliases ?? []).SelectMany((a, i) => HostAlias(a, $"{path}.hostAliases[{i}]")),
            .. AffinityValidation.Validate(spec.Affinity, $"{path}.affinity"),
            .. TopologySpreadValidation.Validate(spec.TopologySpreadConstraints ?? [], $"{path}.topologySpreadConstraints"),
            .. DnsValidation.Validate(spec, $"{path}.dnsConfig"),
            .. Gates(spec, path),
            .. OperatingSystemValidation.Validate(spec, path),
        ];
    }

    private static IEnumerable<FieldError> Containers(PodSpec spec, IReadOnlyDictionary<string, Volume> volumes, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var ports = new HashSet<(string?, string?, int)>();
        if (spec.Containers is not { Count: > 0 })
            yield return FieldError.Required($"{path}.containers");
        foreach (var (list, field, init) in new[] { (spec.Containers ?? [], "containers", false), (spec.InitContainers ?? [], "initContainers", true) })
        {
            for (var i = 0; i < list.Count; i++)
            {
                var at = $"{path}.{field}[{i}]";
                foreach (var error in ContainerValidation.Validate(list[i], volumes, init, spec, at))
                    yield return error;
                if (!string.IsNullOrEmpty(list[i].Name) && !names.Add(list[i].Name!))
                    yield return FieldError.Duplicate($"{at}.name", list[i].Name);
                foreach (var (port, p) in (list[i].Ports ?? []).Select((port, p) => (port, p)))
                {
                    if (!init && port.HostPort is > 0 and var host && !ports.Add((port.Protocol, port.HostIP, host)))
                        yield return FieldError.Duplicate($"{at}.ports[{p}].hostPort", $"{port.Protocol}/{port.HostIP}/{host}");
                }
            }
        }
    }

    private static IEnumerable<FieldError> Policies(PodSpec spec, string path)
    {
        if (string.IsNullOrEmpty(spec.RestartPolicy))
            yield return FieldError.Required($"{path}.restartPolicy");
        else if (!RestartPolicies.Contains(spec.RestartPolicy))
            yield return FieldError.NotSupported($"{path}.restartPolicy", spec.RestartPolicy, RestartPolicies);
        if (!string.IsNullOrEmpty(spec.DnsPolicy) && !DnsPolicies.Contains(spec.DnsPolicy))
            yield return FieldError.NotSupported($"{path}.dnsPolicy", spec.DnsPolicy, DnsPolicies);
        if (spec.ActiveDeadlineSeconds is { } deadline)
        {
            foreach (var error in NameFormats.InRange(deadline, 1, int.MaxValue))
                yield return FieldError.Invalid($"{path}.activeDeadlineSeconds", deadline, error);
        }

        if (!string.IsNullOrEmpty(spec.PreemptionPolicy) && spec.PreemptionPolicy is not ("Never" or "PreemptLowerPriority"))
            yield return FieldError.NotSupported($"{path}.preemptionPolicy", spec.PreemptionPolicy, ["Never", "PreemptLowerPriority"]);
    }

    private static IEnumerable<FieldError> Names(PodSpec spec, string path)
    {
        IEnumerable<FieldError> Check(string? value, string field, Func<string, IEnumerable<string>> rule) =>
            string.IsNullOrEmpty(value) ? [] : rule(value).Select(e => FieldError.Invalid($"{path}.{field}", value, e));

        return
        [
            .. Check(spec.NodeName, "nodeName", NameFormats.DnsSubdomain),
            .. Check(spec.ServiceAccountName, "serviceAccountName", NameFormats.DnsSubdomain),
            .. Check(spec.Hostname, "hostname", NameFormats.DnsLabel),
            .. Check(spec.Subdomain, "subdomain", NameFormats.DnsLabel),
            .. Check(spec.PriorityClassName, "priorityClassName", NameFormats.DnsSubdomain),
            .. Check(spec.RuntimeClassName, "runtimeClassName", NameFormats.DnsSubdomain),
            .. Check(spec.SchedulerName, "schedulerName", NameFormats.DnsSubdomain),
        ];
    }

    private static IEnumerable<FieldError> Toleration(Toleration toleration, string path)
    {
        var key = toleration.Key ?? "";
        if (key.Length > 0)
        {
            foreach (var error in NameFormats.QualifiedName(key))
                yield return FieldError.Invalid($"{path}.key", key, error);
        }
        else if (toleration.Operator != "Exists")
            yield return FieldError.Invalid($"{path}.operator", toleration.Operator ?? "",
                "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");

        if (toleration.TolerationSeconds is not null && toleration.Effect != "NoExecute")
            yield return FieldError.Invalid($"{path}.effect", toleration.Effect ?? "", "effect must be 'NoExecute' when `tolerationSeconds` is set");
        switch (toleration.Operator)
        {
            case null or "" or "Equal":
                if (string.Join(";", NameFormats.LabelValue(toleration.Value ?? "")) is { Length: > 0 } wrong)
                    yield return FieldError.Invalid($"{path}.operator", toleration.Value, wrong);
                break;
            case "Exists":
                if (!string.IsNullOrEmpty(toleration.Value))
                    yield return FieldError.Invalid($"{path}.operator", toleration.Value, "value must be empty when `operator` is 'Exists'");
                break;
            default:
                yield return FieldError.NotSupported($"{path}.operator", toleration.Operator, ["Equal", "Exists"]);
                break;
        }

        if (!string.IsNullOrEmpty(toleration.Effect) && !TolerationEffects.Contains(toleration.Effect))
            yield return FieldError.NotSupported($"{path}.effect", toleration.Effect, TolerationEffects);
    }

    private static IEnumerable<FieldError> HostAlias(HostAlias alias, string path) =>
    [
        .. NameFormats.IpAddress(alias.Ip ?? "").Select(e => FieldError.Invalid($"{path}.ip", alias.Ip ?? "", e)),
        .. (alias.Hostnames ?? []).SelectMany((h, i) => NameFormats.DnsSubdomain(h).Select(e => FieldError.Invalid($"{path}.hostnames[{i}]", h, e))),
    ];

    private static IEnumerable<FieldError> Gates(PodSpec spec, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (gate, i) in (spec.SchedulingGates ?? []).Select((g, i) => (g.Name ?? "", i)))
        {
            foreach (var error in NameFormats.QualifiedName(gate))
                yield return FieldError.Invalid($"{path}.schedulingGates[{i}]", gate, error);
            if (!seen.Add(gate))
                yield return FieldError.Duplicate($"{path}.schedulingGates[{i}]", gate);
        }

        foreach (var (gate, i) in (spec.ReadinessGates ?? []).Select((g, i) => (g.ConditionType ?? "", i)))
        {
            foreach (var error in NameFormats.QualifiedName(gate))
                yield return FieldError.Invalid($"{path}.readinessGates[{i}].conditionType", gate, error);
        }
    }
}
