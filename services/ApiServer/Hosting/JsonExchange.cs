using Platform.Api.Json;

namespace Platform.ApiServer.Hosting;

/// <summary>Reads and writes the small objects of requests that are answered without being stored: reviews, tokens.</summary>
internal static class JsonExchange
{
    private const string Json = "application/json";

    public static async Task<T> ReadAsync<T>(HttpContext context)
    {
        return ApiJson.Decode<T>(await Registry.ObjectBody.ReadJsonAsync(context));
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
