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
    /// <param name="http">The request.</param>
    /// <param name="kind">What the body is to be, for what is said of one that is not even that.</param>
    public static async ValueTask<byte[]> ReadJsonAsync(HttpContext http, string kind)
    {
        var type = MediaType(http.Request);
        var isYaml = type is "application/yaml" or "application/x-yaml" or "text/yaml";
        if (type == ProtobufJson.MediaType)
            return ToJson(await ReadAsync(http), kind, static body => body.Length == 0 ? body : ProtobufJson.ToJson(body));
        if (!isYaml && type is not ("application/json" or "" or "*/*"))
            throw ApiErrors.UnsupportedMediaType(Supported);
        var body = await ReadAsync(http);
        return isYaml ? ToJson(body, kind, static yaml => YamlJson.ToJson(yaml)) : body;
    }

    private static byte[] ToJson(byte[] body, string kind, Func<byte[], byte[]> convert)
    {
        try
        {
            return convert(body);
        }
        catch (JsonException e)
        {
            throw ObjectDecoding.Unrecognized(kind, JsonFault.Describe(e), body);
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
        var json = await ReadJsonAsync(http, typeof(T).Name);
        if (json.Length == 0)
            return absent;
        try
        {
            return ApiJson.Decode<T>(json);
        }
        catch (JsonException e)
        {
            throw ObjectDecoding.Refusal(json, typeof(T).Name, "v1", e);
        }
    }
}
