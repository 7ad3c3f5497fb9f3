using Platform.Api.Core.V1;
using Platform.NodeAgent.Runtime;

namespace Platform.NodeAgent.Pods;

/// <summary>What to do about a pod now, and when to look again though nothing happens.</summary>
/// <param name="Actions">In order.</param>
/// <param name="WakeAt">When to plan again at the latest; null: only when something changes.</param>
internal sealed record PodPlan(IReadOnlyList<PodAction> Actions, DateTimeOffset? WakeAt = null)
{
    public static readonly PodPlan Nothing = new([]);

    public static PodPlan Of(params PodAction[] actions) => new(actions);
}

/// <summary>One step.</summary>
internal abstract record PodAction;

/// <summary>Prepare the pod's volumes, and beside that, run its sandbox if <see cref="Sandbox"/> is set.</summary>
/// <param name="Volumes">Whether volumes are to be set up.</param>
/// <param name="Sandbox">Attempt of the sandbox to run; null where it runs already.</param>
internal sealed record PrepareAction(bool Volumes, int? Sandbox) : PodAction;

/// <summary>Pull the image, create and start a container.</summary>
internal sealed record StartContainerAction(Container Container, int Attempt, SandboxState Sandbox, RuntimeContainer? Previous) : PodAction;

/// <summary>Stop containers, all at the same time.</summary>
internal sealed record StopContainersAction(IReadOnlyList<StopOrder> Orders) : PodAction;

/// <summary>Stop one container.</summary>
/// <param name="Spec">Its declaration; null where the pod no longer has it.</param>
/// <param name="State">The container.</param>
/// <param name="Grace">Time for its preStop hook and its own shutdown together.</param>
/// <param name="Message">Sentence for the <c>Killing</c> event; null for none.</param>
internal sealed record StopOrder(Container? Spec, RuntimeContainer State, TimeSpan Grace, string? Message);

/// <summary>Stop a sandbox: its network goes, its record stays.</summary>
internal sealed record StopSandboxAction(SandboxState Sandbox) : PodAction;

/// <summary>Remove what is over: containers with their logs, then sandboxes.</summary>
internal sealed record RemoveAction(IReadOnlyList<RuntimeContainer> Containers, IReadOnlyList<SandboxState> Sandboxes) : PodAction;

/// <summary>Declare the pod failed.</summary>
internal sealed record FailPodAction(PodFailure Failure) : PodAction;

/// <summary>Give back volumes and cgroups.</summary>
internal sealed record ReclaimAction : PodAction;

/// <summary>Everything is gone from the node: confirm the deletion to the API server and forget the pod.</summary>
internal sealed record ForgetAction : PodAction;
