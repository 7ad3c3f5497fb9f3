using Platform.Api;
using Platform.Api.Core.V1;

namespace Platform.NodeAgent.Resources;

/// <summary>
/// A pod's quality of service: Guaranteed if every container limits CPU and memory and requests just that, BestEffort if none asks for
/// anything, Burstable otherwise.
/// </summary>
internal static class QosClass
{
    public const string Guaranteed = "Guaranteed";
    public const string Burstable = "Burstable";
    public const string BestEffort = "BestEffort";

    private static readonly string[] Counted = ["cpu", "memory"];

    public static string Of(PodSpec spec)
    {
        var containers = (spec.Containers ?? []).Concat(spec.InitContainers ?? []).ToList();
        if (containers.All(c => Counted.All(r => Amount(c.Resources?.Requests, r) is null && Amount(c.Resources?.Limits, r) is null)))
            return BestEffort;
        return containers.All(c => Counted.All(r => IsGuaranteed(c.Resources, r))) ? Guaranteed : Burstable;
    }

    private static bool IsGuaranteed(ResourceRequirements? resources, string resource) =>
        Amount(resources?.Limits, resource) is { } limit && (Amount(resources?.Requests, resource) ?? limit) == limit;

    private static Quantity? Amount(IReadOnlyDictionary<string, Quantity>? amounts, string resource) =>
        amounts is not null && amounts.TryGetValue(resource, out var amount) && !amount.IsZero ? (Quantity?)amount : null;
}
