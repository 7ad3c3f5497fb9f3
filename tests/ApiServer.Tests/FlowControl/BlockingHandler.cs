using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Platform.ApiServer.Hosting;

namespace Platform.ApiServer.Tests.FlowControl;

/// <summary>Answers <c>/block</c> when the test says so, one request at a time, and tells who has come so far.</summary>
internal sealed class BlockingHandler : IRequestHandler, IDisposable
{
    private readonly Channel<string> _entered = Channel.CreateUnbounded<string>();
    private readonly SemaphoreSlim _permits = new(0);

    public Task? TryHandle(HttpContext context, ApiRequest request) => request.Info.Path == "/block" ? HandleAsync(context, request) : null;

    /// <summary>The user whose request is worked on next.</summary>
    public ValueTask<string> EnteredAsync() => _entered.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public int Waiting => _entered.Reader.Count;

    public void Release(int count = 1) => _permits.Release(count);

    public void Dispose() => _permits.Dispose();

    private async Task HandleAsync(HttpContext context, ApiRequest request)
    {
        await _entered.Writer.WriteAsync(request.User.Username!);
        await _permits.WaitAsync(context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
