using System.Globalization;
using Platform.Api.Discovery.V1;
using Platform.Api.Errors;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Discovery;

/// <summary>Endpoint slices.</summary>
internal sealed class EndpointSliceRules : ResourceRules<EndpointSlice>
{
    /// <summary>Most endpoints of a slice.</summary>
    private const int MostEndpoints = 1000;

    /// <summary>Most ports of a slice.</summary>
    private const int MostPorts = 20000;

    /// <summary>Items that a row shows before it says how many more there are.</summary>
    private const int Shown = 3;

    private static readonly string[] AddressTypes = ["FQDN", "IPv4", "IPv6"];
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("AddressType", Description: "Kind of the addresses."),
        new("Ports", Description: "Ports of every endpoint."),
        new("Endpoints", Description: "Addresses."),
        Cells.Age,
    ];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(EndpointSlice value)
    {
        foreach (var port in value.Ports ?? [])
        {
            port.Name ??= "";
            port.Protocol ??= "TCP";
        }
    }

    protected override void PrepareForCreate(EndpointSlice value) => value.Metadata.Generation = 1;

    protected override bool PrepareForUpdate(EndpointSlice value, EndpointSlice old) =>
        !SemanticEquality.Same(value with { Metadata = new() }, old with { Metadata = new() });

    protected override IEnumerable<FieldError> Validate(EndpointSlice value)
    {
        if (string.IsNullOrEmpty(value.AddressType))
            yield return FieldError.Required("addressType");
        else if (!AddressTypes.Contains(value.AddressType))
            yield return FieldError.NotSupported("addressType", value.AddressType, AddressTypes);
        if (value.Endpoints?.Count > MostEndpoints)
            yield return new FieldError(FieldErrorType.FieldValueTooMany, "endpoints", value.Endpoints.Count, $"must have at most {MostEndpoints} items");
        if (value.Ports?.Count > MostPorts)
            yield return new FieldError(FieldErrorType.FieldValueTooMany, "ports", value.Ports.Count, $"must have at most {MostPorts} items");
        foreach (var (endpoint, i) in (value.Endpoints ?? []).Select((e, i) => (e, i)))
        {
            if (endpoint.Addresses is not { Count: > 0 })
                yield return FieldError.Required($"endpoints[{i}].addresses", "must contain at least 1 address");
            foreach (var error in (endpoint.Addresses ?? []).SelectMany((address, a) => Address(address, value.AddressType, $"endpoints[{i}].addresses[{a}]")))
                yield return error;
        }

        var names = new HashSet<string?>();
        foreach (var (port, i) in (value.Ports ?? []).Select((p, i) => (p, i)))
        {
            if (!names.Add(port.Name))
                yield return FieldError.Duplicate($"ports[{i}].name", port.Name);
            if (!string.IsNullOrEmpty(port.Name))
            {
                foreach (var error in NameFormats.DnsLabel(port.Name))
                    yield return FieldError.Invalid($"ports[{i}].name", port.Name, error);
            }

            if (!Protocols.Contains(port.Protocol))
                yield return FieldError.NotSupported($"ports[{i}].protocol", port.Protocol ?? "", Protocols);
        }
    }

    /// <summary>An address of the slice's type. Of a type that is not known nothing is asked.</summary>
    private static IEnumerable<FieldError> Address(string address, string? type, string path) => type switch
    {
        "IPv4" or "IPv6" => [.. AddressFindings.Ip(address, path, type), .. AddressFindings.NonSpecial(address, path)],
        "FQDN" => AddressFindings.DomainName(address, path),
        _ => [],
    };

    protected override IEnumerable<FieldError> ValidateUpdate(EndpointSlice value, EndpointSlice old)
    {
        if (value.AddressType != old.AddressType)
            yield return FieldError.Invalid("addressType", value.AddressType, "field is immutable");
    }

    protected override object?[] Row(EndpointSlice value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        value.AddressType,
        List((value.Ports ?? []).Select(p => p.Port is { } port ? port.ToString(CultureInfo.InvariantCulture) : "*"), "<unset>"),
        List((value.Endpoints ?? []).SelectMany(e => e.Addresses ?? []), "<unset>"),
        Cells.Since(value.Metadata.CreationTimestamp, now),
    ];

    private static string List(IEnumerable<string> items, string none)
    {
        var all = items.ToList();
        if (all.Count == 0)
            return none;
        var text = string.Join(",", all.Take(Shown));
        return all.Count > Shown ? $"{text} + {all.Count - Shown} more..." : text;
    }
}
