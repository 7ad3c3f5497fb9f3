using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Verbs;

/// <summary>POST to a collection.</summary>
internal sealed class CreateVerb(ObjectWrites writes) : IVerb
{
    public string Name => "create";

    public async Task HandleAsync(RegistryRequest request)
    {
        var definition = request.Definition;
        if (request.Info.Name.Length > 0)
            throw RegistryHandler.NotAllowed(request.Info, definition);
        var context = request.ForWrite();
        var value = ObjectDecoding.Decode(await ObjectBody.ReadJsonAsync(request.Http, definition.Kind), request, context);
        var outcome = await writes.CreateAsync(context, definition, request.Info.Namespace, value);
        Hosting.ApiRequest.Of(request.Http).CreatedName = value.Metadata.Name;
        await request.AnswerAsync(StatusCodes.Status201Created, outcome.Stamped());
    }
}
