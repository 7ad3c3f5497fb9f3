using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Verbs;

/// <summary>PUT of an object or of its status.</summary>
internal sealed class UpdateVerb(ObjectWrites writes) : IVerb
{
    public string Name => "update";

    public Task HandleAsync(RegistryRequest request) => HandleAsync(request, UpdateKind.Main);

    public async Task HandleAsync(RegistryRequest request, UpdateKind kind)
    {
        var definition = request.Definition;
        var info = request.Info;
        var context = request.ForWrite();
        var json = await ObjectBody.ReadJsonAsync(request.Http, definition.Kind);
        var first = ObjectDecoding.Decode(json, request, context);
        // Before it is looked for: a body for another object is wrong whether this one exists or not.
        ObjectMetadata.CheckTarget(first, definition, info.Namespace, info.Name);
        WriteOutcome outcome;
        try
        {
            // Preparing an update changes the value, so each further attempt needs a fresh one.
            outcome = await writes.UpdateAsync(context, definition, info.Namespace, info.Name, kind,
                _ => Interlocked.Exchange(ref first, null!) ?? ObjectDecoding.Decode(json, request, context));
        }
        catch (ApiException e) when (e.IsNotFound && kind == UpdateKind.Main && definition.Rules.AllowsCreateOnUpdate)
        {
            outcome = await writes.CreateAsync(context, definition, info.Namespace, ObjectDecoding.Decode(json, request, context));
        }
        await request.AnswerAsync(outcome.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK, outcome.Stamped());
    }
}
