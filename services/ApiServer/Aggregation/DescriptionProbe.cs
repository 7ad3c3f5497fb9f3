using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.ApiServer.Discovery;
using Platform.ApiServer.Patching;
using Platform.ApiServer.Proxying;

namespace Platform.ApiServer.Aggregation;

/// <summary>
/// Reads how an extension server describes a version in OpenAPI. A server without descriptions is no failure, and one that cannot give them now, or gives
/// nonsense, is described by what was last read: they serve to explain, and requests do not need them.
/// </summary>
internal sealed partial class DescriptionProbe(ExtensionReader reader, ILogger<DescriptionProbe> logger)
{
    /// <summary>Largest list of OpenAPI 3 documents that is read, in bytes.</summary>
    private const int IndexBytes = 4 * 1024 * 1024;

    /// <summary>Largest OpenAPI 2 document that is read, in bytes. It has all that the server serves; upstream's own is of half the size.</summary>
    private const int DocumentBytes = 8 * 1024 * 1024;

    /// <summary>Where the server has its OpenAPI 3 document of the version, with the hash; null where it has none.</summary>
    public async Task<string?> Version3Async(BackendTarget target, string? known, string group, string version, CancellationToken cancellationToken)
    {
        var url = new Uri(target.Origin, "/openapi/v3");
        try
        {
            var answer = await reader.GetAsync(target, url, IndexBytes, "", cancellationToken);
            return answer.Code == StatusCodes.Status200OK
                && ((JsonTree.Parse(answer.Body) as JsonObject)?["paths"] as JsonObject)?[$"apis/{group}/{version}"] is JsonObject place
                && place["serverRelativeURL"] is JsonValue value
                && value.TryGetValue(out string? path) && path.StartsWith("/openapi/v3/apis/", StringComparison.Ordinal) ? path : null;
        }
        catch (Exception e) when (e is JsonException || ExtensionReader.IsFailure(e, cancellationToken))
        {
            LogFailure(logger, url, e.Message);
            return known;
        }
    }

    /// <summary>The version's part of the server's OpenAPI 2 document, which is read again only when its tag has changed.</summary>
    public async Task<ForeignDocument?> Version2Async(BackendTarget target, ForeignDocument? known, string group, string version, CancellationToken cancellationToken)
    {
        var url = new Uri(target.Origin, "/openapi/v2");
        try
        {
            var answer = await reader.GetAsync(target, url, DocumentBytes, known?.ETag ?? "", cancellationToken);
            switch (answer.Code)
            {
                case StatusCodes.Status404NotFound:
                    return null;
                case StatusCodes.Status200OK:
                    var content = OpenApiPart.Of(answer.Body, $"/apis/{group}/{version}/");
                    return known is not null && known.Content.AsSpan().SequenceEqual(content) && known.ETag == answer.ETag ? known : new(answer.ETag, content);
                default:
                    return known;
            }
        }
        catch (Exception e) when (e is JsonException || ExtensionReader.IsFailure(e, cancellationToken))
        {
            LogFailure(logger, url, e.Message);
            return known;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The description at {Url} could not be read: {Reason}")]
    private static partial void LogFailure(ILogger logger, Uri url, string reason);
}
