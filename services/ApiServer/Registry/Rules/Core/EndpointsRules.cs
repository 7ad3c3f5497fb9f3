using System.Globalization;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>Endpoints.</summary>
internal sealed class EndpointsRules : ResourceRules<Endpoints>
{
    public override bool AllowsCreateOnUpdate => true;

    /// <summary>Addresses that a row shows before it says how many more there are.</summary>
    private const int Shown = 3;

    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];

    public override IReadOnlyList<TableColumn> Columns { get; } =
        [Cells.Name, new("Endpoints", Description: "Addresses with ports."), Cells.Age];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(Endpoints value)
    {
        foreach (var port in (value.Subsets ?? []).SelectMany(s => s.Ports ?? []))
            port.Protocol = string.IsNullOrEmpty(port.Protocol) ? "TCP" : port.Protocol;
    }

    protected override IEnumerable<FieldError> Validate(Endpoints value)
    {
        foreach (var (subset, i) in (value.Subsets ?? []).Select((s, i) => (s, i)))
        {
            var at = $"subsets[{i}]";
            if (subset.Addresses is not { Count: > 0 } && subset.NotReadyAddresses is not { Count: > 0 })
                yield return FieldError.Required(at, "must specify `addresses` or `notReadyAddresses`");
            foreach (var (list, field) in new[] { (subset.Addresses ?? [], "addresses"), (subset.NotReadyAddresses ?? [], "notReadyAddresses") })
            {
                foreach (var error in list.SelectMany((address, a) => Address(address, $"{at}.{field}[{a}]")))
                    yield return error;
            }

            foreach (var (port, p) in (subset.Ports ?? []).Select((port, p) => (port, p)))
            {
                if (string.IsNullOrEmpty(port.Name) && subset.Ports!.Count > 1)
                    yield return FieldError.Required($"{at}.ports[{p}].name");
                foreach (var error in NameFormats.PortNumber(port.Port ?? 0))
                    yield return FieldError.Invalid($"{at}.ports[{p}].port", port.Port ?? 0, error);
                if (!Protocols.Contains(port.Protocol))
                    yield return FieldError.NotSupported($"{at}.ports[{p}].protocol", port.Protocol ?? "", Protocols);
            }
        }
    }

    private static IEnumerable<FieldError> Address(EndpointAddress address, string path) =>
    [
        .. AddressFindings.Ip(address.Ip ?? "", $"{path}.ip"),
        .. string.IsNullOrEmpty(address.Hostname) ? [] : Findings.Of(NameFormats.DnsLabel(address.Hostname), $"{path}.hostname", address.Hostname),
        .. address.NodeName is { } node ? Findings.Of(NameFormats.DnsSubdomain(node), $"{path}.nodeName", node) : [],
        .. AddressFindings.NonSpecial(address.Ip ?? "", $"{path}.ip"),
    ];

    protected override object?[] Row(Endpoints value, DateTimeOffset now) =>
        [value.Metadata.Name, Show(value.Subsets ?? []), Cells.Since(value.Metadata.CreationTimestamp, now)];

    private static string Show(IReadOnlyList<EndpointSubset> subsets)
    {
        var all = new List<string>();
        foreach (var subset in subsets)
        {
            var ports = subset.Ports is { Count: > 0 } p ? p.Select(x => ":" + (x.Port ?? 0).ToString(CultureInfo.InvariantCulture)) : [""];
            all.AddRange(ports.SelectMany(port => (subset.Addresses ?? []).Select(a => (a.Ip?.Contains(':') == true && port.Length > 0 ? $"[{a.Ip}]" : a.Ip) + port)));
        }

        if (all.Count == 0)
            return Cells.None;
        var text = string.Join(",", all.Take(Shown));
        return all.Count > Shown ? $"{text} + {all.Count - Shown} more..." : text;
    }
}
