using System.Net.Http.Headers;
using Platform.Api.Authentication.V1;
using Platform.ApiServer.Proxying;

namespace Platform.ApiServer.Aggregation;

/// <summary>What an extension server answered.</summary>
/// <param name="Code">Status code.</param>
/// <param name="Body">Body.</param>
/// <param name="ETag">Tag of the body, as sent; empty where there is none.</param>
internal sealed record ExtensionAnswer(int Code, byte[] Body, string ETag);

/// <summary>Reads a document of an extension server in the aggregator's own name, within bounds.</summary>
internal sealed class ExtensionReader(BackendConnections connections, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly UserInfo Aggregator = new() { Username = "system:kube-aggregator", Groups = ["system:masters"] };

    /// <summary>Reads a document.</summary>
    /// <param name="target">The server.</param>
    /// <param name="url">Address of the document.</param>
    /// <param name="atMost">Largest answer that is read, in bytes.</param>
    /// <param name="known">Tag of what is known, for which the server may answer 304; empty for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">The answer is too large, or broke off.</exception>
    /// <exception cref="HttpRequestException">The server was not reached.</exception>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public async Task<ExtensionAnswer> GetAsync(BackendTarget target, Uri url, int atMost, string known, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var message = new HttpRequestMessage(HttpMethod.Get, url);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (known.Length > 0)
            message.Headers.TryAddWithoutValidation("If-None-Match", known);
        FrontProxyTransformer.Identify(message, Aggregator);
        using var answer = await connections.To(target).SendAsync(message, either.Token);
        await using var stream = await answer.Content.ReadAsStreamAsync(either.Token);
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (await stream.ReadAsync(chunk, either.Token) is > 0 and var count)
        {
            if (buffer.Length + count > atMost)
                throw new IOException("the answer is too large");
            buffer.Write(chunk, 0, count);
        }

        return new((int)answer.StatusCode, buffer.ToArray(), answer.Headers.ETag?.ToString() ?? "");
    }

    /// <summary>Whether a read failed because of the server, and not because the reader is to end.</summary>
    public static bool IsFailure(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
