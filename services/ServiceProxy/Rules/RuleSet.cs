using System.Collections.Immutable;

namespace Platform.ServiceProxy.Rules;

/// <summary>
/// The variable part of the table, as values that can be compared: elements of the fixed maps and sets, chains with their rules, and the
/// sets that remember which client went to which endpoint. <see cref="Nftables.NftScript"/> turns one of them, or the difference of
/// two, into nftables' language.
/// </summary>
internal sealed record RuleSet
{
    public const string ServiceAddresses = "service-addresses";
    public const string NodePorts = "node-ports";
    public const string UnservedAddresses = "unserved-addresses";
    public const string UnservedNodePorts = "unserved-node-ports";
    public const string ClusterAddresses = "cluster-addresses";
    public const string Hairpins = "hairpins";

    // Before Empty, which is made of it.
    private static readonly ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Collections =
        new[] { ServiceAddresses, NodePorts, UnservedAddresses, UnservedNodePorts, ClusterAddresses, Hairpins }.ToImmutableSortedDictionary(
            name => name, _ => ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);

    public static readonly RuleSet Empty = new();

    /// <summary>Per map or set its elements: key, and verdict (empty in a set).</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Elements { get; init; } = Collections;

    /// <summary>Rules by chain.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Chains { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    /// <summary>Seconds for which an entry is remembered, by affinity set.</summary>
    public ImmutableSortedDictionary<string, int> AffinitySets { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);
}
