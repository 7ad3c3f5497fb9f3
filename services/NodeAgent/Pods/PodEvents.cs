using Platform.Api.Core.V1;
using Platform.Client;

namespace Platform.NodeAgent.Pods;

/// <summary>Tells users what happens to their pods.</summary>
internal sealed class PodEvents(IEventRecorder recorder)
{
    public void Normal(Pod pod, string reason, string message) => recorder.Normal(Typed(pod), reason, message);

    public void Warning(Pod pod, string reason, string message) => recorder.Warning(Typed(pod), reason, message);

    /// <summary>Objects of a list carry no kind of their own.</summary>
    private static Pod Typed(Pod pod) => pod.Kind is null ? pod with { ApiVersion = "v1", Kind = "Pod" } : pod;
}
