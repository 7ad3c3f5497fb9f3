using System.Collections.Frozen;
using System.Xml;

namespace Platform.Api.Schema;

/// <summary>
/// What declarations say about themselves. The compiler collects the documentation comments into a file beside the assembly; it is read when
/// somebody first asks, so that a server whose OpenAPI nobody reads never pays for it. Where the file is missing there are no descriptions.
/// </summary>
public static class Descriptions
{
    private static readonly Lazy<FrozenDictionary<string, string>> All = new(Load);

    /// <summary>What a type is; empty where it does not say.</summary>
    public static string Of(Type type) => All.Value.GetValueOrDefault("T:" + type.FullName, "");

    /// <summary>What a field is; empty where it does not say.</summary>
    public static string Of(FieldSchema field)
    {
        var text = All.Value.GetValueOrDefault($"P:{field.Property.DeclaringType!.FullName}.{field.Property.Name}", "");
        // A comment that only repeats the name tells nobody anything.
        return text == field.Name + "." ? "" : text;
    }

    private static FrozenDictionary<string, string> Load()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Platform.Api.xml");
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(path))
            return found.ToFrozenDictionary();
        using var reader = XmlReader.Create(path);
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element || reader.Name != "member" || reader.GetAttribute("name") is not { } name)
                continue;
            if (name[0] is not ('T' or 'P') || !reader.ReadToDescendant("summary"))
                continue;
            using var summary = reader.ReadSubtree();
            found[name] = Text(summary);
        }

        return found.ToFrozenDictionary();
    }

    private static string Text(XmlReader summary)
    {
        var text = new System.Text.StringBuilder();
        while (summary.Read())
        {
            if (summary.NodeType is XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                text.Append(summary.Value);
            else if (summary.NodeType == XmlNodeType.Element && summary.GetAttribute("cref") is { } reference)
                text.Append(reference[(reference.LastIndexOf('.') + 1)..]);
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
