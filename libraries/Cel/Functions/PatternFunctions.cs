using System.Text.RegularExpressions;
using Platform.Cel.Values;
using static Platform.Cel.Functions.Declare;

namespace Platform.Cel.Functions;

/// <summary>Kubernetes' regex library: <c>find</c> and <c>findAll</c>.</summary>
internal static class PatternFunctions
{
    public static IEnumerable<CelOverload> All =>
    [
        Member("find", "string_find_string", [CelType.String, CelType.String], CelType.String, Find),
        Member("findAll", "string_find_all_string", [CelType.String, CelType.String], ListOfString, v => FindAll(v, -1)),
        Member("findAll", "string_find_all_string_int", [CelType.String, CelType.String, CelType.Int], ListOfString, v => FindAll(v, ((CelInt)v[2]).Value)),
    ];

    private static CelValue Find(CelValue[] values)
    {
        if (Patterns.Compile(((CelString)values[1]).Value, out var error) is not { } pattern)
            return new CelError("Illegal regex: " + error);
        return new CelString(pattern.Match(((CelString)values[0]).Value).Value);
    }

    private static CelValue FindAll(CelValue[] values, long limit)
    {
        if (Patterns.Compile(((CelString)values[1]).Value, out var error) is not { } pattern)
            return new CelError("Illegal regex: " + error);
        var result = new List<CelValue>();
        for (var match = pattern.Match(((CelString)values[0]).Value); match.Success && (limit < 0 || result.Count < limit); match = match.NextMatch())
            result.Add(new CelString(match.Value));
        return new CelArray(result);
    }
}
