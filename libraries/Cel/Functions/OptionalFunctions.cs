using Platform.Cel.Values;
using static Platform.Cel.Functions.Declare;

namespace Platform.Cel.Functions;

/// <summary>Optional values (cel-go's "optional types", which Kubernetes has had since 1.29).</summary>
internal static class OptionalFunctions
{
    private static readonly CelType OptionalOfA = CelType.Optional(A);

    public static IEnumerable<CelOverload> All =>
    [
        Global("optional.none", "optional_none", [], OptionalOfA, _ => CelOptional.None),
        Global("optional.of", "optional_of", [A], OptionalOfA, v => CelOptional.Of(v[0])),
        Global("optional.ofNonZeroValue", "optional_ofNonZeroValue", [A], OptionalOfA, v => IsZero(v[0]) ? CelOptional.None : CelOptional.Of(v[0])),
        Member("hasValue", "optional_hasValue", [OptionalOfA], CelType.Bool, v => CelBool.Of(((CelOptional)v[0]).Value is not null)),
        Member("value", "optional_value", [OptionalOfA], A, v => ((CelOptional)v[0]).Value ?? new CelError("optional.none() dereference")),
        Member("or", "optional_or_optional", [OptionalOfA, OptionalOfA], OptionalOfA, v => ((CelOptional)v[0]).Value is null ? v[1] : v[0]),
        Member("orValue", "optional_orValue_value", [OptionalOfA, A], A, v => ((CelOptional)v[0]).Value ?? v[1]),
    ];

    private static bool IsZero(CelValue value) => value switch
    {
        CelNull => true,
        CelBool flag => !flag.Value,
        CelInt number => number.Value == 0,
        CelUint number => number.Value == 0,
        CelDouble number => number.Value == 0,
        CelDuration span => span.Nanoseconds == 0,
        CelTimestamp moment => moment.Seconds == 0 && moment.Nanos == 0,
        CelString or CelBytes or CelList or CelMap => value.CostSize == 0,
        _ => false,
    };
}
