using System.Xml.Linq;

namespace Platform.Tidy;

/// <summary>Which project may know which: services are clients of the API server, and only it knows the store.</summary>
public sealed class DependencyTests
{
    private static readonly Dictionary<string, HashSet<string>> References = Repository.ProjectFiles().ToDictionary(
        path => Path.GetDirectoryName(path)!,
        path => XDocument.Parse(Repository.Read(path)).Descendants("ProjectReference")
            .Select(r => Path.GetDirectoryName(Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root,
                Path.GetDirectoryName(path)!, (string)r.Attribute("Include")!))))!)
            .ToHashSet());

    [Fact]
    public void Only_the_api_server_knows_the_store() =>
        References.Where(r => !r.Key.StartsWith("tests", StringComparison.Ordinal) && r.Key is not ("services/ApiServer" or "benchmarks"))
            .Where(r => r.Value.Contains("libraries/Storage"))
            .Select(r => r.Key)
            .ShouldBeEmpty();

    [Fact]
    public void Services_do_not_know_each_other_except_where_they_are_composed() =>
        References.Where(r => r.Key.StartsWith("services", StringComparison.Ordinal) && r.Key != "services/Standalone")
            .SelectMany(r => r.Value.Where(to => to.StartsWith("services", StringComparison.Ordinal)).Select(to => $"{r.Key} -> {to}"))
            .ShouldBeEmpty();

    [Fact]
    public void Libraries_know_no_service() =>
        References.Where(r => r.Key.StartsWith("libraries", StringComparison.Ordinal))
            .SelectMany(r => r.Value.Where(to => to.StartsWith("services", StringComparison.Ordinal) || to.StartsWith("tests",
                StringComparison.Ordinal)).Select(to => $"{r.Key} -> {to}"))
            .ShouldBeEmpty();

    [Fact]
    public void Product_code_knows_no_test() =>
        References.Where(r => !r.Key.StartsWith("tests", StringComparison.Ordinal))
            .SelectMany(r => r.Value.Where(to => to.StartsWith("tests", StringComparison.Ordinal)).Select(to => $"{r.Key} -> {to}"))
            .ShouldBeEmpty();

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("Platform.sln").Replace('\\', '/');
        Repository.ProjectFiles().Where(path => !solution.Contains(path, StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
