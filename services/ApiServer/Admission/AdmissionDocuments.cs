using System.Text.Json.Nodes;
using Platform.Api;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.Patching;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission;

/// <summary>
/// The objects of a request in the version in which a webhook's or a policy's rules name the resource, and the way back for what a webhook makes of them. What needs no
/// conversion is encoded when it is first asked for, so these are for the moment at which they are made: plugins may change the object afterwards.
/// </summary>
internal sealed class AdmissionDocuments(AdmissionRequest request, ResourceDefinition resource)
{
    private ReadOnlyMemory<byte>? _object;
    private ReadOnlyMemory<byte>? _oldObject;

    /// <summary>Object as it would be written; null where there is none.</summary>
    public ReadOnlyMemory<byte>? Object => _object ??= Encode(request.Object);

    /// <summary>Object as it is; null where there is none.</summary>
    public ReadOnlyMemory<byte>? OldObject => _oldObject ??= Encode(request.OldObject);

    // What a subresource shows has one version only.
    private bool IsConverted => request.View is null && !ReferenceEquals(resource, request.Resource);

    /// <summary>The objects of a request as another version's.</summary>
    /// <exception cref="ApiException">500 where they cannot be converted.</exception>
    public static async ValueTask<AdmissionDocuments> OfAsync(AdmissionRequest request, ResourceDefinition resource, CancellationToken cancellationToken)
    {
        var result = new AdmissionDocuments(request, resource);
        if (!result.IsConverted)
            return result;
        if (result.Object is { } written)
            result._object = await ConvertAsync(written, request.Resource, resource, cancellationToken);
        if (result.OldObject is { } present)
            result._oldObject = await ConvertAsync(present, request.Resource, resource, cancellationToken);
        return result;
    }

    /// <summary>Applies a webhook's patch. Whether the object is another one now.</summary>
    public async ValueTask<bool> PatchAsync(string webhook, byte[] patch, CancellationToken cancellationToken)
    {
        var operations = JsonTree.Parse(patch);
        if (operations is not JsonArray)
            throw ApiErrors.Internal($"json: cannot unmarshal {GoSyntax.KindOf(operations)} into Go value of type jsonpatch.Patch");
        if (operations is JsonArray { Count: 0 })
            return false;
        if (Object is not { } before)
            throw ApiErrors.Internal($"admission webhook \"{webhook}\" attempted to modify the object, which is not supported for this operation");
        var document = JsonPatch.Apply(JsonTree.Parse(before.Span), operations);
        ReadOnlyMemory<byte> patched = System.Text.Encoding.UTF8.GetBytes(document?.ToJsonString(ApiJson.Options) ?? "null");
        if (IsConverted)
            patched = await ConvertAsync(patched, resource, request.Resource, cancellationToken);
        var value = request.Codec.Decode(patched.Span);
        if (request.Codec.Encode(value).AsSpan().SequenceEqual(request.Codec.Encode(request.Object!)))
            return false;
        request.Object = value;
        if (request.View is null)
            request.Resource.Rules.Default(value);
        return true;
    }

    private ReadOnlyMemory<byte>? Encode(KubernetesObject? value) => value is null ? (ReadOnlyMemory<byte>?)null : request.Codec.Encode(value);

    private static async ValueTask<ReadOnlyMemory<byte>> ConvertAsync(
        ReadOnlyMemory<byte> document, ResourceDefinition from, ResourceDefinition to, CancellationToken cancellationToken)
    {
        var conversion = to.Conversion ?? from.Conversion;
        if (conversion is null)
            return document;
        try
        {
            return conversion.TryConvert(document, to, out var converted) ? converted : (await conversion.ConvertAsync([document], to, cancellationToken))[0];
        }
        catch (ApiException e)
        {
            throw ApiErrors.Internal(e.Message);
        }
    }
}
