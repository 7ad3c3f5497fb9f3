using System.Text.RegularExpressions;

namespace Platform.Tidy;

/// <summary>
/// What the documents name is there. A path may begin at any folder, as prose does: <c>Registry/Verbs/</c> on the page of the API server. A word in backticks is taken for a
/// path where it ends like a source file or a folder, or begins with a folder at the root; <c>&lt;Kind&gt;</c> and <c>*</c> stand for anything in it, and
/// <c>{Get,List}Verb.cs</c> for two files.
/// </summary>
public sealed partial class DocumentationTests
{
    private static readonly string[] Paths = [.. Repository.Paths()];

    [Fact]
    public void Every_path_that_a_document_names_exists() =>
        Documents().SelectMany(document => Named(Repository.Read(document)).Where(name => !Exists(name)).Select(name => $"{document}: {name}")).ShouldBeEmpty();

    [Fact]
    public void Every_link_of_a_document_leads_somewhere() =>
        Documents()
            .SelectMany(document => Link().Matches(Repository.Read(document)).Select(link => (document, To: link.Groups[1].Value)))
            .Where(link => !link.To.Contains("://", StringComparison.Ordinal) && !link.To.StartsWith('#'))
            .Where(link => !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(link.document)!, link.To.Split('#')[0])))
            .Select(link => $"{link.document}: {link.To}")
            .ShouldBeEmpty();

    [Theory]
    [InlineData("`Tidy/DocumentationTests.cs`", true)]
    [InlineData("`Tidy/{Documentation,Size}Tests.cs`", true)]
    [InlineData("`tests/<Project>.Tests`", true)]
    [InlineData("`tests/Tidy/`", true)]
    [InlineData("`idy/DocumentationTests.cs`", false)]
    [InlineData("`tests/Untidy`", false)]
    [InlineData("`Untidy/`", false)]
    [InlineData("`application/json`, `services/proxy`, `/api/v1/` and `GET …/{name}`", true)]
    public void Paths_are_told_from_other_words(string text, bool isFine) => Named(text).All(Exists).ShouldBe(isFine);

    private static IEnumerable<string> Documents() =>
        Paths.Where(path => path.EndsWith(".md", StringComparison.Ordinal) && (path == "README.md" || path.StartsWith("docs/", StringComparison.Ordinal)));

    private static IEnumerable<string> Named(string text) =>
        Quoted().Matches(Fence().Replace(text, "")).Select(quoted => quoted.Groups[1].Value)
            .Where(word => !word.StartsWith('/') && !word.StartsWith('.') && !word.Contains(' ', StringComparison.Ordinal) && !word.Contains('…', StringComparison.Ordinal))
            .Where(word => SourceFile().IsMatch(word) || word.EndsWith('/') || Root().IsMatch(word))
            .SelectMany(Alternatives);

    private static IEnumerable<string> Alternatives(string path) => Braces().Match(path) is { Success: true } braces
        ? braces.Groups[1].Value.Split(',').Select(one => path.Replace(braces.Value, one, StringComparison.Ordinal)) : [path];

    private static bool Exists(string path)
    {
        var pattern = new Regex("(^|/)" + string.Join("[^/]+", Placeholder().Split(path.TrimEnd('/')).Select(Regex.Escape)) + (path.EndsWith('/') ? "/$" : "/?$"));
        return Paths.Any(pattern.IsMatch);
    }

    // With a capital, since "services/proxy" is a resource of the API.
    [GeneratedRegex("^((services|libraries|tests)/[A-Z<{]|(AppHost|Cli|ServiceDefaults|benchmarks|docs|examples)/)")]
    private static partial Regex Root();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\.(cs|csproj|sln|md|proto|sh)$")]
    private static partial Regex SourceFile();

    [GeneratedRegex(@"\{([\w,]+)\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"<\w+>|\*")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
