using Platform.Api.Core.V1;
using Platform.NodeAgent.Pods;

namespace Platform.NodeAgent.Probes;

/// <summary>Which of a container's probes.</summary>
internal enum ProbeKind
{
    Startup,
    Liveness,
    Readiness,
}

/// <summary>
/// Counts what a probe finds against its thresholds: a pure state. The verdict changes only after as many equal results in a row as the threshold says.
/// Before the first verdict a container counts as not ready and not started, but as alive.
/// </summary>
/// <param name="Verdict">What holds now.</param>
/// <param name="Last">The last result.</param>
/// <param name="Run">How many in a row were like it.</param>
internal readonly record struct ProbeCount(ProbeVerdict Verdict, bool Last, int Run)
{
    public ProbeCount Add(bool success, Probe probe)
    {
        var run = success == Last ? Run + 1 : 1;
        var threshold = success ? probe.SuccessThreshold ?? 1 : probe.FailureThreshold ?? 3;
        var verdict = run >= threshold ? success ? ProbeVerdict.Success : ProbeVerdict.Failure : Verdict;
        return new(verdict, success, run);
    }
}

/// <summary>Probes one running container in its rhythm until it is told to stop, and reports each change of the verdict.</summary>
internal sealed class ProbeLoop(Prober prober, TimeProvider time, Pod pod, Container container, string containerId, string podIp, ProbeKind kind)
{
    private const int DefaultPeriodSeconds = 10;

    public delegate void Report(ProbeKind kind, string containerId, ProbeVerdict verdict, string message);

    public Probe Probe { get; } = (kind switch
    {
        ProbeKind.Startup => container.StartupProbe,
        ProbeKind.Liveness => container.LivenessProbe,
        _ => container.ReadinessProbe,
    })!;

    /// <param name="startedAt">When the container started; the initial delay counts from then.</param>
    /// <param name="ready">Completes when the container has passed its startup probe; liveness and readiness wait for that.</param>
    /// <param name="report">Gets every change of the verdict.</param>
    /// <param name="events">Gets every failure.</param>
    /// <param name="cancellationToken">Ends the loop.</param>
    public async Task RunAsync(DateTimeOffset startedAt, Task ready, Report report, PodEvents events, CancellationToken cancellationToken)
    {
        await ready.WaitAsync(cancellationToken);
        var first = startedAt + TimeSpan.FromSeconds(Probe.InitialDelaySeconds ?? 0) - time.GetUtcNow();
        if (first > TimeSpan.Zero)
            await Task.Delay(first, time, cancellationToken);
        var count = default(ProbeCount);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(Math.Max(Probe.PeriodSeconds ?? DefaultPeriodSeconds, 1)), time);
        do
        {
            var result = await prober.ProbeAsync(Probe, container, containerId, podIp, cancellationToken);
            if (cancellationToken.IsCancellationRequested)
                return;
            if (!result.Success)
                events.Warning(pod, "Unhealthy", $"{kind} probe failed: {result.Message}");
            var before = count.Verdict;
            count = count.Add(result.Success, Probe);
            if (count.Verdict != before)
                report(kind, containerId, count.Verdict, result.Message);
            // A startup probe that has succeeded has done its work; a container that is to be killed needs no more questions.
            if (count.Verdict == ProbeVerdict.Success && kind == ProbeKind.Startup)
                return;
            if (count.Verdict == ProbeVerdict.Failure && kind != ProbeKind.Readiness)
                return;
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
