using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Admission;

namespace Platform.ApiServer.Registry.Subresources;

/// <summary><c>pods/binding</c>: gives a pod its node, once.</summary>
internal sealed class BindingSubresource(ObjectWrites writes, AdmissionChain admission, TimeProvider clock) : ISubresource
{
    public string Name => "binding";

    public Task HandleAsync(RegistryRequest request) => BindAsync(request, named: false);

    /// <summary>Carries out the binding that the request brings.</summary>
    /// <param name="request">Request for pods.</param>
    /// <param name="named">Whether the binding names its pod, and not the path.</param>
    public async Task BindAsync(RegistryRequest request, bool named)
    {
        var (definition, info) = (request.Definition, request.Info);
        // Binding leaves the ownership of fields alone, as upstream does: whoever sets nodeName this way could not give it up.
        var context = request.ForWrite() with { FieldManager = null };
        var binding = ObjectDecoding.Decode<Binding>(await ObjectBody.ReadJsonAsync(request.Http, "Binding"), request, context, "Binding", "v1");
        if (!named && binding.Metadata.Name is { Length: > 0 } name && name != info.Name)
            throw ApiErrors.BadRequest("name in URL does not match name in Binding object");
        binding = await admission.PostAsync(context, definition, binding);
        var findings = new List<FieldError>();
        if (binding.Target?.Kind is { Length: > 0 } kind and not "Node")
            findings.Add(FieldError.NotSupported("target.kind", kind, ["Node", "<empty>"]));
        if (string.IsNullOrEmpty(binding.Target?.Name))
            findings.Add(FieldError.Required("target.name"));
        if (findings.Count > 0)
            throw ApiErrors.Invalid("", "Binding", binding.Metadata.Name ?? "", findings);
        var pod = named ? binding.Metadata.Name ?? "" : info.Name;
        if (pod.Length == 0)
            throw ApiErrors.BadRequest("name is required");
        await writes.UpdateAsync(context with { Admits = false }, definition, info.Namespace, pod, UpdateKind.Subresource, current => Bound((Pod)current.Decode(), binding));
        await Success.CreatedAsync(request.Http);
    }

    private Pod Bound(Pod pod, Binding binding)
    {
        var name = pod.Metadata.Name!;
        if (!string.IsNullOrEmpty(binding.Metadata.Uid) && binding.Metadata.Uid != pod.Metadata.Uid)
            throw Conflict(name, $"Precondition failed: UID in precondition: {binding.Metadata.Uid}, UID in object meta: {pod.Metadata.Uid}");
        if (pod.Metadata.DeletionTimestamp is not null)
            throw Conflict(name, $"pod {name} is being deleted, cannot be assigned to a host");
        if (!string.IsNullOrEmpty(pod.Spec?.NodeName))
            throw Conflict(name, $"pod {name} is already assigned to node \"{pod.Spec.NodeName}\"");
        if (pod.Spec?.SchedulingGates is { Count: > 0 })
            throw Conflict(name, $"pod {name} has non-empty .spec.schedulingGates");
        pod.Metadata.ResourceVersion = null;
        (pod.Spec ??= new()).NodeName = binding.Target!.Name;
        if (binding.Metadata.Annotations is { Count: > 0 } added)
        {
            var annotations = new Dictionary<string, string>(pod.Metadata.Annotations ?? new Dictionary<string, string>());
            foreach (var (key, value) in added)
                annotations[key] = value;
            pod.Metadata.Annotations = annotations;
        }
        var status = pod.Status ??= new();
        status.Conditions =
        [
            .. (status.Conditions ?? []).Where(c => c.Type != "PodScheduled"),
            new PodCondition { Type = "PodScheduled", Status = "True", LastTransitionTime = ObjectMetadata.WholeSeconds(clock.GetUtcNow()) },
        ];
        return pod;
    }

    private static ApiException Conflict(string name, string detail) => ApiErrors.Conflict("", "pods/binding", name, detail);
}
