using Platform.Api;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Nodes.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission;

/// <summary>Gives a new pod the overhead of its runtime class and the node selector and tolerations of the nodes that have the handler.</summary>
internal sealed class RuntimeClassAdmission(IObjectReader reader) : IAdmissionPlugin
{
    public string Name => "RuntimeClass";

    public ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (Asked(request) is not var (pod, spec) || Class(pod, spec) is not { } runtime)
            return ValueTask.CompletedTask;
        if (runtime.Overhead?.PodFixed is { Count: > 0 } overhead)
        {
            if (spec.Overhead is { Count: > 0 } given && !Same(given, overhead))
                throw Refusal(pod, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
            spec = spec with { Overhead = overhead };
        }
        pod.Spec = runtime.Scheduling is { } scheduling ? Merge(pod, spec, scheduling) : spec;
        return ValueTask.CompletedTask;
    }

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (Asked(request) is not var (pod, spec))
            return ValueTask.CompletedTask;
        var overhead = Class(pod, spec)?.Overhead?.PodFixed;
        if (overhead is { Count: > 0 })
        {
            if (!Same(spec.Overhead ?? new Dictionary<string, Quantity>(), overhead))
                throw Refusal(pod, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }
        else if (spec.Overhead is { Count: > 0 })
            throw Refusal(pod, "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
        return ValueTask.CompletedTask;
    }

    private static (Pod Pod, PodSpec Spec)? Asked(AdmissionRequest request) =>
        request is { Operation: "CREATE", Info.Subresource: "", Object: Pod { Spec: { } spec } pod } ? (pod, spec) : null;

    private RuntimeClass? Class(Pod pod, PodSpec spec) => string.IsNullOrEmpty(spec.RuntimeClassName) ? null
        : reader.Find<RuntimeClass>(null, spec.RuntimeClassName) ?? throw Refusal(pod, $"pod rejected: RuntimeClass \"{spec.RuntimeClassName}\" not found");

    private static PodSpec Merge(Pod pod, PodSpec spec, Api.Nodes.V1.Scheduling scheduling)
    {
        var selector = new Dictionary<string, string>(spec.NodeSelector ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var (key, value) in scheduling.NodeSelector ?? new Dictionary<string, string>())
        {
            if (selector.TryGetValue(key, out var given) && given != value)
                throw Refusal(pod, $"conflict: runtimeClass.scheduling.nodeSelector[{key}] = {value}; pod.spec.nodeSelector[{key}] = {given}");
            selector[key] = value;
        }
        IReadOnlyList<Toleration> tolerations = [.. (spec.Tolerations ?? []).Concat(scheduling.Tolerations ?? []).Distinct()];
        return spec with
        {
            NodeSelector = selector.Count > 0 ? selector : spec.NodeSelector,
            Tolerations = tolerations.Count > 0 ? tolerations : spec.Tolerations,
        };
    }

    private static bool Same(IReadOnlyDictionary<string, Quantity> left, IReadOnlyDictionary<string, Quantity> right) =>
        left.Count == right.Count && left.All(q => right.TryGetValue(q.Key, out var other) && other == q.Value);

    private static ApiException Refusal(Pod pod, string why) => ApiErrors.Forbidden("", "pods", pod.Metadata.Name ?? "", why);
}
