using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>The rules of a container: image, ports, environment, probes.</summary>
internal static class ContainerValidation
{
    private static readonly string[] PullPolicies = ["Always", "IfNotPresent", "Never"];
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];
    private static readonly string[] MessagePolicies = ["FallbackToLogsOnError", "File"];

    public static IEnumerable<FieldError> Validate(Container container, IReadOnlyDictionary<string, Volume> volumes, bool init, PodSpec spec, string path) =>
    [
        .. Basics(container, init, path),
        .. Ports(container.Ports ?? [], spec.HostNetwork == true, $"{path}.ports"),
        .. (container.Env ?? []).SelectMany((v, i) => Variable(v, $"{path}.env[{i}]")),
        .. (container.EnvFrom ?? []).SelectMany((s, i) => Source(s, $"{path}.envFrom[{i}]")),
        .. MountValidation.Validate(container, volumes, path),
        .. Probes(container, init, path),
        .. ResourceValidation.Validate(container.Resources, spec.ResourceClaims ?? [], $"{path}.resources"),
        .. SecurityContextValidation.Validate(container.SecurityContext, $"{path}.securityContext"),
    ];

    private static IEnumerable<FieldError> Basics(Container container, bool init, string path)
    {
        if (string.IsNullOrEmpty(container.Name))
            yield return FieldError.Required($"{path}.name");
        else
        {
            foreach (var error in NameFormats.DnsLabel(container.Name))
                yield return FieldError.Invalid($"{path}.name", container.Name, error);
        }

        if (string.IsNullOrEmpty(container.Image))
            yield return FieldError.Required($"{path}.image");
        else if (container.Image.Trim() != container.Image)
            yield return FieldError.Invalid($"{path}.image", container.Image, "must not have leading or trailing whitespace");
        if (!PullPolicies.Contains(container.ImagePullPolicy))
        {
            yield return string.IsNullOrEmpty(container.ImagePullPolicy)
                ? FieldError.Required($"{path}.imagePullPolicy")
                : FieldError.NotSupported($"{path}.imagePullPolicy", container.ImagePullPolicy, PullPolicies);
        }

        if (!MessagePolicies.Contains(container.TerminationMessagePolicy))
        {
            yield return string.IsNullOrEmpty(container.TerminationMessagePolicy)
                ? FieldError.Required($"{path}.terminationMessagePolicy")
                : FieldError.NotSupported($"{path}.terminationMessagePolicy", container.TerminationMessagePolicy, MessagePolicies);
        }

        if (string.IsNullOrEmpty(container.RestartPolicy))
            yield break;
        if (!init)
            yield return FieldError.Forbidden($"{path}.restartPolicy", "may not be set for non-init containers");
        else if (container.RestartPolicy != "Always")
            yield return FieldError.NotSupported($"{path}.restartPolicy", container.RestartPolicy, ["Always"]);
    }

    private static IEnumerable<FieldError> Ports(IReadOnlyList<ContainerPort> ports, bool hostNetwork, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < ports.Count; i++)
        {
            var (port, at) = (ports[i], $"{path}[{i}]");
            if (!string.IsNullOrEmpty(port.Name))
            {
                foreach (var error in NameFormats.PortName(port.Name))
                    yield return FieldError.Invalid($"{at}.name", port.Name, error);
                if (!names.Add(port.Name))
                    yield return FieldError.Duplicate($"{at}.name", port.Name);
            }

            if (port.ContainerPortValue is null or 0)
                yield return FieldError.Required($"{at}.containerPort");
            else
            {
                foreach (var error in NameFormats.PortNumber(port.ContainerPortValue.Value))
                    yield return FieldError.Invalid($"{at}.containerPort", port.ContainerPortValue, error);
            }

            if (port.HostPort is { } host and not 0)
            {
                foreach (var error in NameFormats.PortNumber(host))
                    yield return FieldError.Invalid($"{at}.hostPort", host, error);
                if (hostNetwork && host != port.ContainerPortValue)
                    yield return FieldError.Invalid($"{at}.containerPort", port.ContainerPortValue ?? 0, "must match `hostPort` when `hostNetwork` is true");
            }

            if (string.IsNullOrEmpty(port.Protocol))
                yield return FieldError.Required($"{at}.protocol");
            else if (!Protocols.Contains(port.Protocol))
                yield return FieldError.NotSupported($"{at}.protocol", port.Protocol, Protocols);
        }
    }

    private static IEnumerable<FieldError> Variable(EnvVar variable, string path)
    {
        if (string.IsNullOrEmpty(variable.Name))
            yield return FieldError.Required($"{path}.name");
        else
        {
            foreach (var error in NameFormats.EnvironmentName(variable.Name))
                yield return FieldError.Invalid($"{path}.name", variable.Name, error);
        }

        if (variable.ValueFrom is not { } from)
            yield break;
        var at = $"{path}.valueFrom";
        var sources = new object?[] { from.FieldRef, from.ResourceFieldRef, from.ConfigMapKeyRef, from.SecretKeyRef }.Count(s => s is not null);
        if (sources == 0)
            yield return FieldError.Invalid(at, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
        if (!string.IsNullOrEmpty(variable.Value) && sources > 0)
            yield return FieldError.Invalid(at, "", "may not be specified when `value` is not empty");
        if (sources > 1)
            yield return FieldError.Invalid(at, "", "may not have more than one field specified at a time");
        if (from.FieldRef is { } field)
        {
            foreach (var error in DownwardValidation.Field(field, DownwardValidation.EnvironmentFields, $"{at}.fieldRef"))
                yield return error;
        }

        if (from.ResourceFieldRef is { } resource)
        {
            foreach (var error in DownwardValidation.Resource(resource, inVolume: false, $"{at}.resourceFieldRef"))
                yield return error;
        }

        foreach (var (kind, name, key) in new[]
        {
            ("configMapKeyRef", from.ConfigMapKeyRef?.Name, from.ConfigMapKeyRef is { } c ? c.Key ?? "" : null),
            ("secretKeyRef", from.SecretKeyRef?.Name, from.SecretKeyRef is { } s ? s.Key ?? "" : null),
        })
        {
            if (key is null)
                continue;
            if (string.IsNullOrEmpty(name))
                yield return FieldError.Required($"{at}.{kind}.name");
            if (key.Length == 0)
                yield return FieldError.Required($"{at}.{kind}.key");
            else
            {
                foreach (var error in NameFormats.ConfigKey(key))
                    yield return FieldError.Invalid($"{at}.{kind}.key", key, error);
            }
        }
    }

    private static IEnumerable<FieldError> Source(EnvFromSource source, string path)
    {
        if (!string.IsNullOrEmpty(source.Prefix))
        {
            foreach (var error in NameFormats.EnvironmentName(source.Prefix))
                yield return FieldError.Invalid($"{path}.prefix", source.Prefix, error);
        }

        if (source.ConfigMapRef is null && source.SecretRef is null)
            yield return FieldError.Invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
        if (source.ConfigMapRef is not null && source.SecretRef is not null)
            yield return FieldError.Invalid(path, "", "may not have more than one field specified at a time");
        if (source.ConfigMapRef is { } configMap && string.IsNullOrEmpty(configMap.Name))
            yield return FieldError.Required($"{path}.configMapRef.name");
        if (source.SecretRef is { } secret && string.IsNullOrEmpty(secret.Name))
            yield return FieldError.Required($"{path}.secretRef.name");
    }

    private static IEnumerable<FieldError> Probes(Container container, bool init, string path)
    {
        var sidecar = init && container.RestartPolicy == "Always";
        if (init && !sidecar)
        {
            if (container.Lifecycle is not null)
                yield return FieldError.Forbidden($"{path}.lifecycle", "may not be set for init containers without restartPolicy=Always");
            foreach (var (probe, field) in new[] { (container.LivenessProbe, "livenessProbe"), (container.ReadinessProbe, "readinessProbe"),
                (container.StartupProbe, "startupProbe") })
            {
                if (probe is not null)
                    yield return FieldError.Forbidden($"{path}.{field}", "may not be set for init containers without restartPolicy=Always");
            }

            yield break;
        }

        foreach (var error in ProbeValidation.Validate(container, path))
            yield return error;
    }
}
