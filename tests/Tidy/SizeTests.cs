using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Platform.Tidy;

/// <summary>Code is read far more often than written: nothing may grow past what fits a reader's head.</summary>
public sealed class SizeTests
{
    private const int LongestFile = 300;
    private const int LongestMethod = 70;
    private const int LongestLine = 180;

    [Fact]
    public void No_file_has_more_than_300_lines() =>
        Repository.SourceFiles()
            .Select(path => (path, Lines: Repository.Read(path).Split('\n').Length - 1))
            .Where(file => file.Lines > LongestFile)
            .Select(file => $"{file.path}: {file.Lines} lines")
            .ShouldBeEmpty();

    [Fact]
    public void No_line_has_more_than_180_characters() =>
        Repository.SourceFiles()
            .SelectMany(path => Repository.Read(path).Split('\n').Select((line, index) => (path, index, line.Length)))
            .Where(line => line.Length > LongestLine)
            .Select(line => $"{line.path}:{line.index + 1}: {line.Length} characters")
            .ShouldBeEmpty();

    [Fact]
    public void No_method_has_more_than_70_lines() =>
        Repository.SourceFiles()
            .SelectMany(path => CSharpSyntaxTree.ParseText(Repository.Read(path)).GetRoot().DescendantNodes()
                .Where(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax)
                .Select(node => (path, node, Lines: LineCount(node))))
            .Where(method => method.Lines > LongestMethod)
            .Select(method => $"{method.path}: {Name(method.node)} has {method.Lines} lines")
            .ShouldBeEmpty();

    private static int LineCount(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string Name(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        _ => node.Kind().ToString(),
    };
}
