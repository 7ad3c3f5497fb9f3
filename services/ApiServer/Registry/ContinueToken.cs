using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry;

/// <summary>Where a page ended and at which revision the list is read; opaque to clients, in upstream's form.</summary>
/// <param name="Revision">Revision of the list; negative to go on with whatever is there now.</param>
/// <param name="After">Key of the last object that was sent.</param>
internal readonly record struct ContinueToken(long Revision, string After)
{
    private const string FormatVersion = "meta.k8s.io/v1";

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
        string? version, start;
        long revision;
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromUtf8(Encoding.UTF8.GetBytes(text)));
            var root = json.RootElement;
            version = root.TryGetProperty("v", out var v) ? v.GetString() : "";
            revision = root.TryGetProperty("rv", out var rv) ? rv.GetInt64() : 0;
            start = root.TryGetProperty("start", out var s) ? s.GetString() : "";
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw Wrong($"continue key is not valid: {e.Message}");
        }
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

    private static ApiException Wrong(string reason) => ApiErrors.BadRequest($"invalid continue token: {reason}");
}
