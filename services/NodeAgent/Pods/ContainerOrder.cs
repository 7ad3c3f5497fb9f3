using Platform.Api.Core.V1;
using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent.Pods;

/// <summary>
/// Which containers of a pod are due to be started, and when a pod is over. Init containers run one after the other; one with restart policy
/// Always (a sidecar) only has to have started for the next to come, and is kept running until the pod's own containers have ended.
/// </summary>
internal static class ContainerOrder
{
    public static bool IsSidecar(Container container) => container.RestartPolicy == "Always";

    /// <summary>The pod's own containers, those that prepare it, and those added to look into it.</summary>
    public static IEnumerable<Container> All(PodSpec spec) => (spec.Containers ?? []).Concat(spec.InitContainers ?? []).Concat(EphemeralContainers.Of(spec));

    /// <summary>The statuses of <see cref="All"/>.</summary>
    public static IEnumerable<ContainerStatus> Statuses(PodStatus? status) =>
        (status?.ContainerStatuses ?? []).Concat(status?.InitContainerStatuses ?? []).Concat(status?.EphemeralContainerStatuses ?? []);

    public static Container? Find(PodSpec spec, string name) => All(spec).FirstOrDefault(c => c.Name == name);

    public static bool IsInit(PodSpec spec, string name) => (spec.InitContainers ?? []).Any(c => c.Name == name);

    /// <summary>Whether the container must be started again, or for the first time, as far as its policy goes.</summary>
    public static bool ShouldRun(PodSpec spec, Container container, RuntimeContainer? state) => state switch
    {
        null or { Phase: ContainerPhase.Created } => true,
        { Phase: ContainerPhase.Running or ContainerPhase.Unknown } => false,
        _ when EphemeralContainers.IsOne(spec, container.Name!) => false,
        _ when IsSidecar(container) => true,
        _ => spec.RestartPolicy switch
        {
            "Never" => false,
            "OnFailure" => state.ExitCode != 0,
            _ => true,
        },
    };

    /// <summary>Whether every init container has done its part.</summary>
    public static bool Initialized(PodObservation o) =>
        RegularWasCreated(o) || (o.Spec.InitContainers ?? []).All(c => InitDone(o, c));

    /// <summary>Whether an init container has failed for good.</summary>
    public static bool InitFailed(PodObservation o) =>
        o.Spec.RestartPolicy == "Never" && !RegularWasCreated(o) && (o.Spec.InitContainers ?? []).Any(c =>
            !IsSidecar(c) && o.Current(c.Name!) is { Phase: ContainerPhase.Exited, ExitCode: not 0 });

    /// <summary>Whether nothing of the pod is going to run any more, sidecars aside.</summary>
    public static bool IsOver(PodObservation o) =>
        InitFailed(o) || ((o.Spec.Containers?.Count ?? 0) > 0 && o.Spec.Containers!.All(c =>
            o.Current(c.Name!) is { Phase: ContainerPhase.Exited } state && !ShouldRun(o.Spec, c, state)));

    /// <summary>The containers to start now, in order.</summary>
    public static IEnumerable<Container> Due(PodObservation o)
    {
        // Before the others and whatever they do: somebody wants to see why they do not start.
        foreach (var container in EphemeralContainers.Of(o.Spec))
        {
            if (ShouldRun(o.Spec, container, o.Current(container.Name!)))
                yield return container;
        }

        var initialized = RegularWasCreated(o);
        foreach (var container in o.Spec.InitContainers ?? [])
        {
            var state = InSandbox(o, container);
            if (IsSidecar(container))
            {
                if (ShouldRun(o.Spec, container, state))
                    yield return container;
                if (!initialized && (state is null || !o.Started(container, state)))
                    yield break;
            }
            else if (!initialized && !InitDone(o, container))
            {
                if (state is null or { Phase: ContainerPhase.Exited or ContainerPhase.Created })
                    yield return container;
                yield break;
            }
        }

        foreach (var container in o.Spec.Containers ?? [])
        {
            if (ShouldRun(o.Spec, container, o.Current(container.Name!)))
                yield return container;
        }
    }

    private static bool InitDone(PodObservation o, Container container)
    {
        var state = InSandbox(o, container);
        return IsSidecar(container)
            ? state is not null && o.Started(container, state)
            : state is { Phase: ContainerPhase.Exited, ExitCode: 0 };
    }

    /// <summary>Init containers run again in a new sandbox; so what they did in an earlier one does not count.</summary>
    private static RuntimeContainer? InSandbox(PodObservation o, Container container) =>
        o.Runtime.Sandbox is { } sandbox ? o.Runtime.All(container.Name!).FirstOrDefault(c => c.SandboxId == sandbox.Id) : o.Current(container.Name!);

    private static bool RegularWasCreated(PodObservation o) =>
        o.Runtime.Containers.Any(c => (o.Runtime.Sandbox is null || c.SandboxId == o.Runtime.Sandbox.Id) && (o.Spec.Containers ?? []).Any(r => r.Name == c.Name));
}
