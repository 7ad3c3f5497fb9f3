using System.Buffers;
using System.Globalization;
using System.Text;
using Platform.Cel.Values;

namespace Platform.Cel.Parsing;

/// <summary>What the literals of the language mean.</summary>
internal static class Literals
{
    private static readonly SearchValues<char> Escaping = SearchValues.Create("\\\r");

    /// <summary>A whole number; null where it does not fit.</summary>
    public static CelValue? Int(string text, bool negative)
    {
        var hex = text.StartsWith("0x", StringComparison.Ordinal);
        if (!ulong.TryParse(hex ? text.AsSpan(2) : text, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return null;
        if (negative)
            return value <= 1UL << 63 ? new CelInt(unchecked(-(long)value)) : null;
        return value <= long.MaxValue ? new CelInt((long)value) : null;
    }

    /// <summary>An unsigned number with its suffix; null where it does not fit.</summary>
    public static CelValue? Uint(string text)
    {
        var digits = text.AsSpan(0, text.Length - 1);
        var hex = digits.StartsWith("0x", StringComparison.Ordinal);
        return ulong.TryParse(hex ? digits[2..] : digits, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new CelUint(value)
            : null;
    }

    /// <summary>A real number; null where it does not fit.</summary>
    public static CelValue? Double(string text, bool negative) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? new CelDouble(negative ? -value : value)
            : null;

    /// <summary>A text literal with its quotes and prefix; null where an escape is wrong.</summary>
    public static CelValue? String(string text)
    {
        var (content, raw) = Content(text);
        content = content.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        if (raw || content.AsSpan().IndexOfAny(Escaping) < 0)
            return new CelString(content);
        var result = new StringBuilder(content.Length);
        for (var i = 0; i < content.Length;)
        {
            if (content[i] != '\\')
            {
                result.Append(content[i++]);
                continue;
            }
            if (Escape(content, ref i, bytes: false) is not { } code || !Rune.IsValid(code))
                return null;
            result.Append(new Rune(code).ToString());
        }
        return new CelString(result.ToString());
    }

    /// <summary>A bytes literal with its quotes and prefixes; null where an escape is wrong.</summary>
    public static CelValue? Bytes(string text)
    {
        var (content, raw) = Content(text);
        if (raw || !content.Contains('\\'))
            return new CelBytes(Encoding.UTF8.GetBytes(content));
        var result = new ArrayBufferWriter<byte>(content.Length);
        for (var i = 0; i < content.Length;)
        {
            if (content[i] != '\\')
            {
                var length = char.IsSurrogatePair(content, i) ? 2 : 1;
                Encoding.UTF8.GetBytes(content.AsSpan(i, length), result);
                i += length;
                continue;
            }
            if (Escape(content, ref i, bytes: true) is not { } code)
                return null;
            result.Write([(byte)code]);
        }
        return new CelBytes(result.WrittenSpan.ToArray());
    }

    private static (string Content, bool Raw) Content(string text)
    {
        var quote = text.AsSpan().IndexOfAny('"', '\'');
        var raw = text.AsSpan(0, quote).IndexOfAny('r', 'R') >= 0;
        var mark = text[quote];
        var length = text.Length - quote >= 6 && text[quote + 1] == mark && text[quote + 2] == mark ? 3 : 1;
        return (text[(quote + length)..^length], raw);
    }

    private static int? Escape(string content, ref int at, bool bytes)
    {
        if (at + 1 >= content.Length)
            return null;
        var c = content[at + 1];
        at += 2;
        switch (c)
        {
            case 'a': return '\a';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'v': return '\v';
            case '\\' or '\'' or '"' or '`' or '?': return c;
            case 'x' or 'X': return Digits(content, ref at, 2, 16);
            case 'u' when !bytes: return Digits(content, ref at, 4, 16);
            case 'U' when !bytes: return Digits(content, ref at, 8, 16);
            case >= '0' and <= '3':
                at--;
                return Digits(content, ref at, 3, 8);
            default: return null;
        }
    }

    private static int? Digits(string content, ref int at, int count, int radix)
    {
        if (at + count > content.Length)
            return null;
        long value = 0;
        for (var end = at + count; at < end; at++)
        {
            if (!char.IsAsciiHexDigit(content[at]) || Convert.ToInt32(content[at].ToString(), 16) is var digit && digit >= radix)
                return null;
            value = (value * radix) + Convert.ToInt32(content[at].ToString(), 16);
        }
        return value <= int.MaxValue ? (int)value : null;
    }
}
