using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>The rules of a service's ports.</summary>
internal static class ServicePortValidation
{
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];

    /// <summary>Each port by itself, and their names.</summary>
    public static IEnumerable<FieldError> Each(ServiceSpec spec, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (port, at) in spec.Ports.At(path))
        {
            if (string.IsNullOrEmpty(port.Name))
            {
                if (spec.Ports!.Count > 1)
                    yield return FieldError.Required($"{at}.name");
            }
            else
            {
                foreach (var error in Findings.Of(NameFormats.DnsLabel(port.Name), $"{at}.name", port.Name))
                    yield return error;
                if (!names.Add(port.Name))
                    yield return FieldError.Duplicate($"{at}.name", port.Name);
            }

            foreach (var error in Numbers(port, at))
                yield return error;
            if (port.AppProtocol is { } protocol)
            {
                foreach (var error in Findings.Of(NameFormats.QualifiedName(protocol), $"{at}.appProtocol", protocol))
                    yield return error;
            }
        }
    }

    /// <summary>The ports with the service's type and with one another.</summary>
    public static IEnumerable<FieldError> Together(ServiceSpec spec, string path)
    {
        var ports = (spec.Ports ?? []).Select((port, i) => (Port: port, At: $"{path}[{i}]")).ToList();
        var withNodePort = ports.Where(p => p.Port.NodePort is not (null or 0)).ToList();
        if (spec.Type == "ClusterIP")
        {
            foreach (var (_, at) in withNodePort)
                yield return FieldError.Forbidden($"{at}.nodePort", "may not be used when `type` is 'ClusterIP'");
        }

        var nodePorts = new HashSet<(string?, int?)>();
        foreach (var (port, at) in withNodePort.Where(p => !nodePorts.Add((p.Port.Protocol, p.Port.NodePort))))
            yield return FieldError.Duplicate($"{at}.nodePort", port.NodePort);
        var pairs = new HashSet<(string?, int?)>();
        foreach (var (port, at) in ports.Where(p => !pairs.Add((p.Port.Protocol, p.Port.Port))))
            yield return FieldError.Duplicate(at, $"{port.Protocol}/{port.Port}");
    }

    private static IEnumerable<FieldError> Numbers(ServicePort port, string path)
    {
        foreach (var error in Findings.Of(NameFormats.PortNumber(port.Port ?? 0), $"{path}.port", port.Port ?? 0))
            yield return error;
        if (string.IsNullOrEmpty(port.Protocol))
            yield return FieldError.Required($"{path}.protocol");
        else if (!Protocols.Contains(port.Protocol))
            yield return FieldError.NotSupported($"{path}.protocol", port.Protocol, Protocols);
        if (port.TargetPort is not { } target)
            yield break;
        foreach (var error in Findings.Of(target.Text is { } name ? NameFormats.PortName(name) : NameFormats.PortNumber(target.Number), $"{path}.targetPort", target))
            yield return error;
    }
}
