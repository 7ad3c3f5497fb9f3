using Platform.ApiServer.CustomResources.Schemas;

namespace Platform.ApiServer.Tests.CustomResources;

public sealed class GoPatternFaultTests
{
    [Theory]
    [InlineData("^[a-z]+$", null)]
    [InlineData("a[b", "missing closing ]: `[b`")]
    [InlineData("(a", "missing closing ): `(a`")]
    [InlineData("a)", "unexpected ): `a)`")]
    [InlineData("*a", "missing argument to repetition operator: `*`")]
    [InlineData("a\\", "trailing backslash at end of expression: ``")]
    [InlineData("(?=a)", "invalid or unsupported Perl syntax: `(?=a)`")]
    public void Faults_of_patterns_have_Gos_words(string pattern, string? fault) =>
        GoPatternFault.Of(pattern).ShouldBe(fault is null ? null : "error parsing regexp: " + fault);
}
