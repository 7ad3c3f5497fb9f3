using Platform.Api.Errors;
using Platform.Api.Policy.V1;

namespace Platform.ApiServer.Registry.Subresources;

/// <summary><c>pods/eviction</c>: a deletion that disruption budgets may refuse. As long as no budgets are declared, it is a deletion.</summary>
internal sealed class EvictionSubresource(ObjectDeletion deletion) : ISubresource
{
    public string Name => "eviction";

    public async Task HandleAsync(RegistryRequest request)
    {
        var (definition, info) = (request.Definition, request.Info);
        var rehearsal = request.ForWrite();
        var eviction = (Eviction)ObjectDecoding.Decode(await ObjectBody.ReadJsonAsync(request.Http), TypedCodec.Of(typeof(Eviction)), request, rehearsal);
        if (!string.IsNullOrEmpty(eviction.Metadata.Name) && eviction.Metadata.Name != info.Name)
            throw ApiErrors.BadRequest("name in URL does not match name in Eviction object");
        var options = eviction.DeleteOptions ?? new();
        await deletion.DeleteAsync(request.ForWrite(options.DryRun), definition, info.Namespace, info.Name, options);
        await Success.CreatedAsync(request.Http);
    }
}
