using Platform.Api.Core.V1;

namespace Platform.ApiServer.Registry.Rules.Core.Pods;

/// <summary>
/// A pod's row. The status column is not a field: it is the most telling of deletion, the containers' states, the init containers' progress
/// and the phase, in the order that <c>kubectl</c> users know.
/// </summary>
internal static class PodTable
{
    public static readonly IReadOnlyList<TableColumn> Columns =
    [
        Cells.Name,
        new("Ready", Description: "Ready containers, out of all."),
        new("Status", Description: "The most telling state of the pod and its containers."),
        new("Restarts", Description: "How often containers were restarted, and when last."),
        Cells.Age,
        new("IP", Description: "Address of the pod.", Priority: 1),
        new("Node", Description: "Node that the pod is bound to.", Priority: 1),
        new("Nominated Node", Description: "Node that is being cleared for the pod.", Priority: 1),
        new("Readiness Gates", Description: "Readiness gates that hold, out of all.", Priority: 1),
    ];

    public static object?[] Row(Pod pod, DateTimeOffset now)
    {
        var state = Summary.Of(pod);
        var restarts = state.Restarts > 0 && state.LastRestart is { } last
            ? $"{state.Restarts} ({Cells.Since(last, now)} ago)"
            : state.Restarts.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return
        [
            pod.Metadata.Name,
            $"{state.Ready}/{state.Total}",
            state.Reason,
            restarts,
            Cells.Since(pod.Metadata.CreationTimestamp, now),
            Cells.Or(pod.Status?.PodIPs is { Count: > 0 } ips ? ips[0].Ip : pod.Status?.PodIP),
            Cells.Or(pod.Spec?.NodeName),
            Cells.Or(pod.Status?.NominatedNodeName),
            Gates(pod),
        ];
    }

    private static string Gates(Pod pod)
    {
        if (pod.Spec?.ReadinessGates is not { Count: > 0 } gates)
            return Cells.None;
        var holding = gates.Count(g => HasTrue(pod, g.ConditionType));
        return $"{holding}/{gates.Count}";
    }

    private static bool HasTrue(Pod pod, string? type) => pod.Status?.Conditions?.Any(c => c.Type == type && c.Status == "True") == true;

    private sealed class Summary
    {
        public int Ready { get; private set; }
        public int Total { get; private set; }
        public int Restarts { get; private set; }
        public DateTimeOffset? LastRestart { get; private set; }
        public string Reason { get; private set; } = "";

        public static Summary Of(Pod pod)
        {
            var sidecars = (pod.Spec?.InitContainers ?? []).Where(c => c.RestartPolicy == "Always").Select(c => c.Name).ToHashSet();
            var summary = new Summary
            {
                Total = (pod.Spec?.Containers?.Count ?? 0) + sidecars.Count,
                Reason = string.IsNullOrEmpty(pod.Status?.Reason) ? pod.Status?.Phase ?? "" : pod.Status.Reason,
            };
            if (pod.Status?.Conditions?.Any(c => c is { Type: "PodScheduled", Reason: "SchedulingGated" }) == true)
                summary.Reason = "SchedulingGated";
            var initializing = summary.AddInit(pod, sidecars);
            if (!initializing || HasTrue(pod, "Initialized"))
                summary.AddContainers(pod, sidecars);
            if (pod.Metadata.DeletionTimestamp is not null)
            {
                if (pod.Status?.Reason == "NodeLost")
                    summary.Reason = "Unknown";
                else if (pod.Status?.Phase is not ("Succeeded" or "Failed"))
                    summary.Reason = "Terminating";
            }

            return summary;
        }

        private bool AddInit(Pod pod, HashSet<string?> sidecars)
        {
            var statuses = pod.Status?.InitContainerStatuses ?? [];
            for (var i = 0; i < statuses.Count; i++)
            {
                var status = statuses[i];
                Count(status);
                switch (status)
                {
                    case { State.Terminated.ExitCode: null or 0 }:
                        continue;
                    case { Started: true } when sidecars.Contains(status.Name):
                        if (status.Ready == true)
                            Ready++;
                        continue;
                    case { State.Terminated: { } ended }:
                        Reason = "Init:" + Ended(ended);
                        return true;
                    case { State.Waiting.Reason: { Length: > 0 } reason } when reason != "PodInitializing":
                        Reason = "Init:" + reason;
                        return true;
                    default:
                        Reason = $"Init:{i}/{pod.Spec?.InitContainers?.Count ?? 0}";
                        return true;
                }
            }

            return false;
        }

        private void AddContainers(Pod pod, HashSet<string?> sidecars)
        {
            Restarts = 0;
            LastRestart = null;
            foreach (var status in (pod.Status?.InitContainerStatuses ?? []).Where(s => sidecars.Contains(s.Name)))
                Count(status);
            var running = false;
            foreach (var status in (pod.Status?.ContainerStatuses ?? []).Reverse())
            {
                Count(status);
                if (status.State?.Waiting?.Reason is { Length: > 0 } waiting)
                    Reason = waiting;
                else if (status.State?.Terminated is { } ended)
                    Reason = Ended(ended);
                else if (status is { Ready: true, State.Running: not null })
                {
                    running = true;
                    Ready++;
                }
            }

            if (Reason == "Completed" && running)
                Reason = HasTrue(pod, "Ready") ? "Running" : "NotReady";
        }

        private void Count(ContainerStatus status)
        {
            Restarts += status.RestartCount ?? 0;
            if (status.LastState?.Terminated?.FinishedAt is { } finished && (LastRestart is null || finished > LastRestart))
                LastRestart = finished;
        }

        private static string Ended(ContainerStateTerminated ended) =>
            !string.IsNullOrEmpty(ended.Reason) ? ended.Reason
            : ended.Signal is > 0 ? $"Signal:{ended.Signal}"
            : $"ExitCode:{ended.ExitCode ?? 0}";
    }
}
