using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Threading.Channels;

namespace Platform.Client.Tests.Transport;

/// <summary>A server whose every answer the test gives, request by request: for what a well-behaved server cannot be made to do.</summary>
internal sealed class ScriptedServer : HttpMessageHandler
{
    private readonly Channel<Exchange> _exchanges = Channel.CreateUnbounded<Exchange>();

    /// <summary>A client whose pauses follow the test's clock; time limits run on the real one, so that advancing the other ends no request.</summary>
    public ApiClient Client(TimeProvider time) =>
        new(new HttpClient(new Client.Transport.RetryHandler(new Client.Transport.TraceContextHandler(this), time))
        {
            BaseAddress = new("http://scripted/"),
            Timeout = Timeout.InfiniteTimeSpan,
        }, TimeProvider.System);

    /// <summary>The next request.</summary>
    public async Task<Exchange> NextAsync()
    {
        using var limit = new CancellationTokenSource(Eventually.Patience);
        return await _exchanges.Reader.ReadAsync(limit.Token);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var exchange = new Exchange(request, body);
        await _exchanges.Writer.WriteAsync(exchange, cancellationToken);
        return await exchange.Answer.Task.WaitAsync(cancellationToken);
    }

    internal sealed record Exchange(HttpRequestMessage Request, string Body)
    {
        public TaskCompletionSource<HttpResponseMessage> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Path => Uri.UnescapeDataString(Request.RequestUri!.PathAndQuery);

        public void Reply(string json, HttpStatusCode code = HttpStatusCode.OK, int? retryAfter = null)
        {
            var response = new HttpResponseMessage(code) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
            if (retryAfter is { } seconds)
                response.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds));
            Answer.SetResult(response);
        }

        public void Fail(Exception failure) => Answer.SetException(failure);

        /// <summary>Begins a stream and returns where to write to it.</summary>
        public WatchWriter Stream()
        {
            var pipe = new Pipe();
            Answer.SetResult(new(HttpStatusCode.OK) { Content = new StreamContent(pipe.Reader.AsStream()) });
            return new(pipe.Writer);
        }
    }

    internal sealed class WatchWriter(PipeWriter pipe)
    {
        public async Task WriteAsync(string text) => await pipe.WriteAsync(Encoding.UTF8.GetBytes(text));

        public ValueTask EndAsync(Exception? failure = null) => pipe.CompleteAsync(failure);
    }
}
