using Platform.Cel.Values;

namespace Platform.Cel.Tests.Conformance;

/// <summary>
/// Tables of expressions and what they must give, one file per part of the specification, each citing it. The right side is an expression of the same type, or
/// <c>error:</c> with the message, or <c>compile:</c> with a part of the issue.
/// </summary>
public sealed class GoldenTests
{
    public static IEnumerable<TheoryDataRow<string, string, string>> Cases() =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Cases"), "*.txt").Order(StringComparer.Ordinal).SelectMany(
            file => File.ReadAllLines(file).Where(l => !l.StartsWith('#') && !l.StartsWith("//", StringComparison.Ordinal) && l.Length > 0).Select(l =>
            {
                var at = l.LastIndexOf(" => ", StringComparison.Ordinal);
                return new TheoryDataRow<string, string, string>(Path.GetFileNameWithoutExtension(file), l[..at], l[(at + 4)..]);
            }));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Expression_gives_what_the_table_says(string section, string expression, string expected)
    {
        var compiled = CelProgram.Compile(expression, CelEnvironment.Kubernetes);
        if (expected.StartsWith("compile: ", StringComparison.Ordinal))
        {
            compiled.Error.ShouldContain(expected[9..], Case.Sensitive, section);
            return;
        }
        compiled.Error.ShouldBe("", section);
        var result = compiled.Program!.Evaluate(_ => null);
        if (expected.StartsWith("error: ", StringComparison.Ordinal))
        {
            result.Error.ShouldBe(expected[7..], section);
            return;
        }
        result.Error.ShouldBeNull(section);
        var wanted = CelProgram.Compile(expected, CelEnvironment.Kubernetes);
        wanted.Error.ShouldBe("");
        var value = wanted.Program!.Evaluate(_ => null).Value!;
        CelValue.AreEqual(result.Value!, value).ShouldBeTrue($"{section}: {expression} gave {Shown(result.Value!)}");
        result.Value!.Type.Kind.ShouldBe(value.Type.Kind, section);
    }

    private static string Shown(CelValue value) => value switch
    {
        CelString text => text.Value,
        CelInt number => number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        CelDouble number => number.Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        CelList list => $"[{string.Join(", ", Enumerable.Range(0, list.Count).Select(i => Shown(list[i])))}]",
        _ => value.Type + " " + value,
    };
}
