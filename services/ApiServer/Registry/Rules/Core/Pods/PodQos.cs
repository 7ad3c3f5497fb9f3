using Platform.Api;
using Platform.Api.Core.V1;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>A pod's quality of service: what the node agent sacrifices last. It follows from CPU and memory alone.</summary>
internal static class PodQos
{
    private static readonly string[] Counted = ["cpu", "memory"];

    public static string Of(PodSpec? spec)
    {
        var containers = (spec?.InitContainers ?? []).Concat(spec?.Containers ?? []).Select(c => c.Resources).ToList();
        var any = containers.Any(r => Counted.Any(n => Amount(r?.Requests, n) is not null || Amount(r?.Limits, n) is not null));
        if (!any)
            return "BestEffort";
        var all = containers.All(r => Counted.All(n =>
            Amount(r?.Limits, n) is { } limit && (Amount(r?.Requests, n) is not { } request || request == limit)));
        return all ? "Guaranteed" : "Burstable";
    }

    private static Quantity? Amount(IReadOnlyDictionary<string, Quantity>? amounts, string name) =>
        amounts is not null && amounts.TryGetValue(name, out var amount) && amount.Sign > 0 ? amount : (Quantity?)null;
}
