using System.Text.Json.Nodes;

namespace Platform.ApiServer.Registry.Rules.Autoscaling;

/// <summary>
/// Metrics as v1's annotations write them: what v2 holds in <c>metric</c>, <c>target</c> and <c>current</c> lies flat in the source, under other names.
/// Works on documents, since the flat types exist nowhere else.
/// </summary>
internal static class FlatMetrics
{
    private static readonly string[] Sources = ["object", "pods", "resource", "containerResource", "external"];

    public static JsonNode FromSpecs(JsonNode list) => Each(list, (kind, source) => Flat(kind, source, source["target"], "target"));

    public static JsonNode FromStatuses(JsonNode list) => Each(list, (kind, source) => Flat(kind, source, source["current"], "current"));

    public static JsonNode SpecsFrom(JsonNode list) => Each(list, (kind, flat) => Deep(kind, flat, "target"));

    public static JsonNode StatusesFrom(JsonNode list) => Each(list, (kind, flat) => Deep(kind, flat, "current"));

    private static JsonArray Each(JsonNode list, Func<string, JsonObject, JsonObject> change) => new([.. list.AsArray().Select(item =>
    {
        var made = new JsonObject { ["type"] = item!["type"]?.DeepClone() };
        foreach (var kind in Sources)
        {
            if (item[kind] is JsonObject source)
                made[kind] = change(kind, source);
        }
        return (JsonNode)made;
    })]);

    private static JsonObject Flat(string kind, JsonObject source, JsonNode? values, string role)
    {
        var made = new JsonObject();
        void Put(string name, JsonNode? value)
        {
            if (value is not null)
                made[name] = value.DeepClone();
        }

        Put("name", source["name"]);
        Put("container", source["container"]);
        Put("target", source["describedObject"]);
        Put("metricName", source["metric"]?["name"]);
        Put(kind == "external" ? "metricSelector" : "selector", source["metric"]?["selector"]);
        Put(role + "AverageUtilization", values?["averageUtilization"]);
        Put(kind == "object" ? "averageValue" : role + "AverageValue", values?["averageValue"]);
        Put(role + "Value", values?["value"]);
        // A field that the flat form never leaves out.
        if (kind == "object" && made[role + "Value"] is null)
            made[role + "Value"] = "0";
        return made;
    }

    private static JsonObject Deep(string kind, JsonObject flat, string role)
    {
        var values = new JsonObject();
        var average = flat[kind == "object" ? "averageValue" : role + "AverageValue"];
        if (flat[role + "AverageUtilization"] is { } utilization)
            values["averageUtilization"] = utilization.DeepClone();
        if (average is not null)
            values["averageValue"] = average.DeepClone();
        // The flat form's zero stands for nothing where an average is asked for.
        if (flat[role + "Value"] is { } value && (average is null || kind != "object"))
            values["value"] = value.DeepClone();
        if (role == "target")
            values["type"] = values.ContainsKey("averageUtilization") ? "Utilization" : values.ContainsKey("averageValue") ? "AverageValue" : "Value";
        var made = new JsonObject { [role] = values };
        foreach (var name in new[] { "name", "container" })
        {
            if (flat[name] is { } text)
                made[name] = text.DeepClone();
        }
        if (flat["target"] is { } described)
            made["describedObject"] = described.DeepClone();
        if (flat["metricName"] is { } metric)
        {
            made["metric"] = new JsonObject { ["name"] = metric.DeepClone() };
            if (flat[kind == "external" ? "metricSelector" : "selector"] is { } selector)
                made["metric"]!["selector"] = selector.DeepClone();
        }
        return made;
    }
}
