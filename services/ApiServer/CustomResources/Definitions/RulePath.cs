using System.Text;
using Platform.ApiServer.CustomResources.Schemas;

namespace Platform.ApiServer.CustomResources.Definitions;

/// <summary>The <c>fieldPath</c> of a rule: members, also quoted ones, below the place of the rule.</summary>
internal static class RulePath
{
    /// <summary>The path as findings show it, such as <c>spec.x</c> or <c>spec[a.b]</c>; null where the schema has no such field.</summary>
    public static string? Resolve(string path, StructuralSchema schema)
    {
        var shown = new StringBuilder();
        var at = schema;
        for (var i = 0; i < path.Length;)
        {
            string name;
            if (path[i] == '.')
            {
                var end = path.AsSpan(i + 1).IndexOfAny('.', '[');
                name = end < 0 ? path[(i + 1)..] : path.Substring(i + 1, end);
                i += name.Length + 1;
            }
            else if (path[i] == '[' && i + 1 < path.Length && path[i + 1] is '\'' or '"' && path.IndexOf(path[i + 1] + "]", i + 2, StringComparison.Ordinal) is var close and > 0)
            {
                name = path[(i + 2)..close];
                i = close + 2;
            }
            else
                return null;
            if (name.Length == 0 || at?.Member(name) is not { } next)
                return null;
            if (at.Properties.ContainsKey(name))
                shown.Append('.').Append(name);
            else
                shown.Append('[').Append(name).Append(']');
            at = next;
        }
        return shown.Length == 0 ? null : shown.ToString();
    }
}
