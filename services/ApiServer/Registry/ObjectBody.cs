using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Protobuf;
using Platform.ApiServer.Hosting;

namespace Platform.ApiServer.Registry;

/// <summary>Reads what clients send: JSON, or YAML that is turned into JSON. Bounded by <see cref="ApiServerLimits.RequestBodyBytes"/>.</summary>
internal static class ObjectBody
{
    /// <summary>Bytes of a body that is too large which are still read, so that the client hears the answer.</summary>
    private const long DrainBytes = 16 * 1024 * 1024;

    private static readonly string[] Supported = ["application/json", "application/yaml", ProtobufJson.MediaType];

    /// <summary>The body as JSON.</summary>
    public static async ValueTask<byte[]> ReadJsonAsync(HttpContext http)
    {
        var type = MediaType(http.Request);
        var isYaml = type is "application/yaml" or "application/x-yaml" or "text/yaml";
        if (type == ProtobufJson.MediaType)
            return Protobuf(await ReadAsync(http));
        if (!isYaml && type is not ("application/json" or "" or "*/*"))
            throw ApiErrors.UnsupportedMediaType(Supported);
        var body = await ReadAsync(http);
        if (!isYaml)
            return body;
        try
        {
            return YamlJson.ToJson(body);
        }
        catch (JsonException e)
        {
            throw ApiErrors.BadRequest($"error converting YAML to JSON: {e.Message}");
        }
    }

    private static byte[] Protobuf(byte[] body)
    {
        try
        {
            return body.Length == 0 ? body : ProtobufJson.ToJson(body);
        }
        catch (JsonException e)
        {
            throw ApiErrors.BadRequest(e.Message);
        }
    }

    /// <summary>The body as it is.</summary>
    public static async ValueTask<byte[]> ReadAsync(HttpContext http)
    {
        // The server would close the connection beyond its own limit, and many clients would then never read why.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = ApiServerLimits.RequestBodyBytes + DrainBytes;
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > ApiServerLimits.RequestBodyBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                await DrainAsync(reader, http.RequestAborted);
                throw ApiErrors.TooLarge(ApiServerLimits.RequestBodyBytes);
            }
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static async Task DrainAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }

    public static string MediaType(HttpRequest request)
    {
        var type = request.ContentType ?? "";
        var end = type.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? type : type[..end]).Trim().ToLowerInvariant();
    }

    /// <summary>The typed value of an options body; the given one where there is no body.</summary>
    public static async ValueTask<T> ReadOptionsAsync<T>(HttpContext http, T absent)
    {
        if (http.Request.ContentLength == 0)
            return absent;
        var json = await ReadJsonAsync(http);
        if (json.Length == 0)
            return absent;
        try
        {
            return ApiJson.Decode<T>(json);
        }
        catch (JsonException e)
        {
            throw ApiErrors.BadRequest($"the options cannot be read as {typeof(T).Name}: {JsonFault.Describe(e)}");
        }
    }
}
