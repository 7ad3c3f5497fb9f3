using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Meta.V1;

namespace Platform.Api.Errors;

/// <summary>
/// Values as upstream's messages show them. Its messages print composite values in Go's own syntax, and people search for those texts.
/// </summary>
public static class GoSyntax
{
    private static readonly PrimitiveJson Json = new(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>A list of strings.</summary>
    public static string Strings(IReadOnlyList<string>? values) =>
        values is null ? "[]string(nil)" : $"[]string{{{string.Join(", ", values.Select(Quote))}}}";

    /// <summary>A map of strings, ordered by key.</summary>
    public static string Map(IReadOnlyDictionary<string, string>? values) => values is null
        ? "map[string]string(nil)"
        : $"map[string]string{{{string.Join(", ", values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{Quote(v.Key)}:{Quote(v.Value)}"))}}}";

    /// <summary>A label selector.</summary>
    public static string Selector(LabelSelector selector)
    {
        var expressions = selector.MatchExpressions is null
            ? "[]v1.LabelSelectorRequirement(nil)"
            : $"[]v1.LabelSelectorRequirement{{{string.Join(", ", selector.MatchExpressions.Select(Requirement))}}}";
        return $"v1.LabelSelector{{MatchLabels:{Map(selector.MatchLabels)}, MatchExpressions:{expressions}}}";
    }

    /// <summary>Any value of a field.</summary>
    public static string Show(object? value) => value switch
    {
        null => "null",
        string text => Quote(text),
        bool flag => flag ? "true" : "false",
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        GoLiteral literal => literal.Text,
        byte[] bytes => $"[]byte{{{string.Join(", ", bytes.Select(b => string.Create(CultureInfo.InvariantCulture, $"0x{b:x}")))}}}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        Quantity quantity => Quote(quantity.ToString()),
        IntOrString either => either.Text is null ? either.ToString() : Quote(either.Text),
        IReadOnlyDictionary<string, string> map => Map(map),
        IReadOnlyList<string> list => Strings(list),
        LabelSelector selector => Selector(selector),
        _ => Encoding.UTF8.GetString(Platform.Api.Json.ApiJson.Encode(value)),
    };

    /// <summary>Why a text is no integer.</summary>
    /// <param name="function"><c>ParseInt</c>, or <c>ParseUint</c> for one without a sign.</param>
    /// <param name="text">The text.</param>
    public static string NotInteger(string function, string text)
    {
        var digits = text.AsSpan(function == "ParseInt" && text is ['+' or '-', ..] ? 1 : 0);
        var isRange = digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9');
        return $"strconv.{function}: parsing {Quote(text)}: {(isRange ? "value out of range" : "invalid syntax")}";
    }

    /// <summary>What Go's decoder calls the kind of a JSON value.</summary>
    public static string KindOf(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Number => "number",
        _ => "null",
    };

    /// <summary>A document as Go prints a map: <c>map[a:1 b:[x y]]</c>.</summary>
    public static string Plain(JsonNode? value) => value switch
    {
        null => "<nil>",
        JsonObject map => $"map[{string.Join(' ', map.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}:{Plain(m.Value)}"))}]",
        JsonArray list => $"[{string.Join(' ', list.Select(Plain))}]",
        _ => value.ToString(),
    };

    private static string Requirement(LabelSelectorRequirement r) =>
        $"v1.LabelSelectorRequirement{{Key:{Quote(r.Key ?? "")}, Operator:{Quote(r.Operator ?? "")}, Values:{Strings(r.Values)}}}";

    private static string Quote(string text) => JsonSerializer.Serialize(text, Json.String);
}

/// <summary>A value that is shown as it stands here, where the text of upstream's own type is known by heart.</summary>
/// <param name="Text">Text in Go's syntax.</param>
public sealed record GoLiteral(string Text);
