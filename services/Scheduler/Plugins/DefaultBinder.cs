using Platform.Api.Core.V1;
using Platform.Api.Meta.V1;
using Platform.Client;
using Platform.Scheduler.Framework;
using Platform.Scheduler.Snapshot;

namespace Platform.Scheduler.Plugins;

/// <summary>Makes the decision known: posts the pod's binding to its node.</summary>
internal sealed class DefaultBinder(IResourceClient<Pod> pods) : IPlugin
{
    public string Name => "DefaultBinder";

    public Task BindAsync(PodInfo pod, string node, CancellationToken cancellationToken)
    {
        var metadata = pod.Pod.Metadata;
        var binding = new Binding
        {
            ApiVersion = "v1",
            Kind = "Binding",
            // With the uid a pod of the same name that was made anew in between is not bound by mistake.
            Metadata = new() { Namespace = metadata.Namespace, Name = metadata.Name, Uid = metadata.Uid },
            Target = new() { Kind = "Node", Name = node },
        };
        return pods.PostAsync<Binding, Status>(metadata.Namespace, metadata.Name!, "binding", binding, cancellationToken);
    }
}
