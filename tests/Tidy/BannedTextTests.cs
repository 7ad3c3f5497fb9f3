using System.Text.RegularExpressions;

namespace Platform.Tidy;

/// <summary>What the banned-symbol analyzer cannot see: words, switched-off analyzers, names that say nothing.</summary>
public sealed partial class BannedTextTests
{
    [Fact]
    public void No_code_hides_missing_parts() => Matches(Unfinished()).ShouldBeEmpty();

    [Fact]
    public void Banned_symbols_are_not_switched_off() => Matches(Suppression()).ShouldBeEmpty();

    [Fact]
    public void Namespaces_are_file_scoped_and_follow_the_folders()
    {
        var wrong = new List<string>();
        foreach (var path in Product())
        {
            if (Namespace().Match(Repository.Read(path)) is { Success: true } found && found.Groups[1].Value != Expected(path))
                wrong.Add($"{path}: {found.Groups[1].Value}, not {Expected(path)}");
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void No_type_is_a_drawer_for_odds_and_ends() =>
        Repository.SourceFiles().Where(path => VagueName().IsMatch(Path.GetFileNameWithoutExtension(path))).ShouldBeEmpty();

    private static IEnumerable<string> Product() =>
        Repository.SourceFiles().Where(path => path.StartsWith("services/", StringComparison.Ordinal) || path.StartsWith("libraries/", StringComparison.Ordinal))
            .Where(path => !path.StartsWith("libraries/AppHost.Local/", StringComparison.Ordinal));

    private static string Expected(string path) =>
        "Platform." + Path.GetDirectoryName(path)!.Split('/', 2)[1].Replace('/', '.');

    private static IEnumerable<string> Matches(Regex pattern) =>
        Repository.SourceFiles().Where(path => !path.StartsWith("tests/Tidy/", StringComparison.Ordinal))
            .SelectMany(path => Repository.Read(path).Split('\n')
                .Select((line, index) => (line, index))
                .Where(l => pattern.IsMatch(l.line))
                .Select(l => $"{path}:{l.index + 1}: {l.line.Trim()}"));

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"pragma warning disable RS0030|SuppressMessage\(.*RS0030")]
    private static partial Regex Suppression();

    [GeneratedRegex(@"^namespace ([\w.]+)\s*[;{]", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"(Utils?|Helpers?|Common|Misc)$")]
    private static partial Regex VagueName();
}
