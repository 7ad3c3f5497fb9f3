using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Scheduling.V1;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission;

/// <summary>Resolves a pod's priority class to the number that the scheduler compares; only one class may be the default for all.</summary>
internal sealed class PriorityAdmission(IObjectReader reader) : IAdmissionPlugin
{
    private const string DefaultPreemption = "PreemptLowerPriority";

    public string Name => "Priority";

    public ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request is { Operation: "CREATE", Info.Subresource: "", Object: Pod { Spec: { } spec } pod })
            pod.Spec = Resolve(pod, spec);
        else if (request is { Operation: "UPDATE", Info.Subresource: "", Object: Pod { Spec: { } updated } kept, OldObject: Pod { Spec: { } old } } && updated.Priority is null)
            kept.Spec = updated with { Priority = old.Priority, PreemptionPolicy = updated.PreemptionPolicy ?? old.PreemptionPolicy };
        return ValueTask.CompletedTask;
    }

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation is "CREATE" or "UPDATE" && request.Object is PriorityClass { GlobalDefault: true } wanted
            && reader.List<PriorityClass>().FirstOrDefault(c => c.GlobalDefault == true && c.Metadata.Name != wanted.Metadata.Name) is { } other)
        {
            throw ApiErrors.Forbidden(
                "scheduling.k8s.io",
                "priorityclasses",
                wanted.Metadata.Name ?? "",
                $"PriorityClass {other.Metadata.Name} is already marked as default. Only one default can exist");
        }

        return ValueTask.CompletedTask;
    }

    private PodSpec Resolve(Pod pod, PodSpec spec)
    {
        PriorityClass? found;
        if (string.IsNullOrEmpty(spec.PriorityClassName))
        {
            found = reader.List<PriorityClass>().Where(c => c.GlobalDefault == true).MinBy(c => c.Value);
        }
        else
        {
            found = reader.Find<PriorityClass>(null, spec.PriorityClassName)
                ?? throw ApiErrors.Forbidden("", "pods", pod.Metadata.Name ?? "", $"no PriorityClass with name {spec.PriorityClassName} was found");
        }

        var priority = found?.Value ?? 0;
        if (spec.Priority is { } given && given != priority)
        {
            throw ApiErrors.Forbidden(
                "",
                "pods",
                pod.Metadata.Name ?? "",
                $"the integer value of priority ({given}) must not be provided in pod spec; priority admission controller computed {priority} from the given PriorityClass name");
        }

        return spec with
        {
            Priority = priority,
            PriorityClassName = string.IsNullOrEmpty(spec.PriorityClassName) ? found?.Metadata.Name : spec.PriorityClassName,
            PreemptionPolicy = spec.PreemptionPolicy ?? found?.PreemptionPolicy ?? DefaultPreemption,
        };
    }
}
