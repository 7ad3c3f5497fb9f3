using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Api.Errors;
using Platform.Api.Json;

namespace Platform.ApiServer.Registry;

/// <summary>Where a page ended and at which revision the list is read; opaque to clients, in upstream's form.</summary>
/// <param name="Revision">Revision of the list; negative to go on with whatever is there now.</param>
/// <param name="After">Key of the last object that was sent.</param>
internal readonly record struct ContinueToken(long Revision, string After)
{
    private const string FormatVersion = "meta.k8s.io/v1";

    private static readonly SearchValues<byte> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    public override string ToString()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("v", FormatVersion);
            writer.WriteNumber("rv", Revision);
            writer.WriteString("start", After + "\0");
            writer.WriteEndObject();
        }
        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    /// <exception cref="ApiException">400 where it is not a token of this server's.</exception>
    public static ContinueToken Parse(string text)
    {
        TokenBody token;
        try
        {
            token = JsonSerializer.Deserialize(Decoded(text), ContinueJson.Default.TokenBody) ?? new(null, 0, null);
        }
        catch (JsonException e)
        {
            var json = Decoded(text);
            throw Wrong($"continue key is not valid: {JsonFault.Syntax(json) ?? $"a member is of the wrong type: {e.Path}"}");
        }

        var (version, revision, start) = token;
        if (version != FormatVersion)
            throw Wrong($"continue key is not valid: server does not recognize this encoded version {version}");
        if (revision == 0)
            throw Wrong("continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
        if (string.IsNullOrEmpty(start))
            throw Wrong("continue key is not valid: encoded start key empty (version meta.k8s.io/v1)");
        // A key that leads upwards could only have been made up.
        if (start.Split('/').Any(part => part is "" or "." or ".."))
            throw Wrong($"continue key is not valid: {start}");
        return new(revision, start.TrimEnd('\0'));
    }

    private static byte[] Decoded(string text)
    {
        // Go's decoder passes over line breaks, and tells where it met the first character of no meaning.
        var bytes = Encoding.UTF8.GetBytes(text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
        var bad = bytes.AsSpan().IndexOfAnyExcept(Alphabet);
        var decoded = new byte[Base64Url.GetMaxDecodedLength(bytes.Length)];
        // What is too short, or has bits that belong to no byte, ends wrongly.
        if (bad < 0 && Base64Url.DecodeFromUtf8(bytes, decoded, out _, out var length) == OperationStatus.Done)
            return decoded[..length];
        throw Wrong(string.Create(CultureInfo.InvariantCulture, $"continue key is not valid: illegal base64 data at input byte {(bad < 0 ? bytes.Length : bad)}"));
    }

    private static ApiException Wrong(string reason) => ApiErrors.BadRequest($"invalid continue token: {reason}");
}

/// <summary>A token in JSON.</summary>
internal sealed record TokenBody(
    [property: JsonPropertyName("v")] string? Version, [property: JsonPropertyName("rv")] long Revision, [property: JsonPropertyName("start")] string? Start);

[JsonSerializable(typeof(TokenBody))]
internal sealed partial class ContinueJson : JsonSerializerContext;
