using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Authentication.V1;
using Platform.ApiServer.Proxying;

namespace Platform.ApiServer.Aggregation;

/// <summary>Asks an extension server what it serves of a version: the proof that it is there and knows its part.</summary>
internal sealed class DiscoveryProbe(BackendConnections connections, TimeProvider time)
{
    /// <summary>Largest answer that is read, in bytes.</summary>
    private const int AnswerBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly UserInfo Aggregator = new() { Username = "system:kube-aggregator", Groups = ["system:masters"] };

    /// <summary>What the server serves, or why that could not be found out.</summary>
    public async Task<(ForeignDiscovery? Found, string Failure)> AskAsync(BackendTarget target, string group, string version, CancellationToken cancellationToken)
    {
        var url = new Uri(target.Origin, $"/apis/{group}/{version}");
        try
        {
            var (code, body) = await GetAsync(target, url, cancellationToken);
            if (code is < 200 or > 299)
                return (null, $"failing or missing response from {url}: bad status from {url}: {code}");
            var resources = LegacyResourceList.ToAggregated(body, group, version);
            return (new(resources, true, await OpenApiPathAsync(target, group, version, cancellationToken)), "");
        }
        catch (JsonException e)
        {
            return (null, $"failing or missing response from {url}: {e.Message}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, $"failing or missing response from {url}: Get \"{url}\": {BackendFailure.Describe(e)}");
        }
    }

    /// <summary>The document's address in the server's own list; a server without one is no failure.</summary>
    private async Task<string?> OpenApiPathAsync(BackendTarget target, string group, string version, CancellationToken cancellationToken)
    {
        var (code, body) = await GetAsync(target, new(target.Origin, "/openapi/v3"), cancellationToken);
        return code == StatusCodes.Status200OK
            && JsonNode.Parse(body)?["paths"]?[$"apis/{group}/{version}"]?["serverRelativeURL"] is JsonValue url
            && url.TryGetValue(out string? path) && path.StartsWith("/openapi/v3/apis/", StringComparison.Ordinal) ? path : null;
    }

    private async Task<(int Code, byte[] Body)> GetAsync(BackendTarget target, Uri url, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var message = new HttpRequestMessage(HttpMethod.Get, url);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        FrontProxyTransformer.Identify(message, Aggregator);
        using var answer = await connections.To(target).SendAsync(message, either.Token);
        await using var stream = await answer.Content.ReadAsStreamAsync(either.Token);
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (await stream.ReadAsync(chunk, either.Token) is > 0 and var count)
        {
            if (buffer.Length + count > AnswerBytes)
                throw new IOException("the answer is too large");
            buffer.Write(chunk, 0, count);
        }

        return ((int)answer.StatusCode, buffer.ToArray());
    }
}
