using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Api.Errors;
using Platform.ApiServer.Hosting;
using Platform.ApiServer.Registry;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.ApiServer.Tracing;

/// <summary>A trace as it is answered.</summary>
internal sealed record TraceAnswer(string TraceId, IReadOnlyList<SpanRecord> Spans);

/// <summary>What <c>/platform/v1/traces</c> answers.</summary>
internal sealed record TracesAnswer(IReadOnlyList<TraceAnswer> Traces);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TracesAnswer))]
internal sealed partial class TraceAnswerJson : JsonSerializerContext;

/// <summary>
/// <c>GET /platform/v1/traces?object=resource/namespace/name</c> (or <c>?trace=id</c>), and <c>POST /platform/v1/spans</c> by which other processes hand in
/// theirs. Both are authorized as paths.
/// </summary>
internal sealed class TraceHandler(TraceStore store, ResourceRegistry resources) : IRequestHandler
{
    public Task? TryHandle(HttpContext context, ApiRequest request) => (context.Request.Method, request.Info.Path) switch
    {
        ("GET", "/platform/v1/traces") => QueryAsync(context),
        ("POST", "/platform/v1/spans") => AcceptAsync(context),
        _ => null,
    };

    private Task QueryAsync(HttpContext context)
    {
        var query = context.Request.Query;
        IReadOnlyList<IReadOnlyList<SpanRecord>> found;
        if (query["trace"].ToString() is { Length: > 0 } id)
        {
            found = store.Of(id) is { Count: > 0 } spans ? [spans] : [];
        }
        else
        {
            var parts = query["object"].ToString().Split('/');
            found = parts.Length switch
            {
                3 => store.About(Resolve(parts[0]), parts[1], parts[2]),
                2 => store.About(Resolve(parts[0]), "", parts[1]),
                _ => throw ApiErrors.BadRequest("object must be resource/namespace/name, or resource/name for resources without namespace"),
            };
        }

        context.Response.ContentType = "application/json";
        var answer = new TracesAnswer([.. found.Select(t => new TraceAnswer(t[0].TraceId, t))]);
        return JsonSerializer.SerializeAsync(context.Response.Body, answer, TraceAnswerJson.Default.TracesAnswer, context.RequestAborted);
    }

    /// <summary>The resource as spans name it, for its plural, singular or short name: <c>deploy</c> is <c>deployments.apps</c>.</summary>
    private string Resolve(string name)
    {
        var found = resources.Stored.FirstOrDefault(r => r.Plural == name || r.Singular == name || r.ShortNames.Contains(name) || $"{r.Plural}.{r.Group}" == name)
            ?? throw ApiErrors.BadRequest($"the server doesn't have a resource type \"{name}\"");
        return found.Group.Length == 0 ? found.Plural : $"{found.Plural}.{found.Group}";
    }

    private async Task AcceptAsync(HttpContext context)
    {
        var spans = await JsonSerializer.DeserializeAsync(context.Request.Body, SpanJson.Default.ListSpanRecord, context.RequestAborted);
        await store.AcceptAsync(spans ?? [], context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
