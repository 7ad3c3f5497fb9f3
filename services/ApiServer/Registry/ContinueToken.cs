using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry;

/// <summary>Where a page ended and at which revision the list is read; opaque to clients, in upstream's form.</summary>
/// <param name="Revision">Revision of the list; -1 to go on with whatever is there now.</param>
/// <param name="After">Key of the last object that was sent.</param>
internal readonly record struct ContinueToken(long Revision, string After)
{
    private const string FormatVersion = "meta.k8s.io/v1";

    public override string ToString()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
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

    public static ContinueToken Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromUtf8(Encoding.UTF8.GetBytes(text)));
            var root = json.RootElement;
            if (root.GetProperty("v").GetString() == FormatVersion)
                return new(root.GetProperty("rv").GetInt64(), root.GetProperty("start").GetString()!.TrimEnd('\0'));
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw ApiErrors.BadRequest($"continue key is not valid: {e.Message}");
        }
        throw ApiErrors.BadRequest("continue key is not valid: unrecognized version");
    }
}
