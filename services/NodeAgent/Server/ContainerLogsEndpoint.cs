using System.Globalization;
using Platform.Api.Core.V1;
using Platform.NodeAgent.Pods;
using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent.Server;

/// <summary>Answers <c>/containerLogs/{namespace}/{pod}/{container}</c> with upstream's parameters.</summary>
internal sealed class ContainerLogsEndpoint(PodServices services, PodWorkers workers)
{
    public async Task HandleAsync(HttpContext context, string ns, string pod, string container)
    {
        if (workers.Find(ns, pod) is not { } found)
        {
            await FailAsync(context, StatusCodes.Status404NotFound, $"pod does not exist: \"{ns}/{pod}\"");
            return;
        }

        var status = ContainerOrder.Statuses(found.Status).FirstOrDefault(s => s.Name == container);
        if (status is null)
        {
            await FailAsync(context, StatusCodes.Status404NotFound, $"container {container} is not valid for pod {pod}");
            return;
        }

        var query = ParseQuery(context.Request.Query, services.Time.GetUtcNow());
        if (await FindAsync(found, status, query.Previous, context.RequestAborted) is not { } instance)
        {
            var waiting = status.State?.Waiting?.Reason ?? "ContainerCreating";
            await FailAsync(context, StatusCodes.Status400BadRequest, query.Previous
                ? $"previous terminated container \"{container}\" in pod \"{pod}\" not found"
                : $"container \"{container}\" in pod \"{pod}\" is waiting to start: {waiting}");
            return;
        }

        context.Response.ContentType = "text/plain";
        if (services.Runtime is Runtime.Simulated.SimulatedRuntime)
        {
            await context.Response.WriteAsync("this container is simulated: it writes no log\n", context.RequestAborted);
            return;
        }

        var path = Path.Combine(services.Layout.ContainerLogs(PodIdentity.Of(found), container), instance.Attempt.ToString(CultureInfo.InvariantCulture) + ".log");
        var reader = new LogReader(path, services.Time, () => IsRunning(ns, pod, container, instance.Id));
        try
        {
            await context.Response.StartAsync(context.RequestAborted);
            await reader.CopyToAsync(context.Response.Body, query, context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // whoever followed the log has gone
        }
    }

    internal static LogQuery ParseQuery(IQueryCollection query, DateTimeOffset now)
    {
        var sinceSeconds = Number(query["sinceSeconds"]);
        return new()
        {
            Follow = IsTrue(query["follow"]),
            Previous = IsTrue(query["previous"]),
            Timestamps = IsTrue(query["timestamps"]),
            TailLines = Number(query["tailLines"]),
            LimitBytes = Number(query["limitBytes"]),
            Since = sinceSeconds is { } seconds ? now.AddSeconds(-seconds)
                : DateTimeOffset.TryParse(query["sinceTime"], CultureInfo.InvariantCulture, out var since) ? since : null,
        };
    }

    private async Task<RuntimeContainer?> FindAsync(Pod pod, ContainerStatus status, bool previous, CancellationToken cancellationToken)
    {
        var state = await services.Runtime.ObservePodAsync(pod.Metadata.Uid!, cancellationToken);
        return state.All(status.Name!).Where(c => c.Phase != ContainerPhase.Created).Skip(previous ? 1 : 0).FirstOrDefault();
    }

    private bool IsRunning(string ns, string pod, string container, string id) =>
        workers.Find(ns, pod) is { } found
        && ContainerOrder.Statuses(found.Status).Any(s =>
            s.Name == container && s.State?.Running is not null && s.ContainerID?.EndsWith(id, StringComparison.Ordinal) == true);

    private static Task FailAsync(HttpContext context, int code, string message)
    {
        context.Response.StatusCode = code;
        return context.Response.WriteAsync(message + "\n");
    }

    // As the kubelet reads it: Python's client says True.
    private static bool IsTrue(string? text) => text is not (null or "0") && !text.Equals("false", StringComparison.OrdinalIgnoreCase);

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
