using Platform.Api.Json;

namespace Platform.ApiServer.Hosting;

/// <summary>Reads and writes the small objects of requests that are answered without being stored: reviews, tokens.</summary>
internal static class JsonExchange
{
    public static async Task<T> ReadAsync<T>(HttpContext context)
    {
        return ApiJson.Decode<T>(await Registry.ObjectBody.ReadJsonAsync(context));
    }

    public static Task WriteAsync<T>(HttpContext context, int code, T value) => Registry.ObjectResponse.WriteAsync(context, code, ApiJson.Encode(value));
}
