using System.Text;
using Platform.Cel.Values;
using static Platform.Cel.Functions.Declare;

namespace Platform.Cel.Functions;

/// <summary>The extended functions of texts (cel-go's <c>ext.Strings</c>, version 2). Positions count code points.</summary>
internal static class TextExtensions
{
    private static readonly CelType S = CelType.String;
    private static readonly CelType I = CelType.Int;

    public static IEnumerable<CelOverload> All =>
    [
        Member("charAt", "string_char_at_int", [S, I], S, v => CharAt(Text(v[0]), Number(v[1]))),
        Member("indexOf", "string_index_of_string", [S, S], I, v => IndexOf(Text(v[0]), Text(v[1]), 0)),
        Member("indexOf", "string_index_of_string_int", [S, S, I], I, v => IndexOf(Text(v[0]), Text(v[1]), Number(v[2]))),
        Member("lastIndexOf", "string_last_index_of_string", [S, S], I, v => LastIndexOf(Text(v[0]), Text(v[1]), null)),
        Member("lastIndexOf", "string_last_index_of_string_int", [S, S, I], I, v => LastIndexOf(Text(v[0]), Text(v[1]), Number(v[2]))),
        Member("join", "list_join", [ListOfString], S, v => Join((CelList)v[0], "")),
        Member("join", "list_join_string", [ListOfString, S], S, v => Join((CelList)v[0], Text(v[1]))),
        Member("lowerAscii", "string_lower_ascii", [S], S, v => new CelString(Ascii(Text(v[0]), 'A', 32))),
        Member("upperAscii", "string_upper_ascii", [S], S, v => new CelString(Ascii(Text(v[0]), 'a', -32))),
        Member("replace", "string_replace_string_string", [S, S, S], S, v => Replace(Text(v[0]), Text(v[1]), Text(v[2]), -1)),
        Member("replace", "string_replace_string_string_int", [S, S, S, I], S, v => Replace(Text(v[0]), Text(v[1]), Text(v[2]), Number(v[3]))),
        Member("split", "string_split_string", [S, S], ListOfString, v => Split(Text(v[0]), Text(v[1]), -1)),
        Member("split", "string_split_string_int", [S, S, I], ListOfString, v => Split(Text(v[0]), Text(v[1]), Number(v[2]))),
        Member("substring", "string_substring_int", [S, I], S, v => Substring(v[0], Number(v[1]), null)),
        Member("substring", "string_substring_int_int", [S, I, I], S, v => Substring(v[0], Number(v[1]), Number(v[2]))),
        Member("trim", "string_trim", [S], S, v => new CelString(Text(v[0]).Trim())),
        Member("reverse", "string_reverse", [S], S, v => new CelString(string.Concat(Text(v[0]).EnumerateRunes().Reverse()))),
        Member("format", "string_format", [S, CelType.List(CelType.Dyn)], S, v => TextFormat.Apply(Text(v[0]), (CelList)v[1])),
        Global("strings.quote", "strings_quote", [S], S, v => new CelString(Quote(Text(v[0])))),
    ];

    private static string Text(CelValue value) => ((CelString)value).Value;

    private static long Number(CelValue value) => ((CelInt)value).Value;

    /// <summary>UTF-16 position of a code point; null where it is outside of the text.</summary>
    private static int? Position(string text, long codePoint)
    {
        if (codePoint < 0 || codePoint > text.Length)
            return null;
        var at = 0;
        for (; codePoint > 0; codePoint--)
        {
            if (at >= text.Length)
                return null;
            at += char.IsSurrogatePair(text, at) ? 2 : 1;
        }
        return at;
    }

    private static int CodePoints(string text, int end)
    {
        var count = 0;
        foreach (var _ in text.AsSpan(0, end).EnumerateRunes())
            count++;
        return count;
    }

    private static CelValue CharAt(string text, long index)
    {
        if (Position(text, index) is not { } at)
            return new CelError($"index out of range: {index}");
        return new CelString(at == text.Length ? "" : char.IsSurrogatePair(text, at) ? text.Substring(at, 2) : text.Substring(at, 1));
    }

    private static CelValue IndexOf(string text, string part, long from)
    {
        if (part.Length == 0)
            return new CelInt(from);
        if (Position(text, from) is not { } start)
            return new CelError($"index out of range: {from}");
        var found = text.IndexOf(part, start, StringComparison.Ordinal);
        return new CelInt(found < 0 ? -1 : CodePoints(text, found));
    }

    private static CelValue LastIndexOf(string text, string part, long? from)
    {
        var length = CodePoints(text, text.Length);
        if (part.Length == 0)
            return new CelInt(from ?? length);
        if (from is { } last && Position(text, last) is null)
            return new CelError($"index out of range: {from}");
        var limit = Math.Min(text.Length, (Position(text, from ?? length) ?? text.Length) + part.Length);
        var found = text.AsSpan(0, limit).LastIndexOf(part, StringComparison.Ordinal);
        return new CelInt(found < 0 ? -1 : CodePoints(text, found));
    }

    private static CelValue Join(CelList list, string separator)
    {
        var result = new StringBuilder();
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not CelString item)
                return list[i] as CelError ?? CelError.NoOverload;
            if (result.Length + item.Value.Length + separator.Length > Arithmetic.MaximumLength)
                return Arithmetic.TooLong;
            result.Append(i == 0 ? "" : separator).Append(item.Value);
        }
        return new CelString(result.ToString());
    }

    private static string Ascii(string text, char first, int shift) =>
        string.Create(text.Length, (text, first, shift), static (span, state) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var c = state.text[i];
                span[i] = c >= state.first && c <= state.first + 25 ? (char)(c + state.shift) : c;
            }
        });

    private static CelValue Replace(string text, string old, string replacement, long limit)
    {
        if (limit == 0 || old == replacement)
            return new CelString(text);
        var result = new StringBuilder();
        var at = 0;
        for (long count = 0; limit < 0 || count < limit; count++)
        {
            // An empty text is found before every code point and at the end.
            var next = old.Length > 0 ? text.IndexOf(old, at, StringComparison.Ordinal)
                : count == 0 ? 0 : at >= text.Length ? -1 : at + (char.IsSurrogatePair(text, at) ? 2 : 1);
            if (next < 0)
                break;
            result.Append(text, at, next - at).Append(replacement);
            at = next + old.Length;
            if (result.Length > Arithmetic.MaximumLength)
                return Arithmetic.TooLong;
        }
        return new CelString(result.Append(text, at, text.Length - at).ToString());
    }

    private static CelArray Split(string text, string separator, long limit)
    {
        if (limit == 0)
            return new CelArray([]);
        var count = limit is < 0 or > int.MaxValue ? int.MaxValue : (int)limit;
        if (separator.Length > 0)
            return new CelArray([.. text.Split(separator, count).Select(p => new CelString(p))]);
        var parts = new List<CelValue>();
        for (var at = 0; at < text.Length;)
        {
            var length = parts.Count == count - 1 ? text.Length - at : char.IsSurrogatePair(text, at) ? 2 : 1;
            parts.Add(new CelString(text.Substring(at, length)));
            at += length;
        }
        return new CelArray(parts);
    }

    private static CelValue Substring(CelValue value, long start, long? end)
    {
        var text = Text(value);
        var last = end ?? ((CelString)value).Length;
        if (start > last)
            return new CelError(end is null ? $"index out of range: {start}" : $"invalid substring range. start: {start}, end: {end}");
        if (Position(text, start) is not { } from)
            return new CelError($"index out of range: {start}");
        return Position(text, last) is { } to ? new CelString(text[from..to]) : new CelError($"index out of range: {last}");
    }

    private static string Quote(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '\a' => result.Append(@"\a"),
                '\b' => result.Append(@"\b"),
                '\f' => result.Append(@"\f"),
                '\n' => result.Append(@"\n"),
                '\r' => result.Append(@"\r"),
                '\t' => result.Append(@"\t"),
                '\v' => result.Append(@"\v"),
                '\\' => result.Append(@"\\"),
                '"' => result.Append("\\\""),
                _ => result.Append(rune.ToString()),
            };
        }
        return result.Append('"').ToString();
    }
}
