using Platform.Api.Errors;
using Platform.Api.Networking.V1;
using Platform.Api.Validation;

namespace Platform.ApiServer.Registry.Rules.Networking;

/// <summary>Network policies.</summary>
internal sealed class NetworkPolicyRules : ResourceRules<NetworkPolicy>
{
    private const string NotSubset = "must be a strict subset of `cidr`";

    private static readonly string[] Types = ["Egress", "Ingress"];
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];

    public override IReadOnlyList<TableColumn> Columns { get; } =
        [Cells.Name, new("Pod-Selector", Description: "Pods that the policy is for."), Cells.Age];

    public override string? ValidateName(string name) => NameFormats.DnsSubdomain(name).FirstOrDefault();

    protected override void Default(NetworkPolicy value)
    {
        var spec = value.Spec ??= new();
        spec.PodSelector ??= new();
        foreach (var port in (spec.Ingress ?? []).SelectMany(r => r.Ports ?? []).Concat((spec.Egress ?? []).SelectMany(r => r.Ports ?? [])))
            port.Protocol ??= "TCP";
        if (spec.PolicyTypes is not { Count: > 0 })
            spec.PolicyTypes = spec.Egress is { Count: > 0 } ? ["Ingress", "Egress"] : ["Ingress"];
    }

    protected override void PrepareForCreate(NetworkPolicy value) => value.Metadata.Generation = 1;

    protected override bool PrepareForUpdate(NetworkPolicy value, NetworkPolicy old) => !SemanticEquality.Same(value.Spec, old.Spec);

    protected override IEnumerable<FieldError> Validate(NetworkPolicy value)
    {
        var spec = value.Spec ?? new();
        foreach (var error in LabelSelectorValidation.Validate(spec.PodSelector, "spec.podSelector"))
            yield return error;
        foreach (var (rule, at) in spec.Ingress.At("spec.ingress"))
        {
            foreach (var error in Rule(rule.Ports, rule.From, at, "from"))
                yield return error;
        }
        foreach (var (rule, at) in spec.Egress.At("spec.egress"))
        {
            foreach (var error in Rule(rule.Ports, rule.To, at, "to"))
                yield return error;
        }
        if (spec.PolicyTypes?.Count > Types.Length)
        {
            yield return FieldError.Invalid("spec.policyTypes", spec.PolicyTypes, "may not specify more than two policyTypes");
            yield break;
        }
        foreach (var (type, at) in spec.PolicyTypes.At("spec.policyTypes"))
        {
            if (!Types.Contains(type))
                yield return FieldError.NotSupported(at, type, Types);
        }
    }

    protected override object?[] Row(NetworkPolicy value, DateTimeOffset now) =>
        [value.Metadata.Name, Cells.Selector(value.Spec?.PodSelector), Cells.Since(value.Metadata.CreationTimestamp, now)];

    private static IEnumerable<FieldError> Rule(IReadOnlyList<NetworkPolicyPort>? ports, IReadOnlyList<NetworkPolicyPeer>? peers, string path, string peersField) =>
        ports.At($"{path}.ports").SelectMany(p => Port(p.Item, p.Path)).Concat(peers.At($"{path}.{peersField}").SelectMany(p => Peer(p.Item, p.Path)));

    private static IEnumerable<FieldError> Port(NetworkPolicyPort port, string path)
    {
        if (port.Protocol is { } protocol && !Protocols.Contains(protocol))
            yield return FieldError.NotSupported($"{path}.protocol", protocol, Protocols);
        if (port.Port is { } either && either.Text is null)
        {
            foreach (var error in Findings.Of(NameFormats.PortNumber(either.Number), $"{path}.port", either.Number))
                yield return error;
            if (port.EndPort is not { } end)
                yield break;
            if (end < either.Number)
                yield return FieldError.Invalid($"{path}.endPort", either.Number, "must be greater than or equal to `port`");
            foreach (var error in Findings.Of(NameFormats.PortNumber(end), $"{path}.endPort", end))
                yield return error;
        }
        else if (port.Port?.Text is { } name)
        {
            if (port.EndPort is not null)
                yield return FieldError.Invalid($"{path}.endPort", port.EndPort, "may not be specified when `port` is non-numeric");
            foreach (var error in Findings.Of(NameFormats.PortName(name), $"{path}.port", name))
                yield return error;
        }
        else if (port.EndPort is not null)
            yield return FieldError.Invalid($"{path}.endPort", port.EndPort, "may not be specified when `port` is not specified");
    }

    private static IEnumerable<FieldError> Peer(NetworkPolicyPeer peer, string path)
    {
        foreach (var error in LabelSelectorValidation.Validate(peer.PodSelector, $"{path}.podSelector"))
            yield return error;
        foreach (var error in LabelSelectorValidation.Validate(peer.NamespaceSelector, $"{path}.namespaceSelector"))
            yield return error;
        if (peer.IpBlock is { } block)
        {
            foreach (var error in Block(block, $"{path}.ipBlock"))
                yield return error;
            if (peer.PodSelector is not null || peer.NamespaceSelector is not null)
                yield return FieldError.Forbidden(path, "may not specify both ipBlock and another peer");
        }
        else if (peer.PodSelector is null && peer.NamespaceSelector is null)
            yield return FieldError.Required(path, "must specify a peer");
    }

    private static IEnumerable<FieldError> Block(IPBlock block, string path)
    {
        if (string.IsNullOrEmpty(block.Cidr))
        {
            yield return FieldError.Required($"{path}.cidr");
            yield break;
        }
        if (AddressFindings.Network(block.Cidr) is not { } whole)
        {
            foreach (var error in AddressFindings.Cidr(block.Cidr, $"{path}.cidr"))
                yield return error;
            yield break;
        }
        foreach (var (except, at) in block.Except.At($"{path}.except"))
        {
            if (AddressFindings.Network(except) is not { } part)
            {
                foreach (var error in AddressFindings.Cidr(except, at))
                    yield return error;
                yield break;
            }
            if (part.BaseAddress.AddressFamily != whole.BaseAddress.AddressFamily || !whole.Contains(part.BaseAddress) || whole.PrefixLength >= part.PrefixLength)
                yield return FieldError.Invalid(at, part.BaseAddress.ToString(), NotSubset);
        }
    }
}
