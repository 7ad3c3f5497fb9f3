using System.Text;

namespace Platform.Cel.Schemas;

/// <summary>
/// Field names as expressions write them (Kubernetes, "Validation rules", table of escapes): only names like identifiers can be selected, so a few characters and
/// the reserved words have spellings of their own.
/// </summary>
public static class FieldNames
{
    private static readonly HashSet<string> Reserved =
    [
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace",
        "return", "var", "void", "while",
    ];

    /// <summary>The name to write for a field of a document; null where the field cannot be written.</summary>
    public static string? Escape(string name)
    {
        if (Reserved.Contains(name))
            return $"__{name}__";
        if (name.Length == 0 || !(char.IsAsciiLetter(name[0]) || name[0] is '_' or '-' or '.' or '/'))
            return null;
        StringBuilder? result = null;
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            var special = c switch
            {
                '_' when i + 1 < name.Length && name[i + 1] == '_' => "__underscores__",
                '.' => "__dot__",
                '-' => "__dash__",
                '/' => "__slash__",
                _ => null,
            };
            if (special is null && !char.IsAsciiLetterOrDigit(c) && c != '_')
                return null;
            if (special is null)
            {
                result?.Append(c);
                continue;
            }
            (result ??= new StringBuilder(name, 0, i, name.Length + 16)).Append(special);
            if (c == '_')
                i++;
        }
        return result?.ToString() ?? name;
    }
}
