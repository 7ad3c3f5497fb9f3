using System.Text;
using System.Text.Json;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Meta.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Streaming;

/// <summary>Turns what a node agent refused with into the failure that the client is told.</summary>
internal static class AgentFailure
{
    /// <summary>Most of an agent's message that is passed on, in bytes.</summary>
    private const int MessageBytes = 2 * 1024;

    public static async Task<ApiException> FromAsync(HttpResponseMessage answer, RequestInfo info, CancellationToken cancellationToken)
    {
        var text = await ReadAsync(answer, cancellationToken);
        if (answer.Content.Headers.ContentType?.MediaType == "application/json" && TryStatus(text) is { } status)
            return new(status);
        return (int)answer.StatusCode switch
        {
            400 => ApiErrors.BadRequest(text),
            403 => ApiErrors.Forbidden("", info.Resource, info.Name, text),
            404 => new(ApiErrors.NotFound("", info.Resource, info.Name).Status with { Message = text.Length == 0 ? "the server could not find the requested resource" : text }),
            503 => ApiErrors.Unavailable(text),
            var code => ApiErrors.Internal($"the node agent answered {code}: {text}"),
        };
    }

    private static async Task<string> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var buffer = new byte[MessageBytes];
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length).Trim();
    }

    private static Status? TryStatus(string text)
    {
        try
        {
            var status = ApiJson.Decode<Status>(Encoding.UTF8.GetBytes(text));
            return status is { Kind: "Status", Code: >= 400 } ? status : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
