using System.Globalization;
using Platform.Api;
using Platform.Api.Core.V1;

namespace Platform.ApiServer.Admission;

/// <summary>What of a pod or claim is outside of one item of a limit range, in upstream's words.</summary>
internal static class LimitBounds
{
    private static readonly Dictionary<string, Quantity> None = [];

    public static IEnumerable<string> OfPod(LimitRangeItem item, PodSpec spec) => item.Type switch
    {
        "Container" => (spec.Containers ?? []).Concat(spec.InitContainers ?? [])
            .SelectMany(c => Check(item, c.Resources?.Requests ?? None, c.Resources?.Limits ?? None)),
        "Pod" => Check(item, WholePod(spec, r => r?.Requests), WholePod(spec, r => r?.Limits)),
        _ => [],
    };

    public static IEnumerable<string> OfClaim(LimitRangeItem item, PersistentVolumeClaimSpec spec)
    {
        if (item.Type != "PersistentVolumeClaim")
            yield break;
        var requests = spec.Resources?.Requests ?? None;
        foreach (var (name, least) in Ordered(item.Min))
        {
            if (Minimum(item.Type, name, least, requests, None) is { } wrong)
                yield return wrong;
        }

        // A claim has a request only; the greatest allowed bounds it as if it were a limit.
        foreach (var (name, most) in Ordered(item.Max))
        {
            if (Maximum(item.Type, name, most, None, requests, "request") is { } wrong)
                yield return wrong;
        }
    }

    private static IEnumerable<string> Check(LimitRangeItem item, IReadOnlyDictionary<string, Quantity> requests, IReadOnlyDictionary<string, Quantity> limits)
    {
        foreach (var (name, least) in Ordered(item.Min))
        {
            if (Minimum(item.Type!, name, least, requests, limits) is { } wrong)
                yield return wrong;
        }

        foreach (var (name, most) in Ordered(item.Max))
        {
            if (Maximum(item.Type!, name, most, requests, limits, "limit") is { } wrong)
                yield return wrong;
        }

        foreach (var (name, ratio) in Ordered(item.MaxLimitRequestRatio))
        {
            if (Ratio(item.Type!, name, ratio, requests, limits) is { } wrong)
                yield return wrong;
        }
    }

    private static IEnumerable<KeyValuePair<string, Quantity>> Ordered(IReadOnlyDictionary<string, Quantity>? amounts) =>
        (amounts ?? None).OrderBy(a => a.Key, StringComparer.Ordinal);

    private static string? Minimum(string type, string name, Quantity least, IReadOnlyDictionary<string, Quantity> requests, IReadOnlyDictionary<string, Quantity> limits)
    {
        var text = $"minimum {name} usage per {type} is {least}";
        if (!requests.TryGetValue(name, out var request))
            return $"{text}.  No request is specified";
        if (request < least)
            return $"{text}, but request is {request}";
        return limits.TryGetValue(name, out var limit) && limit < least ? $"{text}, but limit is {limit}" : null;
    }

    private static string? Maximum(string type, string name, Quantity most, IReadOnlyDictionary<string, Quantity> requests,
        IReadOnlyDictionary<string, Quantity> limits, string what)
    {
        var text = $"maximum {name} usage per {type} is {most}";
        if (!limits.TryGetValue(name, out var limit))
            return $"{text}.  No {what} is specified";
        if (limit > most)
            return $"{text}, but {what} is {limit}";
        return requests.TryGetValue(name, out var request) && request > most ? $"{text}, but request is {request}" : null;
    }

    private static string? Ratio(string type, string name, Quantity most, IReadOnlyDictionary<string, Quantity> requests, IReadOnlyDictionary<string, Quantity> limits)
    {
        var text = $"{name} max limit to request ratio per {type} is {most}";
        if (!requests.TryGetValue(name, out var request) || request.IsZero)
            return $"{text}, but no request is specified or request is 0";
        if (!limits.TryGetValue(name, out var limit) || limit.IsZero)
            return $"{text}, but no limit is specified or limit is 0";
        var ratio = limit.ToDouble() / request.ToDouble();
        return ratio > most.ToDouble() ? string.Create(CultureInfo.InvariantCulture, $"{text}, but provided ratio is {ratio:F6}") : null;
    }

    /// <summary>What a pod as a whole asks for: only resources that every container names, or that some init container needs more of.</summary>
    private static IReadOnlyDictionary<string, Quantity> WholePod(PodSpec spec, Func<ResourceRequirements?, IReadOnlyDictionary<string, Quantity>?> list)
    {
        var each = (spec.Containers ?? []).Select(c => list(c.Resources) ?? None).ToList();
        var sum = each.SelectMany(a => a.Keys).Distinct(StringComparer.Ordinal).Where(name => each.TrueForAll(a => a.ContainsKey(name)))
            .ToDictionary(name => name, name => each.Aggregate(Quantity.Zero, (total, a) => total + a[name]), StringComparer.Ordinal);
        foreach (var (name, amount) in (spec.InitContainers ?? []).SelectMany(c => list(c.Resources) ?? None))
        {
            if (!sum.TryGetValue(name, out var present) || amount > present)
                sum[name] = amount;
        }

        return sum;
    }
}
