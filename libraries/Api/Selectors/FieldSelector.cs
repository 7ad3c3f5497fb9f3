using System.Text;

namespace Platform.Api.Selectors;

/// <summary>One condition on a field.</summary>
/// <param name="Field">Path such as <c>spec.nodeName</c>.</param>
/// <param name="Negated">Whether the field must differ from the value.</param>
/// <param name="Value">Value compared with, unescaped.</param>
public sealed record FieldRequirement(string Field, bool Negated, string Value)
{
    /// <summary>Whether a field of this value meets the condition.</summary>
    public bool Matches(string value) => string.Equals(value, Value, StringComparison.Ordinal) != Negated;

    /// <inheritdoc />
    public override string ToString() => Field + (Negated ? "!=" : "=") + FieldSelector.Escape(Value);
}

/// <summary>
/// A condition on an object's fields, as in the query parameter <c>fieldSelector</c>: <c>spec.nodeName=a,status.phase!=Failed</c>.
/// A backslash takes the meaning from a comma, an equals sign or a backslash in a value. Immutable.
/// </summary>
public sealed class FieldSelector
{
    private FieldSelector(IReadOnlyList<FieldRequirement> requirements) => Requirements = requirements;

    /// <summary>Matches every object.</summary>
    public static FieldSelector Everything { get; } = new([]);

    /// <summary>What must hold.</summary>
    public IReadOnlyList<FieldRequirement> Requirements { get; }

    /// <summary>Whether every object matches.</summary>
    public bool IsEmpty => Requirements.Count == 0;

    /// <summary>Reads a field selector; empty matches everything.</summary>
    /// <exception cref="SelectorSyntaxException">It cannot be read.</exception>
    public static FieldSelector Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return Everything;
        var requirements = new List<FieldRequirement>();
        foreach (var term in Terms(text))
        {
            if (term.Length > 0)
                requirements.Add(Term(term, text));
        }

        return requirements.Count == 0 ? Everything : new(requirements);
    }

    /// <summary>A selector that asks for one value of one field.</summary>
    public static FieldSelector Equal(string field, string value) => new([new(field, false, value)]);

    /// <summary>The same conditions on fields of other names.</summary>
    public FieldSelector Renamed(Func<string, string> name) => IsEmpty ? this : new([.. Requirements.Select(r => r with { Field = name(r.Field) })]);

    /// <summary>Whether an object matches, given how to read a field.</summary>
    public bool Matches(Func<string, string> field)
    {
        for (var i = 0; i < Requirements.Count; i++)
        {
            if (!Requirements[i].Matches(field(Requirements[i].Field)))
                return false;
        }

        return true;
    }

    /// <summary>Whether an object with these fields matches; an absent field counts as empty.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> fields) => Matches(f => fields.GetValueOrDefault(f, ""));

    /// <summary>The only value that a matching object's field can have; null where there are several.</summary>
    public string? RequiredValue(string field) => Requirements.FirstOrDefault(r => r.Field == field && !r.Negated)?.Value;

    /// <summary>The selector as a query.</summary>
    public override string ToString() => string.Join(",", Requirements);

    internal static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal);

    private static IEnumerable<string> Terms(string text)
    {
        var start = 0;
        var escaped = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (escaped)
                escaped = false;
            else if (text[i] == '\\')
                escaped = true;
            else if (text[i] == ',')
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static FieldRequirement Term(string term, string whole)
    {
        for (var i = 0; i < term.Length; i++)
        {
            var (length, negated) = term.AsSpan(i) switch
            {
                ['!', '=', ..] => (2, true),
                ['=', '=', ..] => (2, false),
                ['=', ..] => (1, false),
                _ => (0, false),
            };
            if (length > 0)
                return new(term[..i], negated, Unescape(term.AsSpan(i + length)));
        }

        throw new SelectorSyntaxException($"invalid selector: '{whole}'; can't understand '{term}'");
    }

    private static string Unescape(ReadOnlySpan<char> value)
    {
        if (!value.ContainsAny('\\', '=', ','))
            return value.ToString();
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '\\')
            {
                if (++i == value.Length)
                    throw new SelectorSyntaxException("invalid field selector: unescaped character in value: \\");
                c = value[i];
                if (c is not ('\\' or ',' or '='))
                    throw new SelectorSyntaxException($"invalid field selector: invalid escape sequence: \\{c}");
            }
            else if (c is '=' or ',')
                throw new SelectorSyntaxException($"invalid field selector: unescaped character in value: {c}");
            text.Append(c);
        }

        return text.ToString();
    }
}
