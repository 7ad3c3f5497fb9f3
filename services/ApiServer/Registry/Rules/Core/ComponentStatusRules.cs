using Platform.Api.Core.V1;

namespace Platform.ApiServer.Registry.Rules.Core;

/// <summary>The health of the control plane's parts, as it is asked for; nothing of it is stored.</summary>
internal sealed class ComponentStatusRules : ResourceRules<ComponentStatus>
{
    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        Cells.Name,
        new("Status", Description: "Whether the part is healthy."),
        new("Message", Description: "What the part says of itself."),
        new("Error", Description: "What is wrong."),
    ];

    protected override object?[] Row(ComponentStatus value, DateTimeOffset now)
    {
        var healthy = value.Conditions?.FirstOrDefault(c => c.Type == "Healthy");
        return [value.Metadata.Name, healthy?.Status switch { "True" => "Healthy", "False" => "Unhealthy", _ => "Unknown" }, healthy?.Message ?? "", healthy?.Error ?? ""];
    }
}
