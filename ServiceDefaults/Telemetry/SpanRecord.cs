using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Platform.ServiceDefaults.Telemetry;

/// <summary>A finished span as the cluster keeps it and as services send it to the API server.</summary>
/// <param name="TraceId">32 hexadecimal digits.</param>
/// <param name="SpanId">16 hexadecimal digits.</param>
/// <param name="ParentId">Span that caused this one; null for the first of a trace.</param>
/// <param name="Name">What was done, such as <c>POST pods</c>.</param>
/// <param name="Service">Source without the product's prefix, such as <c>Scheduler</c>.</param>
/// <param name="Start">When it began.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="Error">What went wrong; null where nothing did.</param>
/// <param name="Attributes">Tags, such as <c>k8s.resource</c>, <c>k8s.namespace</c>, <c>k8s.name</c>.</param>
/// <param name="Events">Notes made on the way: why a node was ruled out, which probe failed.</param>
public sealed record SpanRecord(
    string TraceId,
    string SpanId,
    string? ParentId,
    string Name,
    string Service,
    DateTimeOffset Start,
    double DurationMs,
    string? Error,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<string> Events)
{
    /// <summary>Copies what is worth keeping out of a stopped activity.</summary>
    public static SpanRecord From(Activity activity)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in activity.TagObjects)
        {
            if (value is not null)
                attributes[key] = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
        }

        List<string>? events = null;
        foreach (var happened in activity.Events)
            (events ??= []).Add(happened.Name);

        return new(
            activity.TraceId.ToHexString(),
            activity.SpanId.ToHexString(),
            activity.ParentSpanId == default ? null : activity.ParentSpanId.ToHexString(),
            activity.DisplayName,
            activity.Source.Name.StartsWith("Platform.", StringComparison.Ordinal) ? activity.Source.Name["Platform.".Length..] : activity.Source.Name,
            activity.StartTimeUtc,
            activity.Duration.TotalMilliseconds,
            activity.Status == ActivityStatusCode.Error ? activity.StatusDescription ?? "failed" : null,
            attributes,
            events is null ? [] : events);
    }
}

/// <summary>JSON of spans between services.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SpanRecord))]
[JsonSerializable(typeof(IReadOnlyList<SpanRecord>))]
[JsonSerializable(typeof(List<SpanRecord>))]
public sealed partial class SpanJson : JsonSerializerContext;
