using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Autoscaling.V2;
using Platform.Api.Json;

namespace Platform.ApiServer.Registry.Rules.Autoscaling;

/// <summary>What a v2 autoscaler has beyond v1.</summary>
internal sealed record AutoscalerExtras
{
    public IReadOnlyList<MetricSpec>? Metrics { get; init; }
    public IReadOnlyList<MetricStatus>? CurrentMetrics { get; init; }
    public HorizontalPodAutoscalerBehavior? Behavior { get; init; }
    public IReadOnlyList<HorizontalPodAutoscalerCondition>? Conditions { get; init; }
}

/// <summary>
/// The annotations in which a v1 autoscaler carries what only v2 has fields for. Their JSON has forms of its own, which clients read: metrics in the flat form of v1
/// (<see cref="FlatMetrics"/>), the behavior with capitals, as a type of Go that was never meant for the wire. An annotation that cannot be read counts as absent.
/// </summary>
internal static class AutoscalerAnnotations
{
    private const string Prefix = "autoscaling.alpha.kubernetes.io/";
    private const string Metrics = Prefix + "metrics";
    private const string CurrentMetrics = Prefix + "current-metrics";
    private const string Behavior = Prefix + "behavior";
    private const string Conditions = Prefix + "conditions";

    public static AutoscalerExtras Read(IReadOnlyDictionary<string, string>? annotations) => annotations is null ? new() : new()
    {
        Metrics = Parse<IReadOnlyList<MetricSpec>>(annotations, Metrics, FlatMetrics.SpecsFrom),
        CurrentMetrics = Parse<IReadOnlyList<MetricStatus>>(annotations, CurrentMetrics, FlatMetrics.StatusesFrom),
        Behavior = Parse<HorizontalPodAutoscalerBehavior>(annotations, Behavior, json => Recased(json, char.ToLowerInvariant)),
        Conditions = Parse<IReadOnlyList<HorizontalPodAutoscalerCondition>>(annotations, Conditions, json => json),
    };

    public static IReadOnlyDictionary<string, string>? Without(IReadOnlyDictionary<string, string>? annotations)
    {
        if (annotations is null || !annotations.Keys.Any(IsOne))
            return annotations;
        var rest = annotations.Where(a => !IsOne(a.Key)).ToDictionary(StringComparer.Ordinal);
        return rest.Count > 0 ? rest : null;
    }

    public static IReadOnlyDictionary<string, string>? With(IReadOnlyDictionary<string, string>? annotations, AutoscalerExtras extras)
    {
        var all = new Dictionary<string, string>(annotations ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        if (extras.Metrics is { Count: > 0 })
            all[Metrics] = Text(FlatMetrics.FromSpecs(Tree(extras.Metrics)));
        if (extras.CurrentMetrics is { Count: > 0 })
            all[CurrentMetrics] = Text(FlatMetrics.FromStatuses(Tree(extras.CurrentMetrics)));
        if (extras.Behavior is not null)
            all[Behavior] = Text(BehaviorText(Tree(extras.Behavior)));
        if (extras.Conditions is { Count: > 0 })
            all[Conditions] = Text(Tree(extras.Conditions));
        return all.Count > 0 ? all : null;
    }

    private static bool IsOne(string key) => key is Metrics or CurrentMetrics or Behavior or Conditions;

    private static T? Parse<T>(IReadOnlyDictionary<string, string> annotations, string key, Func<JsonNode, JsonNode> read)
        where T : class
    {
        if (!annotations.TryGetValue(key, out var text))
            return null;
        try
        {
            return JsonNode.Parse(text) is { } json ? ApiJson.Decode<T>(Bytes(read(json))) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // People can write anything into an annotation, and the rule is that what cannot be read is as if it were not there.
            return null;
        }
    }

    private static JsonNode Tree<T>(T value) => JsonNode.Parse(ApiJson.Encode(value))!;

    private static string Text(JsonNode json) => Encoding.UTF8.GetString(Bytes(json));

    private static byte[] Bytes(JsonNode json)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            json.WriteTo(writer);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Absent members are written as null, for the Go type has no other word for them.</summary>
    private static JsonObject BehaviorText(JsonNode behavior)
    {
        static JsonObject? Rules(JsonNode? rules) => rules is null ? null : new()
        {
            ["StabilizationWindowSeconds"] = rules["stabilizationWindowSeconds"]?.DeepClone(),
            ["SelectPolicy"] = rules["selectPolicy"]?.DeepClone(),
            ["Policies"] = rules["policies"] is JsonArray policies
                ? new JsonArray([.. policies.Select(p => (JsonNode)new JsonObject
                {
                    ["Type"] = p!["type"]?.DeepClone(), ["Value"] = p["value"]?.DeepClone(), ["PeriodSeconds"] = p["periodSeconds"]?.DeepClone(),
                })])
                : null,
        };
        return new() { ["ScaleUp"] = Rules(behavior["scaleUp"]), ["ScaleDown"] = Rules(behavior["scaleDown"]) };
    }

    /// <summary>The document with the first letter of each member's name changed, and without its nulls.</summary>
    private static JsonNode Recased(JsonNode json, Func<char, char> letter) => json switch
    {
        JsonObject value => new JsonObject(value.Where(m => m.Value is not null && m.Key.Length > 0)
            .Select(m => KeyValuePair.Create<string, JsonNode?>(letter(m.Key[0]) + m.Key[1..], Recased(m.Value!, letter)))),
        JsonArray list => new JsonArray([.. list.Where(i => i is not null).Select(i => Recased(i!, letter))]),
        _ => json.DeepClone(),
    };
}
