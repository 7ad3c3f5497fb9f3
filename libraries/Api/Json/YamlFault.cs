using System.Globalization;
using YamlDotNet.Core;

namespace Platform.Api.Json;

/// <summary>
/// What is wrong with a text that is not YAML, as upstream's library says it. Both libraries come from the same one, so their sentences are the same at heart: ours
/// say what was going on first, and end like sentences.
/// </summary>
internal static class YamlFault
{
    private const string Parsing = "While parsing ";

    public static string Describe(YamlException fault)
    {
        // What the scanner or the framework beneath it throws for escapes and the like has no sentence of the library's.
        var message = fault.InnerException is null ? fault.Message : "unknown problem parsing YAML content";
        var isParsers = message.StartsWith(Parsing, StringComparison.Ordinal) || message.StartsWith("Did not find expected", StringComparison.Ordinal);
        if (message.StartsWith("While ", StringComparison.Ordinal) && message.IndexOf(", ", StringComparison.Ordinal) is > 0 and var comma)
            message = message[(comma + 2)..];
        message = message.Trim(' ', '.') switch
        {
            "found invalid mapping" => "mapping values are not allowed in this context",
            "Reached the end of the stream while parsing a node" => "did not find expected node content",
            var other => other,
        };
        if (message.Length > 0 && !message.StartsWith('\''))
            message = char.ToLowerInvariant(message[0]) + message[1..];
        // Both are silent about the first line. Of the others the parser counts from zero, the scanner as people do.
        var line = isParsers ? fault.Start.Line - 1 : fault.End.Line;
        return line > (isParsers ? 0 : 1) ? string.Create(CultureInfo.InvariantCulture, $"yaml: line {line}: {message}") : $"yaml: {message}";
    }
}
