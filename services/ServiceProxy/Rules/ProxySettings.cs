namespace Platform.ServiceProxy.Rules;

/// <summary>What the rules depend on besides services and endpoints.</summary>
/// <param name="Table">Name of the nftables table.</param>
/// <param name="NodeName">This node: its endpoints are local.</param>
/// <param name="PodCidr">Range of pods' addresses; what comes from elsewhere is masqueraded on its way to a cluster IP.</param>
internal sealed record ProxySettings(string Table, string NodeName, string PodCidr)
{
    /// <summary>Whether pods have addresses that answer; those of the simulated runtime do not.</summary>
    public bool HasRealPods { get; init; } = true;
}
