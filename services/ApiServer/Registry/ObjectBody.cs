using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.Hosting;

namespace Platform.ApiServer.Registry;

/// <summary>Reads what clients send: JSON, or YAML that is turned into JSON. Bounded by <see cref="ApiServerLimits.RequestBodyBytes"/>.</summary>
internal static class ObjectBody
{
    private static readonly string[] Supported = ["application/json", "application/yaml"];

    /// <summary>The body as JSON.</summary>
    public static async ValueTask<byte[]> ReadJsonAsync(HttpContext http)
    {
        var type = MediaType(http.Request);
        var isYaml = type is "application/yaml" or "application/x-yaml" or "text/yaml";
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

    /// <summary>The body as it is.</summary>
    public static async ValueTask<byte[]> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > ApiServerLimits.RequestBodyBytes)
            throw ApiErrors.TooLarge(ApiServerLimits.RequestBodyBytes);
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > ApiServerLimits.RequestBodyBytes)
                throw ApiErrors.TooLarge(ApiServerLimits.RequestBodyBytes);
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
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
            throw ApiErrors.BadRequest($"the options cannot be read as {typeof(T).Name}: {e.Message}");
        }
    }
}
