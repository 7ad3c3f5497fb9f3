using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>The rules of probes and lifecycle hooks: one handler, sensible numbers.</summary>
internal static class ProbeValidation
{
    public static IEnumerable<FieldError> Validate(Container container, string path) =>
    [
        .. Probe(container.LivenessProbe, once: true, $"{path}.livenessProbe"),
        .. Probe(container.ReadinessProbe, once: false, $"{path}.readinessProbe"),
        .. Probe(container.StartupProbe, once: true, $"{path}.startupProbe"),
        .. Hook(container.Lifecycle?.PostStart, $"{path}.lifecycle.postStart"),
        .. Hook(container.Lifecycle?.PreStop, $"{path}.lifecycle.preStop"),
    ];

    private static IEnumerable<FieldError> Probe(Probe? probe, bool once, string path)
    {
        if (probe is null)
            yield break;
        foreach (var error in Handlers(path, "must specify a handler type", ("exec", probe.Exec), ("httpGet", probe.HttpGet), ("tcpSocket", probe.TcpSocket), ("grpc", probe.Grpc)))
            yield return error;
        foreach (var (value, field) in new[]
        {
            (probe.InitialDelaySeconds, "initialDelaySeconds"), (probe.TimeoutSeconds, "timeoutSeconds"), (probe.PeriodSeconds, "periodSeconds"),
            (probe.SuccessThreshold, "successThreshold"), (probe.FailureThreshold, "failureThreshold"),
        })
        {
            if (value < 0)
                yield return FieldError.Invalid($"{path}.{field}", value, "must be greater than or equal to 0");
        }

        if (probe.TerminationGracePeriodSeconds <= 0)
            yield return FieldError.Invalid($"{path}.terminationGracePeriodSeconds", probe.TerminationGracePeriodSeconds, "must be greater than 0");
        if (once && probe.SuccessThreshold is not (null or 1))
            yield return FieldError.Invalid($"{path}.successThreshold", probe.SuccessThreshold, "must be 1");
        if (!once && probe.TerminationGracePeriodSeconds is { } grace)
            yield return FieldError.Invalid($"{path}.terminationGracePeriodSeconds", grace, "must not be set for readinessProbes");
    }

    private static IEnumerable<FieldError> Hook(LifecycleHandler? hook, string path)
    {
        if (hook is null)
            yield break;
        foreach (var error in Handlers(path, "must specify a handler type", ("exec", hook.Exec), ("httpGet", hook.HttpGet), ("tcpSocket", hook.TcpSocket), ("sleep", hook.Sleep)))
            yield return error;
    }

    private static IEnumerable<FieldError> Handlers(string path, string missing, params (string Name, object? Value)[] handlers)
    {
        var first = true;
        foreach (var (name, value) in handlers)
        {
            if (value is null)
                continue;
            if (!first)
                yield return FieldError.Forbidden($"{path}.{name}", "may not specify more than 1 handler type");
            first = false;
            foreach (var error in Handler(value, $"{path}.{name}"))
                yield return error;
        }

        if (first)
            yield return FieldError.Required(path, missing);
    }

    private static IEnumerable<FieldError> Handler(object handler, string path)
    {
        switch (handler)
        {
            case ExecAction { Command: not { Count: > 0 } }:
                yield return FieldError.Required($"{path}.command");
                break;
            case HTTPGetAction http:
                if (string.IsNullOrEmpty(http.Path))
                    yield return FieldError.Required($"{path}.path");
                foreach (var error in Port(http.Port, $"{path}.port"))
                    yield return error;
                if (http.Scheme is not ("HTTP" or "HTTPS"))
                    yield return FieldError.NotSupported($"{path}.scheme", http.Scheme ?? "", ["HTTP", "HTTPS"]);
                foreach (var name in (http.HttpHeaders ?? []).Select(h => h.Name ?? ""))
                {
                    foreach (var error in NameFormats.HeaderName(name))
                        yield return FieldError.Invalid($"{path}.httpHeaders", name, error);
                }

                break;
            case TCPSocketAction tcp:
                foreach (var error in Port(tcp.Port, $"{path}.port"))
                    yield return error;
                break;
            case GRPCAction grpc:
                foreach (var error in Port(grpc.Port ?? 0, $"{path}.port"))
                    yield return error;
                break;
            case SleepAction { Seconds: null or < 0 } sleep:
                yield return FieldError.Invalid($"{path}.seconds", sleep.Seconds ?? 0, "must be greater than or equal to 0");
                break;
            default:
                break;
        }
    }

    private static IEnumerable<FieldError> Port(IntOrString? port, string path)
    {
        var value = port ?? new IntOrString(0);
        return (value.Text is { } name ? NameFormats.PortName(name) : NameFormats.PortNumber(value.Number)).Select(e => FieldError.Invalid(path, value, e));
    }
}
