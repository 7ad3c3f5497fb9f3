using System.Globalization;
using System.Net.Http.Headers;
using Platform.ApiServer.Proxying;

namespace Platform.ApiServer.Admission.Webhooks;

/// <summary>Sends a JSON document to a webhook and reads its answer. For admission, and for the conversion of custom resources.</summary>
internal sealed class WebhookClient(BackendConnections connections, TimeProvider time)
{
    /// <summary>Largest answer that is read, in bytes: what an object and a patch as large as it take.</summary>
    private const int AnswerBytes = 16 * 1024 * 1024;

    /// <summary>The body of a good answer.</summary>
    /// <exception cref="WebhookFailure">There was no answer in time, or not a good one.</exception>
    public async Task<byte[]> PostAsync(BackendTarget target, Uri url, byte[] body, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var asked = WithTimeout(url, timeout);
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, asked)
            {
                Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
                VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
                Version = System.Net.HttpVersion.Version20,
            };
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            message.Headers.UserAgent.ParseAdd("kube-apiserver-admission");
            using var answer = await connections.To(target).SendAsync(message, either.Token);
            var content = await ReadAsync(answer, either.Token);
            return answer.IsSuccessStatusCode ? content : throw new WebhookFailure(BackendFailure.Describe((int)answer.StatusCode, content));
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new WebhookFailure($"Post \"{Shown(target, asked)}\": {BackendFailure.Describe(e)}");
        }
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (await stream.ReadAsync(chunk, cancellationToken) is > 0 and var count)
        {
            if (buffer.Length + count > AnswerBytes)
                throw new WebhookFailure(string.Create(CultureInfo.InvariantCulture, $"the answer is larger than {AnswerBytes} bytes"));
            buffer.Write(chunk, 0, count);
        }

        return buffer.ToArray();
    }

    // Upstream's client is given the port of a service, also where it is the scheme's own.
    private static string Shown(BackendTarget target, Uri url) =>
        target.Service is null ? url.ToString() : string.Create(CultureInfo.InvariantCulture, $"{url.Scheme}://{url.Host}:{url.Port}{url.PathAndQuery}");

    /// <summary>The webhook is told how long it has.</summary>
    private static Uri WithTimeout(Uri url, TimeSpan timeout) => new UriBuilder(url)
    {
        Query = string.Create(CultureInfo.InvariantCulture, $"{(url.Query.Length > 1 ? url.Query[1..] + "&" : "")}timeout={Math.Ceiling(timeout.TotalSeconds)}s"),
    }.Uri;
}
