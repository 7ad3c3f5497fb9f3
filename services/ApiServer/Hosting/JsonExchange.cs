using System.Text.Json;
using Platform.Api.Json;

namespace Platform.ApiServer.Hosting;

/// <summary>Reads and writes the small objects of requests that are answered without being stored: reviews, tokens.</summary>
internal static class JsonExchange
{
    public static async Task<T> ReadAsync<T>(HttpContext context)
    {
        var body = await Registry.ObjectBody.ReadJsonAsync(context, typeof(T).Name);
        try
        {
            return ApiJson.Decode<T>(body);
        }
        catch (JsonException e)
        {
            throw Registry.ObjectDecoding.Refusal(body, typeof(T).Name, "v1", e);
        }
    }

    public static Task WriteAsync<T>(HttpContext context, int code, T value) => Registry.ObjectResponse.WriteAsync(context, code, ApiJson.Encode(value));
}
