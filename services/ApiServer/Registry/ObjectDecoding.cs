using Platform.Api;

namespace Platform.ApiServer.Registry;

/// <summary>Reads a body as the type of a resource, as strictly as the request's <c>fieldValidation</c> wants.</summary>
internal sealed class ObjectDecoding
{
    public KubernetesObject Decode(byte[] json, ResourceDefinition definition, RegistryRequest request, WriteContext context) =>
        ObjectBody.Decode(json, definition.ObjectType, definition.ApiVersion, definition.Kind);
}
