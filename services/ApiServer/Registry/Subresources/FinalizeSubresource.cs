using Platform.Api.Core.V1;
using Platform.Api.Errors;

namespace Platform.ApiServer.Registry.Subresources;

/// <summary><c>namespaces/finalize</c>: changes <c>spec.finalizers</c> and nothing else. When the last one goes, the namespace goes.</summary>
internal sealed class FinalizeSubresource(ObjectWrites writes) : ISubresource
{
    public string Name => "finalize";

    public async Task HandleAsync(RegistryRequest request)
    {
        var (definition, info) = (request.Definition, request.Info);
        var context = request.ForWrite();
        var wanted = (Namespace)ObjectDecoding.Decode(await ObjectBody.ReadJsonAsync(request.Http, "Namespace"), request, context);
        if (wanted.Metadata.Name != info.Name)
            throw ApiErrors.BadRequest($"the name of the object ({wanted.Metadata.Name}) does not match the name on the URL ({info.Name})");
        var outcome = await writes.UpdateAsync(context, definition, "", info.Name, UpdateKind.Subresource, current =>
        {
            var value = (Namespace)current.Decode();
            (value.Spec ??= new()).Finalizers = wanted.Spec?.Finalizers;
            value.Metadata.ResourceVersion = wanted.Metadata.ResourceVersion;
            return value;
        });
        await request.AnswerAsync(StatusCodes.Status200OK, outcome.Stamped());
    }
}
