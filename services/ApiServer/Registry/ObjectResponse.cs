namespace Platform.ApiServer.Registry;

/// <summary>Writes encoded objects as answers.</summary>
internal static class ObjectResponse
{
    public const string Json = "application/json";

    public static async Task WriteAsync(HttpContext http, int status, ReadOnlyMemory<byte> body)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = Json;
        response.ContentLength = body.Length;
        if (HttpMethods.IsHead(http.Request.Method))
            return;
        await response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>Adds texts for people, which clients such as kubectl print.</summary>
    public static void Warn(HttpContext http, IReadOnlyList<string> warnings)
    {
        foreach (var text in warnings.Distinct())
            http.Response.Headers.Append("Warning", $"299 - \"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"",
                "\\\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"");
    }
}
