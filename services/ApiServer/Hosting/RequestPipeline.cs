using System.Diagnostics;
using Platform.ApiServer.Authentication;
using Platform.ApiServer.Authorization;
using Platform.ApiServer.FlowControl;

namespace Platform.ApiServer.Hosting;

/// <summary>
/// The way of every request, in order. There is no other middleware. What a request must have passed before the next step may see it can be
/// read off <see cref="InvokeAsync"/>; each step is a class of its own. One method rather than nested delegates also saves one
/// asynchronous frame per step.
/// </summary>
internal sealed partial class RequestPipeline(
    RequestAuthentication authentication,
    Impersonation impersonation,
    FlowController flow,
    RequestAuthorization authorization,
    RequestMetrics metrics,
    IEnumerable<IRequestHandler> handlers,
    UnservedPath unserved,
    ILogger<RequestPipeline> logger)
{
    private readonly IRequestHandler[] _handlers = [.. handlers];

    private readonly CancellationTokenSource _ending = new();

    /// <summary>Ends watches and streams, which would otherwise hold up the server's stop for as long as their clients like.</summary>
    public void EndLongRunning() => _ending.Cancel();

    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        var request = new ApiRequest(RequestInfoParser.Parse(context.Request));
        context.Features.Set(request);
        AnswerHeaders.Set(context);
        using var trace = RequestTrace.Begin(context, request);
        metrics.Begin(request);
        try
        {
            RequestTarget.Check(context);
            using var end = FlowController.IsLongRunning(request.Info) ? _ending.Token.UnsafeRegister(static c => End((HttpContext)c!), context) : default;
            request.User = await authentication.AuthenticateAsync(context);
            request.User = impersonation.Apply(context.Request, request.User);
            await flow.EnterAsync(context, request);
            authorization.Check(request);
            await Dispatch(context, request);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
        catch (Exception e)
        {
            var failure = StatusResponse.From(e);
            if (failure.Code == StatusCodes.Status500InternalServerError)
                LogFailure(logger, e, request.Info.Verb, request.Info.Path);
            await StatusResponse.WriteAsync(context, failure);
        }
        finally
        {
            flow.Leave(request);
            RequestTrace.End(trace, context, request);
            metrics.Record(context, request, Stopwatch.GetElapsedTime(started));
        }
    }

    private static void End(HttpContext context) => (ApiRequest.Of(context).EndInOrder ?? context.Abort)();

    private Task Dispatch(HttpContext context, ApiRequest request)
    {
        foreach (var handler in _handlers)
        {
            if (handler.TryHandle(context, request) is { } answer)
                return answer;
        }

        return unserved.AnswerAsync(context, request.Info);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Verb} {Path} failed")]
    private static partial void LogFailure(ILogger logger, Exception exception, string verb, string path);
}
