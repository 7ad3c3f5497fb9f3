namespace Platform.Cel.Functions;

/// <summary>Short forms for declaring overloads.</summary>
internal static class Declare
{
    public static readonly CelType A = CelType.Parameter("A");
    public static readonly CelType B = CelType.Parameter("B");
    public static readonly CelType ListOfA = CelType.List(A);
    public static readonly CelType MapOfAB = CelType.Map(A, B);
    public static readonly CelType ListOfString = CelType.List(CelType.String);

    public static CelOverload Global(string name, string id, CelType[] parameters, CelType result, Func<CelValue[], CelValue> invoke) =>
        new(name, id, false, parameters, result, invoke);

    public static CelOverload Member(string name, string id, CelType[] parameters, CelType result, Func<CelValue[], CelValue> invoke) =>
        new(name, id, true, parameters, result, invoke);
}
