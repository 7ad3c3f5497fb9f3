using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.ApiServer.Registry.Rules.Core.Pods;
using Platform.ApiServer.Registry.Verbs;

namespace Platform.ApiServer.Registry.Subresources;

/// <summary>
/// <c>pods/ephemeralcontainers</c>: adds containers to a running pod, to look into it. They can be added and never changed or removed; whatever else of
/// the pod a request brings is ignored.
/// </summary>
internal sealed class EphemeralContainersSubresource(GetVerb get, ObjectWrites writes) : ISubresource
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";
    private const string Path = "spec.ephemeralContainers";

    public string Name => "ephemeralcontainers";

    public Task HandleAsync(RegistryRequest request) => request.Info.Verb == "get" ? get.HandleAsync(request) : WriteAsync(request);

    private async Task WriteAsync(RegistryRequest request)
    {
        var (definition, info) = (request.Definition, request.Info);
        var patches = info.Verb == "patch";
        var context = patches ? PatchVerb.Context(request) : request.ForWrite();
        var body = patches ? await PatchVerb.ReadAsync(request.Http) : await ObjectBody.ReadJsonAsync(request.Http, "Pod");
        var outcome = await writes.UpdateAsync(context, definition, info.Namespace, info.Name, UpdateKind.Subresource, current =>
        {
            var wanted = (Pod)(patches
                ? PatchVerb.Apply(request, context, body, current.Bytes.Span, definition.Codec)
                : ObjectDecoding.Decode(body, request, context));
            if (wanted.Metadata.Name != info.Name)
                throw ApiErrors.BadRequest($"the name of the object ({wanted.Metadata.Name}) does not match the name on the URL ({info.Name})");
            var old = (Pod)current.Decode();
            var pod = (Pod)current.Decode();
            (pod.Spec ??= new()).EphemeralContainers = wanted.Spec?.EphemeralContainers;
            PodSpecDefaults.Apply(pod.Spec);
            IReadOnlyList<FieldError> findings = [.. Validate(pod, old)];
            if (findings.Count > 0)
                throw ApiErrors.Invalid("", "Pod", info.Name, findings);
            pod.Metadata.ResourceVersion = patches ? null : wanted.Metadata.ResourceVersion;
            pod.Metadata.ManagedFields = wanted.Metadata.ManagedFields;
            return pod;
        });
        await request.AnswerAsync(StatusCodes.Status200OK, outcome.Stamped());
    }

    private static IEnumerable<FieldError> Validate(Pod pod, Pod old)
    {
        if (old.Metadata.Annotations?.ContainsKey(MirrorAnnotation) == true)
            return [FieldError.Forbidden("[]", "static pods do not support ephemeral containers")];
        return EphemeralContainerValidation.Validate(pod.Spec!, Path).Concat(Kept(pod.Spec!.EphemeralContainers ?? [], old.Spec?.EphemeralContainers ?? []));
    }

    private static IEnumerable<FieldError> Kept(IReadOnlyList<EphemeralContainer> now, IReadOnlyList<EphemeralContainer> before)
    {
        foreach (var old in before)
        {
            if (now.FirstOrDefault(c => c.Name == old.Name) is not { } present)
                yield return FieldError.Forbidden(Path, $"existing ephemeral containers \"{old.Name}\" may not be removed\n");
            else if (!Rules.SemanticEquality.Same(present, old))
                yield return FieldError.Forbidden(Path, $"existing ephemeral containers \"{old.Name}\" may not be changed\n");
        }
    }
}
