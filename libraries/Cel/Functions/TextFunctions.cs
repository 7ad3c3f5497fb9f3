using Platform.Cel.Values;
using static Platform.Cel.Functions.Declare;

namespace Platform.Cel.Functions;

/// <summary>The standard functions of texts.</summary>
internal static class TextFunctions
{
    public static IEnumerable<CelOverload> All =>
    [
        Test("contains", "contains_string", (a, b) => a.Contains(b, StringComparison.Ordinal)),
        Test("startsWith", "starts_with_string", (a, b) => a.StartsWith(b, StringComparison.Ordinal)),
        Test("endsWith", "ends_with_string", (a, b) => a.EndsWith(b, StringComparison.Ordinal)),
        Member("matches", "matches_string", [CelType.String, CelType.String], CelType.Bool, Matches),
        Global("matches", "matches", [CelType.String, CelType.String], CelType.Bool, Matches),
    ];

    private static CelOverload Test(string name, string id, Func<string, string, bool> test) => Member(
        name, id, [CelType.String, CelType.String], CelType.Bool, v => CelBool.Of(test(((CelString)v[0]).Value, ((CelString)v[1]).Value)));

    private static CelValue Matches(CelValue[] values) =>
        Patterns.Compile(((CelString)values[1]).Value, out var error) is { } pattern ? CelBool.Of(pattern.IsMatch(((CelString)values[0]).Value)) : new CelError(error!);
}
