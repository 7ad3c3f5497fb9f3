using Platform.Api.Errors;
using Platform.Api.FlowControl.V1;
using Platform.Api.Json;
using Platform.ApiServer.Registry;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.FlowControl;

/// <summary>
/// Looks after the objects of flow control: those that every cluster starts with are there and as this version of the server wants them, each flow schema
/// says whether its level exists, and what has changed takes effect on requests that wait already. Works on every change of either kind.
/// </summary>
internal sealed partial class FlowControlObjects(
    FlowController controller, IObjectReader reader, IObjectWriter writer, ResourceRegistry registry, WatchCaches caches, TimeProvider clock, ILogger<FlowControlObjects> logger)
    : BackgroundService
{
    private const string Dangling = "Dangling";

    /// <summary>Writes what is missing, and brings up to date what the server looks after.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var wanted in FlowControlDefaults.Levels)
        {
            var mandatory = FlowControlDefaults.MandatoryLevels.Contains(wanted);
            await writer.UpdateAsync<PriorityLevelConfiguration>(null, wanted.Metadata.Name!, found => found is null ? wanted
                : IsCurrent(found.Spec, wanted.Spec) || !(mandatory || IsKept(found)) ? null : found with { Spec = wanted.Spec }, cancellationToken);
        }
        foreach (var wanted in FlowControlDefaults.Schemas)
        {
            var mandatory = FlowControlDefaults.MandatorySchemas.Contains(wanted);
            await writer.UpdateAsync<FlowSchema>(null, wanted.Metadata.Name!, found => found is null ? wanted
                : IsCurrent(found.Spec, wanted.Spec) || !(mandatory || IsKept(found)) ? null : found with { Spec = wanted.Spec }, cancellationToken);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ChangeLoop(caches, [registry.Of<FlowSchema>(), registry.Of<PriorityLevelConfiguration>()], clock).RunAsync(
            cancellationToken =>
            {
                controller.Refresh();
                return ReportAsync(cancellationToken);
            },
            reason => LogRetry(logger, reason),
            stoppingToken);

    private async Task ReportAsync(CancellationToken cancellationToken)
    {
        foreach (var schema in reader.List<FlowSchema>())
        {
            var level = schema.Spec?.PriorityLevelConfiguration?.Name ?? "";
            var wanted = reader.Find<PriorityLevelConfiguration>(null, level) is not null
                ? (Status: "False", Reason: "Found", Message: $"This FlowSchema references the PriorityLevelConfiguration object named \"{level}\" and it exists")
                : (Status: "True", Reason: "NotFound", Message: $"This FlowSchema references the PriorityLevelConfiguration object named \"{level}\" but there is no such object");
            var present = schema.Status?.Conditions?.FirstOrDefault(c => c.Type == Dangling);
            if (present is not null && (present.Status, present.Reason, present.Message) == wanted)
                continue;
            var condition = new FlowSchemaCondition
            {
                Type = Dangling,
                Status = wanted.Status,
                Reason = wanted.Reason,
                Message = wanted.Message,
                LastTransitionTime = present?.Status == wanted.Status ? present.LastTransitionTime : ObjectMetadata.WholeSeconds(clock.GetUtcNow()),
            };
            await SetAsync(schema.Metadata.Name!, condition, cancellationToken);
        }
    }

    private async Task SetAsync(string name, FlowSchemaCondition condition, CancellationToken cancellationToken)
    {
        try
        {
            await writer.UpdateStatusAsync<FlowSchema>(null, name, found => found with
            {
                Status = new() { Conditions = [.. (found.Status?.Conditions ?? []).Where(c => c.Type != Dangling), condition] },
            }, cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            // It has gone meanwhile, and its event is on its way.
        }
    }

    private static bool IsKept(Api.KubernetesObject value) => value.Metadata.Annotations?.GetValueOrDefault(FlowControlDefaults.AutoUpdate) == "true";

    private static bool IsCurrent<T>(T? found, T? wanted) => found is not null && ApiJson.Same(found, wanted);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The objects of flow control could not be looked after: {Reason}")]
    private static partial void LogRetry(ILogger logger, string reason);
}
