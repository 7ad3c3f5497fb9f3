using System.Text.Json;
using System.Text.Unicode;
using Platform.Api.Json;

namespace Platform.ApiServer.Patching;

/// <summary>
/// The framework's parser accepts strings that are no Unicode text (broken UTF-8, halves of surrogate pairs) and fails only when one is read, wherever
/// that may be. So patches are checked before they are used.
/// </summary>
internal static class UnicodeText
{
    /// <exception cref="JsonException">A name or text of the document is no Unicode text.</exception>
    public static void Check(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            throw new DocumentException("invalid UTF-8");
        if (json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0)
            return;
        var reader = new Utf8JsonReader(json, JsonDepth.Reader);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    reader.GetString();
            }
        }
        catch (InvalidOperationException e)
        {
            throw new DocumentException("invalid Unicode escape", e);
        }
    }
}
