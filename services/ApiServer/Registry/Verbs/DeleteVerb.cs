using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.Api.Meta.V1;

namespace Platform.ApiServer.Registry.Verbs;

/// <summary>DELETE of an object. Options come in the body, or in the query where there is no body.</summary>
internal sealed class DeleteVerb(ObjectDeletion deletion) : IVerb
{
    public string Name => "delete";

    public async Task HandleAsync(RegistryRequest request)
    {
        var options = await OptionsAsync(request);
        var (definition, info) = (request.Definition, request.Info);
        var context = request.ForWrite(options.DryRun);
        var outcome = await deletion.DeleteAsync(context, definition, info.Namespace, info.Name, options);
        context.Warnings.AddRange(definition.Rules.DeletionWarnings(options));
        if (outcome.Deleted && !definition.Rules.ReturnsDeletedObject)
        {
            await ObjectResponse.WriteAsync(request.Http, StatusCodes.Status200OK, Success(definition, outcome));
            return;
        }
        var isForeground = options.OrphanDependents == false && !outcome.Deleted;
        await request.AnswerAsync(isForeground ? StatusCodes.Status202Accepted : StatusCodes.Status200OK, outcome.Stamped());
    }

    /// <summary>The options of a deletion: of the body, or of the query where there is no body.</summary>
    /// <exception cref="ApiException">400 where they cannot be read, 422 with all findings where they contradict each other.</exception>
    public static async ValueTask<DeleteOptions> OptionsAsync(RegistryRequest request)
    {
        var query = request.Http.Request.Query;
        var options = await ObjectBody.ReadOptionsAsync(request.Http, new DeleteOptions
        {
            GracePeriodSeconds = request.Number("gracePeriodSeconds"),
            PropagationPolicy = request.Query("propagationPolicy") is { Length: > 0 } policy ? policy : null,
            OrphanDependents = query.ContainsKey("orphanDependents") ? request.IsTrue("orphanDependents") : null,
            DryRun = query.TryGetValue("dryRun", out var dryRun) ? [.. dryRun.Select(d => d ?? "")] : null,
        });
        if (options.Kind is not (null or "" or "DeleteOptions"))
            throw ApiErrors.BadRequest("decoded object cannot be converted to DeleteOptions");
        var findings = Findings(options).ToList();
        return findings.Count == 0 ? options : throw ApiErrors.Invalid("meta.k8s.io", "DeleteOptions", "", findings);
    }

    private static IEnumerable<FieldError> Findings(DeleteOptions options)
    {
        if (options is { PropagationPolicy: not null, OrphanDependents: not null })
            yield return FieldError.Invalid("propagationPolicy", options.PropagationPolicy, "orphanDependents and deletionPropagation cannot be both set");
        if (options.PropagationPolicy is not (null or "Foreground" or "Background" or "Orphan"))
            yield return FieldError.NotSupported("propagationPolicy", options.PropagationPolicy, ["Foreground", "Background", "Orphan", "nil"]);
        foreach (var wrong in (options.DryRun ?? []).Where(d => d != "All").Take(1))
            yield return FieldError.NotSupported("dryRun", wrong, ["All"]);
    }

    private static byte[] Success(ResourceDefinition definition, WriteOutcome outcome)
    {
        var gone = outcome.Gone!;
        return ApiJson.Encode(new Status
        {
            ApiVersion = "v1",
            Kind = "Status",
            Metadata = new(),
            StatusValue = "Success",
            Details = new() { Name = gone.Metadata.Name, Group = definition.Group.Length == 0 ? null : definition.Group, Kind = definition.Plural, Uid = gone.Metadata.Uid },
        });
    }
}
