using System.Globalization;
using Platform.Api;
using Platform.Api.Autoscaling.V2;
using Platform.Api.Meta.V1;

namespace Platform.ApiServer.Registry.Rules.Autoscaling;

/// <summary>An autoscaler's row: among it each metric as what is measured over what is wanted.</summary>
internal static class AutoscalerTable
{
    private const string Unknown = "<unknown>";
    private const int MostMetrics = 2;

    public static readonly IReadOnlyList<TableColumn> Columns =
    [
        Cells.Name,
        new("Reference", Description: "What is scaled."),
        new("Targets", Description: "Measured and wanted values of the metrics."),
        new("MinPods", Description: "Least number of pods."),
        new("MaxPods", Description: "Greatest number of pods."),
        new("Replicas", Description: "Present number of pods."),
        Cells.Age,
    ];

    public static object?[] Row(ObjectMeta metadata, string reference, string targets, (int? Least, int? Most, int? Present) replicas, DateTimeOffset now) =>
    [
        metadata.Name,
        reference,
        targets,
        replicas.Least is { } least ? least.ToString(CultureInfo.InvariantCulture) : "<unset>",
        replicas.Most ?? 0,
        replicas.Present ?? 0,
        Cells.Since(metadata.CreationTimestamp, now),
    ];

    public static string Targets(IReadOnlyList<MetricSpec> metrics, IReadOnlyList<MetricStatus> measured)
    {
        if (metrics.Count == 0)
            return Cells.None;
        var cells = metrics.Take(MostMetrics).Select((m, i) => Cell(m, measured.ElementAtOrDefault(i)));
        var more = metrics.Count > MostMetrics ? string.Create(CultureInfo.InvariantCulture, $" + {metrics.Count - MostMetrics} more...") : "";
        return string.Join(", ", cells) + more;
    }

    private static string Cell(MetricSpec metric, MetricStatus? status) => metric.Type switch
    {
        "External" => Amount(metric.External?.Target, status?.External?.Current, average: " (avg)"),
        "Pods" => Amount(metric.Pods?.Target, status?.Pods?.Current, average: ""),
        "Object" => Amount(metric.Object?.Target, status?.Object?.Current, average: " (avg)"),
        "Resource" => Resource(metric.Resource?.Name, metric.Resource?.Target, status?.Resource?.Current),
        "ContainerResource" => Resource(metric.ContainerResource?.Name, metric.ContainerResource?.Target, status?.ContainerResource?.Current),
        _ => "<unknown type>",
    };

    private static string Amount(MetricTarget? target, MetricValueStatus? current, string average) => target?.AverageValue is { } wanted
        ? $"{Show(current?.AverageValue)}/{wanted}{average}"
        : $"{Show(current?.Value)}/{target?.Value}";

    private static string Resource(string? name, MetricTarget? target, MetricValueStatus? current)
    {
        if (target?.AverageValue is { } wanted)
            return $"{name}: {Show(current?.AverageValue)}/{wanted}";
        var present = current?.AverageUtilization is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent}%") : Unknown;
        var most = target?.AverageUtilization is { } limit ? string.Create(CultureInfo.InvariantCulture, $"{limit}%") : "<auto>";
        return $"{name}: {present}/{most}";
    }

    private static string Show(Quantity? value) => value?.ToString() ?? Unknown;
}
