using Microsoft.AspNetCore.Http;
using Platform.Api.Errors;
using Platform.Api.Json;

namespace Platform.ApiServer.Hosting;

/// <summary>Reads and writes the small objects of requests that are answered without being stored: reviews, tokens.</summary>
internal static class JsonExchange
{
    private const string Json = "application/json";

    public static async Task<T> ReadAsync<T>(HttpContext context)
    {
        var type = context.Request.ContentType;
        if (type is not null && !type.StartsWith(Json, StringComparison.OrdinalIgnoreCase))
            throw ApiErrors.UnsupportedMediaType([Json]);
        using var buffer = new MemoryStream();
        // Kestrel ends the read beyond its limit of the body's size.
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return ApiJson.Decode<T>(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    public static async Task WriteAsync<T>(HttpContext context, int code, T value)
    {
        var body = ApiJson.Encode(value);
        context.Response.StatusCode = code;
        context.Response.ContentType = Json;
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }
}
