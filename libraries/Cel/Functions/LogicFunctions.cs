using Platform.Cel.Parsing;
using Platform.Cel.Values;
using static Platform.Cel.Functions.Declare;

namespace Platform.Cel.Functions;

/// <summary>Declarations of the operators that do not evaluate all their arguments, which the evaluator computes itself; and negation.</summary>
internal static class LogicFunctions
{
    public static IEnumerable<CelOverload> All =>
    [
        Global(Operators.And, "logical_and", [CelType.Bool, CelType.Bool], CelType.Bool, v => CelBool.Of(Is(v[0]) && Is(v[1]))),
        Global(Operators.Or, "logical_or", [CelType.Bool, CelType.Bool], CelType.Bool, v => CelBool.Of(Is(v[0]) || Is(v[1]))),
        Global(Operators.Conditional, "conditional", [CelType.Bool, A, A], A, v => Is(v[0]) ? v[1] : v[2]),
        Global(Operators.NotStrictlyFalse, "not_strictly_false", [CelType.Bool], CelType.Bool, v => v[0]),
        Global(Operators.Not, "logical_not", [CelType.Bool], CelType.Bool, v => CelBool.Of(!Is(v[0]))),
        Global("dyn", "to_dyn", [A], CelType.Dyn, v => v[0]),
        Global("type", "type", [A], CelType.Type, v => new CelTypeValue(v[0].Type)),
    ];

    private static bool Is(CelValue value) => ((CelBool)value).Value;
}
