using System.Globalization;
using System.Text.Json;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.FlowControl;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Registry.Presentation;

namespace Platform.ApiServer.Hosting;

/// <summary>Writes a failure as a <c>Status</c> object. A response that has begun cannot carry one any more: its connection is cut.</summary>
internal static class StatusResponse
{
    public static async Task WriteAsync(HttpContext context, ApiException failure)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            context.Abort();
            return;
        }

        AnswerHeaders.Restart(response);
        if (context.Features.Get<ApiRequest>()?.FlowSchema is { } schema)
            FlowController.Mark(response, schema);
        if (failure.RetryAfter is { } wait)
            response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await ObjectResponse.WriteAsync(context, failure.Code, ApiJson.Encode(failure.Status), ContentNegotiation.OrJson(context.Request).Format);
    }

    /// <summary>The failure that a client is told of, for what a handler threw.</summary>
    public static ApiException From(Exception exception) => exception switch
    {
        ApiException known => known,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => ApiErrors.TooLarge(ApiServerLimits.RequestBodyBytes),
        // A body that ends before its end.
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } => ApiErrors.BadRequest("unexpected EOF"),
        BadHttpRequestException bad => ApiErrors.BadRequest(bad.Message),
        JsonException json => ApiErrors.BadRequest(JsonFault.Describe(json)),
        // No walker gets here with what the bound of nesting lets through; should one, the thread must survive it.
        InsufficientExecutionStackException => ApiErrors.BadRequest(JsonDepth.Exceeded),
        Platform.Storage.StorageException { Error: Platform.Storage.StorageError.Unavailable } store =>
            ApiErrors.Unavailable(store.Message, ApiServerLimits.StorageRetryAfter),
        _ => ApiErrors.Internal("the request could not be handled; the server's log has the details"),
    };
}
