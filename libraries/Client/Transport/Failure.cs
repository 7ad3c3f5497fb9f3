using System.Text.Json;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Meta.V1;

namespace Platform.Client.Transport;

/// <summary>Turns a failed answer into the exception that carries the server's Status.</summary>
internal static class Failure
{
    /// <summary>Most bytes of a failure's body that are read.</summary>
    private const int MaxBodyBytes = 256 * 1024;

    public static async Task ThrowIfFailedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxBodyBytes];
        var length = await body.ReadAtLeastAsync(buffer, MaxBodyBytes, throwOnEndOfStream: false, cancellationToken);
        var status = Parse(buffer.AsSpan(0, length)) ?? new Status { StatusValue = "Failure", Message = Describe(response, buffer.AsSpan(0, length)) };
        throw new ApiException(status with { Code = (int)response.StatusCode }, RetryAfter(response));
    }

    public static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;

    private static Status? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var status = ApiJson.Decode<Status>(body);
            return status.Kind == "Status" ? status : null;
        }
        catch (JsonException)
        {
            return null; // A proxy or a foreign server answered; its text becomes the message.
        }
    }

    private static string Describe(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        const int ShownBytes = 200;
        var text = System.Text.Encoding.UTF8.GetString(body[..Math.Min(body.Length, ShownBytes)]).Trim();
        return $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}" + (text.Length == 0 ? "" : ": " + text);
    }
}
