using System.Text.Json;
using Platform.ApiServer.Proxying;

namespace Platform.ApiServer.Aggregation;

/// <summary>Asks an extension server what it serves of a version: the proof that it is there and knows its part.</summary>
internal sealed class DiscoveryProbe(ExtensionReader reader, DescriptionProbe descriptions)
{
    /// <summary>Largest answer that is read, in bytes.</summary>
    private const int AnswerBytes = 4 * 1024 * 1024;

    /// <summary>What the server serves, or why that could not be found out.</summary>
    /// <param name="target">The server.</param>
    /// <param name="known">What it was last heard to serve; its descriptions are kept where they cannot be read now.</param>
    /// <param name="group">Group.</param>
    /// <param name="version">Version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<(ForeignDiscovery? Found, string Failure)> AskAsync(
        BackendTarget target, ForeignDiscovery known, string group, string version, CancellationToken cancellationToken)
    {
        var url = new Uri(target.Origin, $"/apis/{group}/{version}");
        try
        {
            var answer = await reader.GetAsync(target, url, AnswerBytes, "", cancellationToken);
            if (answer.Code is < 200 or > 299)
                return (null, $"failing or missing response from {url}: bad status from {url}: {answer.Code}");
            var resources = LegacyResourceList.ToAggregated(answer.Body, group, version);
            var path = descriptions.Version3Async(target, known.OpenApiPath, group, version, cancellationToken);
            var document = descriptions.Version2Async(target, known.OpenApi2, group, version, cancellationToken);
            return (new(resources, true, await path) { OpenApi2 = await document }, "");
        }
        catch (JsonException e)
        {
            return (null, $"failing or missing response from {url}: {e.Message}");
        }
        catch (Exception e) when (ExtensionReader.IsFailure(e, cancellationToken))
        {
            return (null, $"failing or missing response from {url}: Get \"{url}\": {BackendFailure.Describe(e)}");
        }
    }
}
