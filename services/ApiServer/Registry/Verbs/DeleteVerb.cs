using System.Globalization;
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
        ObjectResponse.Warn(request.Http, context.Warnings);
        if (outcome.Deleted && !definition.Rules.ReturnsDeletedObject)
        {
            await ObjectResponse.WriteAsync(request.Http, StatusCodes.Status200OK, Success(definition, outcome));
            return;
        }
        var isForeground = options.OrphanDependents == false && !outcome.Deleted;
        await request.AnswerAsync(isForeground ? StatusCodes.Status202Accepted : StatusCodes.Status200OK, outcome.Stamped());
    }

    public static async ValueTask<DeleteOptions> OptionsAsync(RegistryRequest request)
    {
        var options = await ObjectBody.ReadOptionsAsync(request.Http, new DeleteOptions
        {
            GracePeriodSeconds = Seconds(request.Query("gracePeriodSeconds")),
            PropagationPolicy = request.Query("propagationPolicy") is { Length: > 0 } policy ? policy : null,
            OrphanDependents = request.Query("orphanDependents") is { Length: > 0 } ? request.IsTrue("orphanDependents") : null,
        });
        if (options is { PropagationPolicy: not null, OrphanDependents: not null })
            throw Invalid(FieldError.Invalid("propagationPolicy", options.PropagationPolicy, "orphanDependents and deletionPropagation cannot be both set"));
        if (options.PropagationPolicy is not (null or "Foreground" or "Background" or "Orphan"))
            throw Invalid(FieldError.NotSupported("propagationPolicy", options.PropagationPolicy, ["Foreground", "Background", "Orphan", "nil"]));
        return options;
    }

    private static byte[] Success(ResourceDefinition definition, WriteOutcome outcome)
    {
        var gone = definition.Codec.Decode(outcome.Stored.Span);
        return ApiJson.Encode(new Status
        {
            ApiVersion = "v1",
            Kind = "Status",
            Metadata = new(),
            StatusValue = "Success",
            Details = new() { Name = gone.Metadata.Name, Group = definition.Group.Length == 0 ? null : definition.Group, Kind = definition.Plural, Uid = gone.Metadata.Uid },
        });
    }

    private static long? Seconds(string text) => text.Length == 0 ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
        : throw ApiErrors.BadRequest($"gracePeriodSeconds: strconv.ParseInt: parsing \"{text}\": invalid syntax");

    private static ApiException Invalid(FieldError error) => ApiErrors.Invalid("meta.k8s.io", "DeleteOptions", "", [error]);
}
