using Platform.Api;
using Platform.Api.Apps.V1;
using Platform.Api.Autoscaling.V1;
using Platform.Api.Core.V1;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Meta.V1;
using Platform.Api.Selectors;
using Platform.ApiServer.Patching;
using Platform.ApiServer.CustomResources;
using Platform.ApiServer.Registry.Presentation;
using Platform.ApiServer.Registry.Verbs;
using Platform.ApiServer.Registry.Versions;
using Platform.ApiServer.Watching;

namespace Platform.ApiServer.Registry.Subresources;

/// <summary><c>/scale</c>: the number of replicas as a <c>Scale</c>, the same for every kind that has one.</summary>
internal sealed class ScaleSubresource(WatchCaches caches, ObjectWrites writes, TimeProvider clock) : ISubresource
{
    private const string ScaleVersion = "autoscaling/v1";

    public string Name => "scale";

    private static readonly Type[] Scaled = [typeof(Deployment), typeof(ReplicaSet), typeof(ReplicationController), typeof(StatefulSet)];

    public bool Serves(ResourceDefinition definition) => definition.Scale is not null || Scaled.Contains(definition.ObjectType);

    private static AdmissionView View(ResourceDefinition definition) => new(
        TypedCodec.Of(typeof(Scale)), value => ScaleOf(definition, value), (value, scale) => SetReplicas(definition, value, ((Scale)scale).Spec?.Replicas ?? 0));

    public async Task HandleAsync(RegistryRequest request)
    {
        var (definition, info) = (request.Definition, request.Info);
        if (info.Verb == "get")
        {
            await caches.FreshAsync(request.Aborted);
            var found = caches.Of(definition).Find(request.CacheKey) ?? throw request.NotFound();
            found = await found.InVersionAsync(definition, request.Aborted);
            await AnswerAsync(request, ScaleOf(definition, found.Decode()));
            return;
        }
        var (context, outcome) = ObjectBody.MediaType(request.Http.Request) == ApplyPatch.MediaType && info.Verb == "patch"
            ? await ApplyAsync(request)
            : await UpdateAsync(request);
        var stored = definition.Codec.Decode(outcome.Stamped().Span);
        await AnswerAsync(request, ScaleOf(definition, stored));
    }

    private static Task AnswerAsync(RegistryRequest request, Scale scale) => request.Form.Kind == PresentationKind.Object
        ? ObjectResponse.WriteAsync(request.Http, StatusCodes.Status200OK, ApiJson.Encode(scale))
        : request.AnswerAsync(ScaleTable.Definition, StatusCodes.Status200OK, ApiJson.Encode(scale));

    private async Task<(WriteContext Context, WriteOutcome Outcome)> UpdateAsync(RegistryRequest request)
    {
        var (definition, info) = (request.Definition, request.Info);
        var context = (info.Verb == "patch" ? PatchVerb.Context(request) : request.ForWrite()) with { View = View(definition) };
        var body = info.Verb == "patch" ? await PatchVerb.ReadAsync(request.Http) : await ObjectBody.ReadJsonAsync(request.Http, "Scale");
        var outcome = await writes.UpdateAsync(context, definition, info.Namespace, info.Name, UpdateKind.Main, current =>
        {
            var value = current.Decode();
            var present = ScaleOf(definition, value);
            var wanted = (Scale)(info.Verb == "patch"
                ? PatchVerb.Apply(request, context, body, ApiJson.Encode(present), TypedCodec.Of(typeof(Scale)))
                : ObjectDecoding.Decode<Scale>(body, request, context, "Scale", ScaleVersion));
            Check(wanted, info.Name);
            SetReplicas(definition, value, wanted.Spec?.Replicas ?? 0);
            value.Metadata.ResourceVersion = info.Verb == "patch" ? null : wanted.Metadata.ResourceVersion;
            // Whoever names an object of another identity means one that is gone.
            if (!string.IsNullOrEmpty(wanted.Metadata.Uid))
                value.Metadata.Uid = wanted.Metadata.Uid;
            return value;
        });
        return (context, outcome);
    }

    /// <summary>Applies a scale: who applies replicas here conflicts with who owns them in the object, and the other way round.</summary>
    private async Task<(WriteContext Context, WriteOutcome Outcome)> ApplyAsync(RegistryRequest request)
    {
        var (definition, info) = (request.Definition, request.Info);
        var context = ApplyPatch.Context(request) with { View = View(definition) };
        using var document = await ApplyPatch.ReadAsync(request, context);
        var configuration = new AppliedConfiguration(document.RootElement, definition, request.IsTrue("force"));
        configuration.Check(TypedCodec.Of(typeof(Scale)).MergeSchema, ScaleVersion, "Scale");
        var outcome = await writes.UpdateAsync(context, definition, info.Namespace, info.Name, UpdateKind.Main, async current =>
        {
            var value = current.Decode();
            var present = ApiJson.Encode(ScaleOf(definition, value));
            var (merged, entries) = await ScaleOwnership.ApplyAsync(context, configuration, present, value.Metadata.ManagedFields, clock.GetUtcNow());
            var wanted = ApiJson.Decode<Scale>(merged);
            Check(wanted, info.Name);
            SetReplicas(definition, value, wanted.Spec?.Replicas ?? 0);
            value.Metadata.ManagedFields = entries;
            value.Metadata.ResourceVersion = configuration.NamesVersion ? wanted.Metadata.ResourceVersion : null;
            return (KubernetesObject)value;
        });
        return (context, outcome);
    }

    private static void Check(Scale wanted, string name)
    {
        if (!string.IsNullOrEmpty(wanted.Metadata.Name) && wanted.Metadata.Name != name)
            throw ApiErrors.BadRequest($"the name of the object ({wanted.Metadata.Name}) does not match the name on the URL ({name})");
        if (wanted.Spec?.Replicas < 0)
            throw ApiErrors.Invalid("autoscaling", "Scale", name, [FieldError.Invalid("spec.replicas",
                wanted.Spec.Replicas.Value, "must be greater than or equal to 0")]);
    }

    private static Scale ScaleOf(ResourceDefinition definition, KubernetesObject value)
    {
        var (replicas, present, selector) = value switch
        {
            Deployment d => (d.Spec?.Replicas, d.Status?.Replicas, Selector.From(d.Spec?.Selector).ToString()),
            ReplicaSet r => (r.Spec?.Replicas, r.Status?.Replicas, Selector.From(r.Spec?.Selector).ToString()),
            StatefulSet s => (s.Spec?.Replicas, s.Status?.Replicas, Selector.From(s.Spec?.Selector).ToString()),
            ReplicationController c => (c.Spec?.Replicas, c.Status?.Replicas, Selector.FromLabels(c.Spec?.Selector).ToString()),
            CustomObject custom => definition.Scale!.Read(custom),
            _ => throw new InvalidOperationException($"{value.GetType()} has no scale"),
        };
        var metadata = value.Metadata;
        return new()
        {
            ApiVersion = ScaleVersion,
            Kind = "Scale",
            Metadata = new ObjectMeta
            {
                Name = metadata.Name,
                Namespace = metadata.Namespace,
                Uid = metadata.Uid,
                ResourceVersion = metadata.ResourceVersion,
                CreationTimestamp = metadata.CreationTimestamp,
            },
            Spec = new() { Replicas = replicas ?? 0 },
            Status = new() { Replicas = present ?? 0, Selector = selector },
        };
    }

    private static void SetReplicas(ResourceDefinition definition, KubernetesObject value, int replicas)
    {
        switch (value)
        {
            case CustomObject custom:
                definition.Scale!.Write(custom, replicas);
                break;
            case Deployment deployment:
                (deployment.Spec ??= new()).Replicas = replicas;
                break;
            case ReplicaSet set:
                (set.Spec ??= new()).Replicas = replicas;
                break;
            case StatefulSet set:
                (set.Spec ??= new()).Replicas = replicas;
                break;
            case ReplicationController controller:
                (controller.Spec ??= new()).Replicas = replicas;
                break;
        }
    }
}
