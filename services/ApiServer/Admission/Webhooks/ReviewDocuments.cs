using System.Text.Json.Nodes;
using Platform.Api;
using Platform.Api.Errors;
using Platform.Api.Json;
using Platform.ApiServer.Patching;
using Platform.ApiServer.Registry;

namespace Platform.ApiServer.Admission.Webhooks;

/// <summary>
/// The objects of a request in the version in which a webhook's rules name the resource, and the way back for what the webhook makes of them.
/// </summary>
/// <param name="Object">Object as it would be written; null where there is none.</param>
/// <param name="OldObject">Object as it is; null where there is none.</param>
internal sealed record ReviewDocuments(ReadOnlyMemory<byte>? Object, ReadOnlyMemory<byte>? OldObject)
{
    public static async ValueTask<ReviewDocuments> OfAsync(Invocation invocation, AdmissionRequest request, CancellationToken cancellationToken)
    {
        var converts = IsConverted(invocation, request);
        return new(await EncodeAsync(request.Object), await EncodeAsync(request.OldObject));

        async ValueTask<ReadOnlyMemory<byte>?> EncodeAsync(KubernetesObject? value)
        {
            if (value is null)
                return null;
            ReadOnlyMemory<byte> encoded = request.Codec.Encode(value);
            return converts ? await ConvertAsync(encoded, request.Resource, invocation.Resource, cancellationToken) : encoded;
        }
    }

    /// <summary>Applies a webhook's patch. Whether the object is another one now.</summary>
    public async ValueTask<bool> PatchAsync(Invocation invocation, AdmissionRequest request, byte[] patch, CancellationToken cancellationToken)
    {
        var operations = JsonTree.Parse(patch);
        if (operations is JsonArray { Count: 0 })
            return false;
        if (Object is not { } before)
            throw ApiErrors.Internal($"admission webhook \"{invocation.Webhook.Name}\" attempted to modify the object, which is not supported for this operation");
        var document = JsonPatch.Apply(JsonTree.Parse(before.Span), operations);
        ReadOnlyMemory<byte> patched = System.Text.Encoding.UTF8.GetBytes(document?.ToJsonString(ApiJson.Options) ?? "null");
        if (IsConverted(invocation, request))
            patched = await ConvertAsync(patched, invocation.Resource, request.Resource, cancellationToken);
        var value = request.Codec.Decode(patched.Span);
        if (request.Codec.Encode(value).AsSpan().SequenceEqual(request.Codec.Encode(request.Object!)))
            return false;
        request.Object = value;
        if (request.View is null)
            request.Resource.Rules.Default(value);
        return true;
    }

    private static bool IsConverted(Invocation invocation, AdmissionRequest request) => request.View is null && !ReferenceEquals(invocation.Resource, request.Resource);

    private static async ValueTask<ReadOnlyMemory<byte>> ConvertAsync(
        ReadOnlyMemory<byte> document, ResourceDefinition from, ResourceDefinition to, CancellationToken cancellationToken)
    {
        var conversion = to.Conversion ?? from.Conversion;
        if (conversion is null)
            return document;
        if (conversion.TryConvert(document, to, out var converted))
            return converted;
        return (await conversion.ConvertAsync([document], to, cancellationToken))[0];
    }
}
