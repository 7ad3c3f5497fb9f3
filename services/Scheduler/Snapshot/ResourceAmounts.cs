using System.Collections.Frozen;
using System.Collections.Immutable;
using Platform.Api;

namespace Platform.Scheduler.Snapshot;

/// <summary>Amounts of resources as whole numbers: CPU in thousandths of a core, everything else in its unit. Immutable.</summary>
internal sealed record ResourceAmounts
{
    /// <summary>What a container that says nothing is counted with when nodes are scored: 100 m and 200 MiB, as upstream has it.</summary>
    private const long UnspecifiedMilliCpu = 100;
    private const long UnspecifiedMemory = 200L * 1024 * 1024;

    private static readonly FrozenDictionary<string, long> NoScalars = FrozenDictionary<string, long>.Empty;

    public static readonly ResourceAmounts Nothing = new();

    public long MilliCpu { get; init; }

    public long Memory { get; init; }

    public long EphemeralStorage { get; init; }

    public long Pods { get; init; }

    /// <summary>Extended resources, huge pages and the like.</summary>
    public IReadOnlyDictionary<string, long> Scalars { get; init; } = NoScalars;

    public static ResourceAmounts From(IReadOnlyDictionary<string, Quantity>? amounts)
    {
        if (amounts is null || amounts.Count == 0)
            return Nothing;
        var result = Nothing;
        Dictionary<string, long>? scalars = null;
        foreach (var (name, amount) in amounts)
        {
            switch (name)
            {
                case "cpu": result = result with { MilliCpu = amount.MilliValue }; break;
                case "memory": result = result with { Memory = amount.Value }; break;
                case "ephemeral-storage": result = result with { EphemeralStorage = amount.Value }; break;
                case "pods": result = result with { Pods = amount.Value }; break;
                default: (scalars ??= [])[name] = amount.Value; break;
            }
        }
        return scalars is null ? result : result with { Scalars = scalars };
    }

    /// <summary>A container's requests for scoring, with the assumed ones where it has none.</summary>
    public static ResourceAmounts NonZero(IReadOnlyDictionary<string, Quantity>? requests)
    {
        var result = From(requests);
        return result with
        {
            MilliCpu = requests?.ContainsKey("cpu") == true ? result.MilliCpu : UnspecifiedMilliCpu,
            Memory = requests?.ContainsKey("memory") == true ? result.Memory : UnspecifiedMemory,
        };
    }

    public static ResourceAmounts operator +(ResourceAmounts left, ResourceAmounts right) => Combine(left, right, static (a, b) => a + b);

    public static ResourceAmounts operator -(ResourceAmounts left, ResourceAmounts right) => Combine(left, right, static (a, b) => a - b);

    public static ResourceAmounts Max(ResourceAmounts left, ResourceAmounts right) => Combine(left, right, Math.Max);

    private static ResourceAmounts Combine(ResourceAmounts left, ResourceAmounts right, Func<long, long, long> combine) => new()
    {
        MilliCpu = combine(left.MilliCpu, right.MilliCpu),
        Memory = combine(left.Memory, right.Memory),
        EphemeralStorage = combine(left.EphemeralStorage, right.EphemeralStorage),
        Pods = combine(left.Pods, right.Pods),
        Scalars = left.Scalars.Count == 0 && right.Scalars.Count == 0
            ? NoScalars
            : left.Scalars.Keys.Union(right.Scalars.Keys)
                .ToImmutableDictionary(name => name, name => combine(left.Scalars.GetValueOrDefault(name), right.Scalars.GetValueOrDefault(name))),
    };
}
